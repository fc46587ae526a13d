package import Findings
package import Manifest
import PluginHost

/// A fix over many records, asked for by a finding.
package struct RecipeRequest: Sendable, Hashable {
  package var uri: String
  package var plugin: String
  package var recipe: String
  package var argument: String
  package var scope: Fix.RecipeScope
  /// The record the finding stood in.
  package var record: RecordID

  package init(
    uri: String, plugin: String, recipe: String, argument: String, scope: Fix.RecipeScope, record: RecordID
  ) {
    self.uri = uri
    self.plugin = plugin
    self.recipe = recipe
    self.argument = argument
    self.scope = scope
    self.record = record
  }
}

extension Workspace {
  /// Runs a recipe over the records it reaches; the edits belong to the snapshot that comes with them. `nil` if the document
  /// or the plugin is gone, or the edits overlap.
  package func edits(of request: RecipeRequest) async -> (snapshot: DocumentSnapshot, edits: [TextEdit])? {
    guard let state = documents[request.uri], let pool = library.plugin(request.plugin)?.code?.pool else { return nil }
    let snapshot = DocumentSnapshot(of: state, in: self)
    var records = [request.record]
    if request.scope != .record { records = state.document.records().map(\.id) }
    var inputs: [PluginCall] = []
    for record in records {
      guard let input = recordInput(record, in: state), state.checker?.isOfInterest(input.roles) == true else {
        continue
      }
      inputs.append(.fix(input, recipe: request.recipe, argument: request.argument))
    }
    let results = await pool.run(inputs, priority: .visible, lists: lists(for: pool.rules, of: state))
    return snapshot.textEdits(of: results.flatMap(\.edits)).map { (snapshot, $0) }
  }
}
