import Facts
import Manifest
import PluginHost
import WorkerProtocol

extension Workspace {
  /// Asks plugins of a document for what somebody waits for, side by side. In their order; `nil` of one that takes longer than that.
  func ask(
    _ plugins: [PluginSession], of state: DocumentState, _ call: (@escaping PluginCall.Members) -> PluginCall
  ) async -> [PluginResult?] {
    guard !plugins.isEmpty else { return [] }
    let uri = state.uri
    let call = call { [weak self] kind, key in await self?.members(kind, key, in: uri) ?? LookupResult() }
    let patience = options.pluginPatience
    var answers = [PluginResult?](repeating: nil, count: plugins.count)
    await withTaskGroup(of: (Int, PluginResult?).self) { group in
      for (index, plugin) in plugins.enumerated() {
        let lists = lists(for: plugin.rules, of: state)
        group.addTask { (index, await plugin.ask(call, within: patience, lists: lists)) }
      }
      for await (index, answer) in group { answers[index] = answer }
    }
    return answers
  }

  /// Whether some plugin of a document may answer such calls; most say which they do.
  func mayAnswer(_ calls: Hello.Answers, in state: DocumentState) -> Bool {
    state.checker?.calls.contains { call in
      guard let rules = call.plugin.code?.pool.rules else { return false }
      return rules.answers?.contains(calls) ?? true
    } ?? false
  }

  /// The plugins with code that look at a record with these roles, each once. Of one whose rules find nothing there to look at, no
  /// process is started to say nothing.
  func askable(_ roles: RoleTable, in state: DocumentState) -> [PluginSession] {
    var sessions: [PluginSession] = []
    for call in state.checker?.calls ?? [] where call.filter.wants(roles) {
      guard let session = call.plugin.code?.pool.interactive, !sessions.contains(where: { $0 === session }) else {
        continue
      }
      sessions.append(session)
    }
    return sessions
  }

  /// What a key holds, for a plugin that asks while it completes or explains.
  private func members(_ kind: FactKind, _ key: FactKey, in uri: String) -> LookupResult {
    guard let state = documents[uri] else { return LookupResult() }
    let found = state.store.facts(kind, key)
    return LookupResult(AttachedFact.numbered(found.facts.map(\.fact)), total: found.total)
  }
}
