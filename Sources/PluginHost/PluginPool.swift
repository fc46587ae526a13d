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
  ///
  /// Records that no rule of the plugin looks at come back empty without being sent.
  package func run(_ calls: [PluginCall], priority: CallPriority) async -> [PluginResult] {
    let session = priority == .background ? bulk : interactive
    let wanted = calls.indices.filter { rules.wants(calls[$0]) }
    guard wanted.count < calls.count else { return await session.run(calls, priority: priority) }
    var results = Array(repeating: PluginResult(), count: calls.count)
    let answers = await session.run(wanted.map { calls[$0] }, priority: priority)
    for (index, answer) in zip(wanted, answers) { results[index] = answer }
    return results
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

  /// Gives the plugin a vocabulary, or another version of it.
  package func use(_ terms: TermIndex, as name: String) async {
    await interactive.use(terms, as: name)
    await bulk.use(terms, as: name)
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

extension PluginRules {
  /// Whether a rule is called for it: role, format, and one of the rule's fields, if it declares any.
  package func wants(_ call: PluginCall) -> Bool {
    guard case .check(let record, _) = call else { return true }
    return rules.contains { shows(record, to: $0) }
  }

  /// Whether a rule is called for a record.
  package func shows(_ record: RecordInput, to rule: CodeRule) -> Bool {
    let names = record.fieldNames.names
    func has(_ field: String) -> Bool {
      record.roles.entries.contains { Int($0.field) < names.count && names[Int($0.field)] == field }
    }
    return (rule.roles.isEmpty || rule.roles.contains(record.roles.role.rawValue))
      && (rule.dialects.isEmpty || rule.dialects.contains(record.dialect))
      && (rule.fields.isEmpty || rule.fields.contains(where: has))
  }
}
