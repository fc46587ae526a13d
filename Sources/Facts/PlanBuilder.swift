import Findings

/// Collects calls and the graph of kinds while a plan is made.
struct PlanBuilder {
  var kinds = KindRegistry()
  var calls = [PlannedCall(number: .host, plugin: "", form: .host)]
  /// For each kind, the kinds worked out from it, with the rule that does it.
  private var edges: [FactKind: [(to: FactKind, rule: String)]] = [:]

  mutating func kind(_ name: String) throws(PlanError) -> FactKind {
    guard let kind = kinds.register(name) else {
      throw PlanError(
        code: .tooMany, message: "The plugins name more than 65,535 kinds of facts. Load fewer of them at a time.")
    }
    return kind
  }

  mutating func add(_ plugin: PluginDeclaration) throws(PlanError) {
    for rule in plugin.rules {
      var reads: [FactKind] = []
      let form: PlannedCall.Form
      var needsRecords = false
      var members: (fewest: Int, most: Int?)?
      switch rule.form {
      case .record:
        form = .record
        for name in rule.lookUps { reads.append(try kind(name)) }
      case .neighbor(let name, let other, let relation, let limit):
        let (own, among) = (try kind(name), try kind(other ?? name))
        form = .neighbor(kind: own, among: among, relation: relation, limit: min(max(limit, 1), 4096))
        reads = [own, among]
      case .group(let name, let needs, let fewest, let most):
        let own = try kind(name)
        form = .group(kind: own)
        reads = [own]
        needsRecords = needs
        members = (fewest, most)
      case .tally(let name):
        let own = try kind(name)
        form = .totals(kind: own)
        reads = [own]
      }
      let call = try self.call(plugin.id, form)
      if let members { calls[call].take(members, isFirst: calls[call].rules.isEmpty) }
      calls[call].rules.append(rule.id)
      calls[call].needsRecords = calls[call].needsRecords || needsRecords
      if form == .record { calls[call].lookUps.formUnion(reads) }
      for name in rule.states {
        let stated = try kind(name)
        calls[call].states.insert(stated)
        for read in reads { edges[read, default: []].append((stated, "\(plugin.id)/\(rule.id)")) }
      }
    }
  }

  private mutating func call(_ plugin: String, _ form: PlannedCall.Form) throws(PlanError) -> Int {
    if let known = calls.firstIndex(where: { $0.plugin == plugin && $0.form == form }) { return known }
    guard let number = UInt16(exactly: calls.count) else {
      throw PlanError(code: .tooMany, message: "The plugins have too many rules. Load fewer of them at a time.")
    }
    calls.append(PlannedCall(number: CallNumber(number), plugin: plugin, form: form))
    return calls.count - 1
  }

  mutating func families(_ links: [LinkDeclaration]) throws(PlanError) -> [LinkFamily] {
    var families: [LinkFamily] = []
    for link in links {
      let planned = PlannedLink(declaration: link, kind: try kind(link.kind))
      let index = families.firstIndex { $0.name == link.family } ?? families.count
      if index == families.count { families.append(LinkFamily(name: link.family)) }
      switch link.role {
      case .definition: families[index].definitions.append(planned)
      case .reference: families[index].references.append(planned)
      }
    }
    return families
  }

  /// The longest way from the records to each kind.
  func ranks() throws(PlanError) -> [Int] {
    var waiting = Array(repeating: 0, count: kinds.count)
    for edge in edges.values.joined() { waiting[Int(edge.to.number)] += 1 }
    var ranks = Array(repeating: 0, count: kinds.count)
    var ready = waiting.indices.filter { waiting[$0] == 0 }
    var done = 0
    while let kind = ready.popLast() {
      done += 1
      for edge in edges[FactKind(UInt16(kind))] ?? [] {
        let target = Int(edge.to.number)
        ranks[target] = max(ranks[target], ranks[kind] + 1)
        waiting[target] -= 1
        if waiting[target] == 0 { ready.append(target) }
      }
    }
    if done < kinds.count { throw cycle(among: waiting) }
    return ranks
  }

  /// Every kind still waiting has one that waits before it, so walking backwards runs into a circle.
  private func cycle(among waiting: [Int]) -> PlanError {
    var back: [FactKind: (from: FactKind, rule: String)] = [:]
    for kind in edges.keys.sorted() where waiting[Int(kind.number)] > 0 {
      for edge in edges[kind] ?? [] where back[edge.to] == nil { back[edge.to] = (kind, edge.rule) }
    }
    var seen: [FactKind: Int] = [:]
    var path: [(kind: FactKind, rule: String)] = []
    var current = back.keys.filter { waiting[Int($0.number)] > 0 }.min()
    while let kind = current, seen[kind] == nil, let step = back[kind] {
      seen[kind] = path.count
      path.append((kind, step.rule))
      current = step.from
    }
    let start = current.flatMap { seen[$0] } ?? 0
    let circle = path[start...].map { (name: kinds.name(of: $0.kind), rule: $0.rule) }
    let names = circle.map(\.name)
    let steps = circle.enumerated().map { index, each in
      "`\(each.name)` from `\(names[(index + 1) % names.count])` (by `\(each.rule)`)"
    }
    return PlanError(
      code: .cycle,
      message: "These kinds of facts are worked out in a circle: \(steps.joined(separator: ", ")). "
        + "Let one of these rules state a kind of its own.", kinds: names)
  }
}

extension PlannedCall {
  /// Rules that share a call are given what the one of them wants that wants most.
  fileprivate mutating func take(_ members: (fewest: Int, most: Int?), isFirst: Bool) {
    fewest = isFirst ? members.fewest : min(fewest, members.fewest)
    most = isFirst ? members.most : most.flatMap { most in members.most.map { max(most, $0) } }
  }
}
