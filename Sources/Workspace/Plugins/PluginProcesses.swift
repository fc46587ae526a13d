import PluginHost
import WorkerProtocol

/// What is known of the processes that plugin code runs in.
package enum PluginProcesses {
  /// How they are confined on this system: found out by starting one without a plugin.
  package static func confinement(worker: String) async -> (text: String, isWhole: Bool) {
    guard let found = await Confinement.probe(worker: worker) else {
      return ("Plugin code can't be run: the program `concord-worker` does not start.", false)
    }
    return (found.description, found.isWhole)
  }
}
