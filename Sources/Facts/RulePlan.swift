/// What one plugin's rules read and state, by the names of kinds.
package struct PluginDeclaration: Sendable {
  package var id: String
  package var rules: [RuleDeclaration]
  package init(id: String, rules: [RuleDeclaration]) {
    self.id = id
    self.rules = rules
  }
}

package struct RuleDeclaration: Sendable {
  package enum Form: Sendable, Hashable {
    case record
    /// `among`: the kind of those it relates to; `nil`: the same kind.
    case neighbor(kind: String, among: String? = nil, relation: Relation, limit: Int = 256)
    /// Asked about keys with `fewest` facts or more, and given the first `most` of them; `nil`: all that a call may have.
    case group(kind: String, needsRecords: Bool = false, fewest: Int = 1, most: Int? = nil)
    case tally(kind: String)
  }

  package var id: String
  package var form: Form
  /// Kinds that a record rule looks up.
  package var lookUps: [String]
  /// Kinds of the facts and tallies it states.
  package var states: [String]

  package init(id: String, form: Form, lookUps: [String] = [], states: [String] = []) {
    self.id = id
    self.form = form
    self.lookUps = lookUps
    self.states = states
  }
}

/// Why rules cannot be run together.
package struct PlanError: Error, Sendable, Hashable {
  package enum Code: Sendable, Hashable { case cycle, tooMany }
  package var code: Code
  /// One or two sentences: what is wrong and what to do.
  package var message: String
  /// For a cycle, the kinds in it, in order.
  package var kinds: [String] = []
}

/// One way the host calls a plugin. Rules of a plugin that want the same thing share a call.
package struct PlannedCall: Sendable, Hashable {
  package enum Form: Sendable, Hashable {
    case host
    case record
    case neighbor(kind: FactKind, among: FactKind, relation: Relation, limit: Int)
    case group(kind: FactKind)
    case totals(kind: FactKind)
  }

  package var number: CallNumber
  /// Empty for the host.
  package var plugin: String
  package var form: Form
  /// Ids of the rules it serves.
  package var rules: [String] = []
  /// Whether members' records go along.
  package var needsRecords = false
  /// Of a group: keys with fewer facts need not be asked about.
  package var fewest = 1
  /// Of a group: no rule wants more facts of a key; `nil`: some rule wants all.
  package var most: Int?
  /// When it runs: after everything it reads was stated. Checks run at 0 and again whenever a look-up changes.
  package var stage = 0
  package var lookUps: Set<FactKind> = []
  package var states: Set<FactKind> = []
}

/// Which calls there are, in which order they run, and who is to be told of what. Made when plugins load; another plan needs another store.
package struct RulePlan: Sendable {
  package private(set) var kinds: KindRegistry
  /// By number; the first is the host.
  package private(set) var calls: [PlannedCall]
  package let links: [LinkFamily]
  /// Kinds whose keys the host judges.
  package let judgedKinds: [FactKind]
  package private(set) var stages: [Stage] = []
  private var ranks: [Int] = []
  private var subscriptions: [Subscription] = []
  /// By call, then by kind: whether the call may state it. One list, because it is looked at for every fact.
  private var stated: [Bool] = []
  private static let nobody = Subscription()

  package struct Stage: Sendable, Hashable {
    /// Stated by calls of earlier stages only (or, at 0, by the host and by checks).
    package var kinds: [FactKind] = []
    package var calls: [CallNumber] = []
  }

  /// Who is told of a change in one kind. Behind a reference, because it is looked at for every fact.
  final class Subscription: Sendable {
    struct Lists {
      /// With how many facts a key must have to be asked about.
      var groups: [(call: CallNumber, fewest: Int)] = []
      var totals: [CallNumber] = []
      /// Neighbor calls whose own facts are of the kind, and those that relate them to facts of the kind.
      var neighbors: [CallNumber] = []
      var among: [CallNumber] = []
      var links: [Int] = []
      var isJudged = false
      var isLookedUp = false
    }

    let groups: [(call: CallNumber, fewest: Int)]
    let totals: [CallNumber]
    let neighbors: [CallNumber]
    let among: [CallNumber]
    let links: [Int]
    /// The host itself has something to say of all facts of one key.
    let isJudged: Bool
    let areOnlyGrouped: Bool

    init(_ lists: Lists = Lists()) {
      groups = lists.groups
      totals = lists.totals
      neighbors = lists.neighbors
      among = lists.among
      areOnlyGrouped =
        !lists.isLookedUp && !lists.isJudged && lists.links.isEmpty && lists.neighbors.isEmpty && lists.among.isEmpty
        && lists.groups.allSatisfy { $0.fewest >= 2 }
      links = lists.links
      isJudged = lists.isJudged
    }
  }

  /// The plan of no plugin.
  package init() {
    let builder = PlanBuilder()
    links = []
    kinds = builder.kinds
    judgedKinds = []
    calls = builder.calls
    subscribe()
    fillStages()
  }

  /// Puts the declarations in order.
  ///
  /// `hostKinds` are what the host itself states, besides definitions and references; `judged`, which of them it judges by key.
  /// Throws `cycle` when kinds are worked out from each other, `tooMany` beyond 65,535 kinds or calls.
  package init(
    _ declarations: [PluginDeclaration], hostKinds: [String] = [], judged: [String] = [], links: [LinkDeclaration] = []
  ) throws(PlanError) {
    var builder = PlanBuilder()
    for name in hostKinds + judged + links.map(\.kind) { builder.calls[0].states.insert(try builder.kind(name)) }
    for plugin in declarations { try builder.add(plugin) }
    self.links = try builder.families(links)
    let ranks = try builder.ranks()
    kinds = builder.kinds
    judgedKinds = judged.compactMap { builder.kinds[$0] }
    self.ranks = ranks
    calls = builder.calls
    subscribe()
    fillStages()
  }

  /// When everything of this kind has been stated.
  package func stage(of kind: FactKind) -> Int { Int(kind.number) < ranks.count ? ranks[Int(kind.number)] : 0 }

  package func call(_ number: CallNumber) -> PlannedCall? {
    Int(number.number) < calls.count ? calls[Int(number.number)] : nil
  }

  /// The call that checks records for a plugin; `nil` if it has no record rules.
  package func check(of plugin: String) -> PlannedCall? {
    calls.first { $0.plugin == plugin && $0.form == .record }
  }

  func mayState(_ kind: FactKind, _ call: CallNumber) -> Bool {
    Int(call.number) < calls.count && Int(kind.number) < kinds.count
      && stated[Int(call.number) * kinds.count + Int(kind.number)]
  }

  /// Whether nobody asks for facts of the kind but group rules that want two at least: of one alone nobody wants to know.
  func areOnlyGrouped(_ kind: FactKind) -> Bool { subscription(to: kind).areOnlyGrouped }

  func subscription(to kind: FactKind) -> Subscription {
    Int(kind.number) < subscriptions.count ? subscriptions[Int(kind.number)] : Self.nobody
  }

  private mutating func subscribe() {
    var lists = Array(repeating: Subscription.Lists(), count: kinds.count)
    for index in calls.indices {
      let number = calls[index].number
      switch calls[index].form {
      case .host, .record: break
      case .neighbor(let kind, let among, _, _):
        calls[index].stage = max(stage(of: kind), stage(of: among))
        lists[Int(kind.number)].neighbors.append(number)
        lists[Int(among.number)].among.append(number)
      case .group(let kind):
        calls[index].stage = stage(of: kind)
        lists[Int(kind.number)].groups.append((number, calls[Int(number.number)].fewest))
      case .totals(let kind):
        calls[index].stage = stage(of: kind)
        lists[Int(kind.number)].totals.append(number)
      }
    }
    for (index, family) in links.enumerated() {
      for kind in Set((family.definitions + family.references).map(\.kind)) {
        lists[Int(kind.number)].links.append(index)
      }
    }
    for kind in judgedKinds { lists[Int(kind.number)].isJudged = true }
    for kind in calls.flatMap(\.lookUps) { lists[Int(kind.number)].isLookedUp = true }
    subscriptions = lists.map { Subscription($0) }
    stated = calls.flatMap { call in (0..<kinds.count).map { call.states.contains(FactKind(UInt16($0))) } }
  }

  private mutating func fillStages() {
    stages = Array(repeating: Stage(), count: (ranks.max() ?? 0) + 1)
    for (number, rank) in ranks.enumerated() { stages[rank].kinds.append(FactKind(UInt16(number))) }
    for call in calls where call.form != .host { stages[call.stage].calls.append(call.number) }
  }

  /// When the links of a family can be judged.
  func stage(ofLinks family: Int) -> Int {
    (links[family].definitions + links[family].references).map { stage(of: $0.kind) }.max() ?? 0
  }
}
