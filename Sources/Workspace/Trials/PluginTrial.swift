import Files
import Findings
import PluginHost

/// Tries a plugin out: whether its examples show what they are there for, whether its code answers the same whatever it was
/// asked before, whether it stands what nobody has foreseen, and what it costs.
package struct PluginTrial: Sendable {
  let library: Library
  let plugin: ActivePlugin
  let options: Options

  package struct Options: Sendable {
    /// A folder that is there for the trial alone: examples of several files are written into it.
    package var scratch: String
    /// Decides which changes are made and which samples drawn.
    package var seed: UInt64 = 1
    /// Changes of each text.
    package var changes = 16
    /// Samples of each format.
    package var samples = 200
    package init(scratch: String) { self.scratch = scratch }
  }

  package init(library: Library, plugin: ActivePlugin, options: Options) {
    self.library = library
    self.plugin = plugin
    self.options = options
  }

  /// Does all of it. The same plugin and options give the same report, but for what was timed.
  ///
  /// `noteStep` is told what is being done, in a few words.
  package func run(noteStep: (String) -> Void = { _ in }) async -> TrialReport {
    var report = TrialReport(plugin: plugin.id, version: plugin.descriptor.version, hasCode: plugin.hasCode)
    report.seed = options.seed
    let witness = CallWitness(of: plugin.id)
    noteStep("examples")
    let texts = await tryExamples(witness, &report)
    let seen = witness.takeCalls()
    if let pool = plugin.pool {
      noteStep("order")
      await tryOrder(seen, in: pool, &report)
      noteStep("cost")
      await measure(seen, in: pool, &report)
    }
    noteStep("changes")
    await tryChanges(of: texts, witness, &report)
    noteStep("samples")
    await trySamples(&report)
    return report
  }

  /// A workspace of its own for each question, so that no answer is of another's making.
  func workspace(_ dialect: String?, _ witness: CallWitness?) -> Workspace {
    var settings = Workspace.Options()
    settings.dialect = dialect
    settings.findingLimit = nil
    settings.witness = witness
    return Workspace(library: library, options: settings)
  }

  /// The plugin's own formats, as the user would name them.
  var formats: [String] { plugin.descriptor.dialects.map { plugin.id + "/" + $0.id } }
}
