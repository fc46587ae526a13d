import CConcordPlugin

/// One instance: the plugin, and memory for its answers. A class because the host hands it back as a pointer.
@safe final class Instance {
  let plugin: Plugin
  let arena = Arena()
  private let memo = Memo()
  private let fields: FieldIndex
  /// What looks at records.
  private let checks: [Check]
  /// Which of them are for records with some fields and a role: most records of a file have the same.
  private var wanted: [Wanted] = []
  private static let mostWanted = 16
  /// Those for the record that was looked at last, and its role.
  private var current: [Unmanaged<Check>] = unsafe []
  private var role: UInt8 = .max

  @safe private struct Wanted {
    let fields: FieldSet
    let role: UInt8
    let checks: [Unmanaged<Check>]
  }

  /// A rule's look at a record. Which form it is of is found out once, and a class is handed on without copying what it holds: either,
  /// for each record, would cost more than most rules do.
  private final class Check {
    let table: RuleTable
    let look: (Record, inout Report) -> Void

    init?(_ rule: any Rule, _ table: RuleTable) {
      self.table = table
      switch rule {
      case let rule as any RecordRule: look = { rule.check($0, &$1) }
      case let rule as any NeighborRule: look = { rule.state($0, &$1) }
      case let rule as any GroupRule: look = { rule.state($0, &$1) }
      case let rule as any TallyRule: look = { rule.tally($0, &$1) }
      default: return nil
      }
    }
  }

  /// Rules that look at facts of a kind or at totals, without asking each time what they are.
  let neighbors: [Neighbor]
  let groups: [(table: RuleTable, kind: UInt32, rule: any GroupRule, needsRecords: Bool)]
  let tallies: [(table: RuleTable, kind: UInt32, rule: any TallyRule)]

  struct Neighbor {
    let rule: any NeighborRule
    let table: RuleTable
    private let kind: UInt32?
    private let among: UInt32?
    private let relation: UInt32

    init?(_ registered: RegisteredRule) {
      guard let rule = registered.rule as? any NeighborRule else { return nil }
      self.rule = rule
      table = registered.table
      kind = registered.kind
      among = registered.among
      relation = UInt32(type(of: rule).relation.rawValue)
    }

    func isAsked(of kind: UInt32, _ among: UInt32, _ relation: UInt32) -> Bool {
      self.kind == kind && self.among == among && self.relation == relation
    }
  }

  init(_ plugin: Plugin) {
    self.plugin = plugin
    neighbors = plugin.rules.compactMap { Neighbor($0) }
    groups = plugin.rules.compactMap { registered in
      guard let rule = registered.rule as? any GroupRule, let kind = registered.kind else { return nil }
      return (registered.table, kind, rule, type(of: rule).needsRecords)
    }
    tallies = plugin.rules.compactMap { registered in
      guard let rule = registered.rule as? any TallyRule, let kind = registered.kind else { return nil }
      return (registered.table, kind, rule)
    }
    checks = plugin.rules.compactMap { Check($0.rule, $0.table) }
    fields = FieldIndex(count: plugin.fieldCount)
  }

  func call(_ table: RuleTable, _ host: UnsafePointer<concord_host>) -> HostCall {
    unsafe HostCall(host: host, table: table, arena: arena)
  }

  func check(
    _ host: UnsafePointer<concord_host>, _ pointer: UnsafePointer<concord_record>,
    _ found: UnsafePointer<concord_found>?
  ) {
    let isAsBefore = unsafe fields.read(pointer)
    if unsafe !isAsBefore || pointer.pointee.role != role {
      unsafe role = pointer.pointee.role
      unsafe current = wanted(by: pointer)
    }
    for place in unsafe current.indices {
      unsafe current[place]._withUnsafeGuaranteedRef { check in
        guard unsafe check.table.wantsFormat(of: pointer), unsafe check.table.isWanted(by: host) else { return }
        var report = unsafe Report(call: call(check.table, host))
        unsafe check.look(
          Record(
            pointer: pointer, host: host, table: check.table, found: found, memo: memo, firsts: fields.firsts), &report)
      }
    }
    memo.reset()
  }

  /// Those whose role and fields a record has.
  private func wanted(by record: UnsafePointer<concord_record>) -> [Unmanaged<Check>] {
    let fields = unsafe FieldSet(of: record)
    let role = unsafe record.pointee.role
    if let known = wanted.first(where: { $0.role == role && $0.fields == fields }) { return unsafe known.checks }
    // Not counted: `checks` keeps them.
    let found = unsafe checks.filter { unsafe $0.table.wants(record, fields) }
      .map { unsafe Unmanaged.passUnretained($0) }
    if wanted.count == Self.mostWanted { wanted.removeFirst() }
    unsafe wanted.append(Wanted(fields: fields, role: role, checks: found))
    return unsafe found
  }

  static func at(_ pointer: UnsafeMutableRawPointer) -> Instance {
    unsafe Unmanaged<Instance>.fromOpaque(pointer).takeUnretainedValue()
  }
}

extension RuleTable {
  /// Whether the host wants to hear of the rule; one that does not say so wants all.
  func isWanted(by host: UnsafePointer<concord_host>) -> Bool {
    guard unsafe host.pointee.size >= concord_host.wantsEnd, let wants = unsafe host.pointee.wants else { return true }
    return unsafe wants(host, rule) != 0
  }

  /// Whether the rule is for this record: its role, its format, and at least one field if the rule declares any.
  func wants(_ record: UnsafePointer<concord_record>) -> Bool {
    unsafe wantsFormat(of: record) && wants(record, FieldSet(of: record))
  }

  func wantsFormat(of record: UnsafePointer<concord_record>) -> Bool {
    guard !dialects.isEmpty else { return true }
    return unsafe String(record.pointee.dialect).map(dialects.contains) ?? false
  }

  /// The same, whatever its format is.
  func wants(_ record: UnsafePointer<concord_record>, _ fields: FieldSet) -> Bool {
    if roles != 0, unsafe record.pointee.role >= 32 || roles & (1 << UInt32(record.pointee.role)) == 0 { return false }
    return readsAllRecords || triggers.meets(fields)
  }
}

extension concord_host {
  /// Where calls end that came later: a host whose `size` is less does not know them.
  static let wantsEnd = unsafe end(of: \.wants)
  static let sketchEnd = unsafe end(of: \.sketch)

  private static func end<Call>(of call: KeyPath<concord_host, Call>) -> Int {
    MemoryLayout<concord_host>.offset(of: call).map { $0 + MemoryLayout<Call>.size } ?? .max
  }
}
