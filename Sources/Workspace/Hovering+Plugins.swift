import Manifest
import PluginHost
import WorkerProtocol

extension Workspace {
  /// What plugins have to say of a value, in the order of the plugins. One that takes longer than somebody waits is left out.
  func pluginTexts(of node: Int, in reading: RecordReading, _ snapshot: DocumentSnapshot) async -> [String] {
    guard let state = documents[snapshot.uri], state.id == snapshot.id, state.version == snapshot.version,
      mayAnswer(.hover, in: state), let input = recordInput(reading.record.id, in: state),
      input.nodes.indices.contains(node)
    else { return [] }
    return await ask(askable(input.roles, in: state), of: state) { .hover(input, node: node, members: $0) }.compactMap {
      $0?.text
    }
  }
}
