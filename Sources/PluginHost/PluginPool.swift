package import Facts
import Manifest
package import Ontology
package import WorkerProtocol

/// One plugin's workers: one for what the user waits for, and a second for bulk work, started when there is some.
package struct PluginPool: Sendable {
  package let rules: PluginRules
  package let interactive: PluginSession
  package let bulk: PluginSession

  /// `worker` is the path of `concord-worker`, `required` what must be in force for it to run; `kinds` are the host's
  /// numbers of the fact kinds the plugin names.
  package init(
    code: LoadedPlugin.Code, worker: String, kinds: [String: FactKind], settings: [String: [UInt8]] = [:],
    vocabularies: [String: TermIndex] = [:], asOf: Int32, required: Confinement.Parts = .leastConfinement,
    policy: RestartPolicy = RestartPolicy()
  ) {
    rules = code.rules
    let program = WorkerProgram(
      executable: worker, library: code.library, sealed: code.sealed, readable: code.readable, required: required)
    func session() -> PluginSession {
      PluginSession(
        rules: code.rules, program: program, kinds: kinds, settings: settings, vocabularies: vocabularies, asOf: asOf,
        policy: policy)
    }
    interactive = session()
    bulk = session()
  }

  /// Runs calls and gives one result for each, in order; see `PluginSession.run`.
  package func run(_ calls: [PluginCall], priority: CallPriority, lists: [String: TermIndex] = [:]) async
    -> [PluginResult]
  {
    await (priority == .background ? bulk : interactive).run(calls, priority: priority, lists: lists)
  }

  package func configure(asOf: Int32, settings: [String: [UInt8]]) async {
    await interactive.configure(asOf: asOf, settings: settings)
    await bulk.configure(asOf: asOf, settings: settings)
  }

  /// What each process may take, from the next one on; see `PluginSession.limit`.
  package func limit(memory: Int, callTime: Duration) async {
    await interactive.limit(memory: memory, callTime: callTime)
    await bulk.limit(memory: memory, callTime: callTime)
  }

  /// Tries again after a rest; whether there was one.
  @discardableResult package func wake() async -> Bool {
    let wokeInteractive = await interactive.wake()
    let wokeBulk = await bulk.wake()
    return wokeInteractive || wokeBulk
  }

  /// Starts anew with the library as it lies there now.
  package func reload() async {
    await interactive.reload()
    await bulk.reload()
  }

  package func stop() async {
    await interactive.stop()
    await bulk.stop()
  }
}
