import CConcordPlugin

/// One instance: the plugin, and memory for its answers. A class because the host hands it back as a pointer.
private final class Instance {
  let plugin: Plugin
  let arena = Arena()
  private let memo = Memo()
  /// What looks at records.
  private let checks: [Check]
  /// Which of them are for records with some fields and a role: most records of a file have the same.
  private var wanted: [Wanted] = []
  private static let mostWanted = 16

  private struct Wanted {
    let fields: FieldSet
    let role: UInt8
    let checks: [Check]
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

  /// Rules that look at facts of a kind, without asking each time what they are.
  let groups: [(registered: RegisteredRule, rule: any GroupRule, needsRecords: Bool)]

  init(_ plugin: Plugin) {
    self.plugin = plugin
    groups = plugin.rules.compactMap { registered in
      (registered.rule as? any GroupRule).map { (registered, $0, type(of: $0).needsRecords) }
    }
    checks = plugin.rules.compactMap { Check($0.rule, $0.table) }
  }

  func call(_ table: RuleTable, _ host: UnsafePointer<concord_host>) -> HostCall {
    unsafe HostCall(host: host, table: table, arena: arena)
  }

  func check(
    _ host: UnsafePointer<concord_host>, _ pointer: UnsafePointer<concord_record>,
    _ found: UnsafePointer<concord_found>?
  ) {
    defer { memo.reset() }
    for check in unsafe wanted(by: pointer) {
      guard unsafe check.table.wantsFormat(of: pointer), unsafe check.table.isWanted(by: host) else { continue }
      var report = unsafe Report(call: call(check.table, host))
      unsafe check.look(Record(pointer: pointer, host: host, table: check.table, found: found, memo: memo), &report)
    }
  }

  /// Those whose role and fields a record has.
  private func wanted(by record: UnsafePointer<concord_record>) -> [Check] {
    let fields = unsafe FieldSet(of: record)
    let role = unsafe record.pointee.role
    if let known = wanted.first(where: { $0.role == role && $0.fields == fields }) { return known.checks }
    let found = checks.filter { unsafe $0.table.wants(record, fields) }
    if wanted.count == Self.mostWanted { wanted.removeFirst() }
    wanted.append(Wanted(fields: fields, role: role, checks: found))
    return found
  }

  static func at(_ pointer: UnsafeMutableRawPointer) -> Instance {
    unsafe Unmanaged<Instance>.fromOpaque(pointer).takeUnretainedValue()
  }
}

/// The functions the host calls. Each is bounded by what the host passes in; pointers are not kept.
enum CallTable {
  static func install(
    in description: UnsafeMutablePointer<concord_plugin_v1>, assists: Bool, recipes: Bool,
    forms: Set<RegisteredRule.Form>
  ) {
    unsafe description.pointee.create = { data in
      guard let data = unsafe data else { return nil }
      let plugin = unsafe Unmanaged<Plugin>.fromOpaque(data).takeUnretainedValue()
      return unsafe Unmanaged.passRetained(Instance(plugin)).toOpaque()
    }
    unsafe description.pointee.destroy = { instance in
      if let instance = unsafe instance { unsafe Unmanaged<Instance>.fromOpaque(instance).release() }
    }
    unsafe description.pointee.check = { instance, host, record, found in
      guard let instance = unsafe instance, let host = unsafe host, let record = unsafe record else { return }
      let at = unsafe Instance.at(instance)
      unsafe at.check(host, record, found)
      at.arena.reset()
    }
    if forms.contains(.neighbor) { unsafe description.pointee.relate = relate }
    if forms.contains(.group) { unsafe description.pointee.group = group }
    if forms.contains(.tally) { unsafe description.pointee.totals = totals }
    if recipes { unsafe description.pointee.fix = fix }
    if assists {
      unsafe description.pointee.complete = complete
      unsafe description.pointee.hover = hover
    }
  }

  private static let relate:
    @convention(c) (
      UnsafeMutableRawPointer?, UnsafePointer<concord_host>?, UInt32, UInt32, UnsafePointer<concord_fact>?,
      UnsafePointer<concord_fact>?, Int
    ) -> Void = { instance, host, relation, among, fact, related, count in
      guard let instance = unsafe instance, let host = unsafe host, let fact = unsafe fact else { return }
      let at = unsafe Instance.at(instance)
      let facts = unsafe Facts(related, count, count, host)
      for registered in at.plugin.rules where unsafe registered.kind == fact.pointee.kind && registered.among == among {
        guard let rule = registered.rule as? any NeighborRule, type(of: rule).relation.rawValue == relation else {
          continue
        }
        guard unsafe registered.table.isWanted(by: host) else { continue }
        var report = unsafe Report(call: at.call(registered.table, host))
        unsafe rule.relate(Fact(pointer: fact, host: host), to: facts, &report)
      }
      at.arena.reset()
    }

  private static let group:
    @convention(c) (
      UnsafeMutableRawPointer?, UnsafePointer<concord_host>?, UInt32, concord_key, UnsafePointer<concord_fact>?, Int,
      UnsafePointer<UnsafePointer<concord_record>?>?, Int
    ) -> Void = { instance, host, kind, key, facts, count, records, recordCount in
      guard let instance = unsafe instance, let host = unsafe host else { return }
      let at = unsafe Instance.at(instance)
      for (registered, rule, needsRecords) in at.groups where registered.kind == kind {
        guard unsafe registered.table.isWanted(by: host) else { continue }
        let group = unsafe Group(
          key: FactKey(high: key.high, low: key.low), facts: Facts(facts, count, count, host),
          records: needsRecords ? records : nil, recordCount: recordCount, table: registered.table)
        var report = unsafe Report(call: at.call(registered.table, host))
        rule.group(group, &report)
      }
      at.arena.reset()
    }

  private static let totals:
    @convention(c) (
      UnsafeMutableRawPointer?, UnsafePointer<concord_host>?, UInt32, concord_key, UnsafePointer<concord_total>?, Int
    ) -> Void = { instance, host, kind, key, totals, count in
      guard let instance = unsafe instance, let host = unsafe host else { return }
      let at = unsafe Instance.at(instance)
      let key = FactKey(high: key.high, low: key.low)
      for registered in at.plugin.rules where registered.kind == kind {
        guard let rule = registered.rule as? any TallyRule, unsafe registered.table.isWanted(by: host) else { continue }
        var report = unsafe Report(call: at.call(registered.table, host))
        let items = unsafe Totals(key: key, base: totals, count: totals == nil ? 0 : max(count, 0))
        rule.totals(items, &report)
      }
      at.arena.reset()
    }

  private static let fix:
    @convention(c) (
      UnsafeMutableRawPointer?, UnsafePointer<concord_host>?, UnsafePointer<concord_record>?, UInt32, concord_bytes
    ) -> Void = { instance, host, record, recipe, argument in
      guard let instance = unsafe instance, let host = unsafe host, let record = unsafe record else { return }
      let at = unsafe Instance.at(instance)
      for registered in at.plugin.rules where registered.table.recipes.values.contains(recipe) {
        let names = registered.type.recipes.filter { registered.table.recipes[$0.name] == recipe }
        guard let found = names.first else { continue }
        var edits = unsafe Edits(call: at.call(registered.table, host))
        unsafe registered.rule.fix(
          Record(pointer: record, host: host, table: registered.table, found: nil), recipe: found,
          argument: String(argument) ?? "", &edits)
        break
      }
      at.arena.reset()
    }

  private static let complete:
    @convention(c) (
      UnsafeMutableRawPointer?, UnsafePointer<concord_host>?, UnsafePointer<concord_record>?, UInt32
    ) -> Void = { instance, host, record, node in
      guard let instance = unsafe instance, let host = unsafe host, let record = unsafe record,
        let value = unsafe Value(record, host, Int(node))
      else { return }
      let at = unsafe Instance.at(instance)
      for registered in at.plugin.assistants where unsafe registered.table.wants(record) {
        var offers = unsafe Offers(call: at.call(registered.table, host))
        unsafe registered.assistant.complete(
          Record(pointer: record, host: host, table: registered.table, found: nil), at: value, &offers)
      }
      at.arena.reset()
    }

  private static let hover:
    @convention(c) (
      UnsafeMutableRawPointer?, UnsafePointer<concord_host>?, UnsafePointer<concord_record>?, UInt32
    ) -> Void = { instance, host, record, node in
      guard let instance = unsafe instance, let host = unsafe host, let record = unsafe record,
        let value = unsafe Value(record, host, Int(node))
      else { return }
      let at = unsafe Instance.at(instance)
      for registered in at.plugin.assistants where unsafe registered.table.wants(record) {
        var hover = unsafe Hover(call: at.call(registered.table, host))
        unsafe registered.assistant.hover(
          Record(pointer: record, host: host, table: registered.table, found: nil), at: value, &hover)
      }
      at.arena.reset()
    }
}

extension RuleTable {
  /// Whether the host wants to hear of the rule; one that does not say so wants all.
  fileprivate func isWanted(by host: UnsafePointer<concord_host>) -> Bool {
    guard unsafe host.pointee.size >= concord_host.wantsEnd, let wants = unsafe host.pointee.wants else { return true }
    return unsafe wants(host, rule) != 0
  }

  /// Whether the rule is for this record: its role, its format, and at least one field if the rule declares any.
  fileprivate func wants(_ record: UnsafePointer<concord_record>) -> Bool {
    unsafe wantsFormat(of: record) && wants(record, FieldSet(of: record))
  }

  fileprivate func wantsFormat(of record: UnsafePointer<concord_record>) -> Bool {
    guard !dialects.isEmpty else { return true }
    return unsafe String(record.pointee.dialect).map(dialects.contains) ?? false
  }

  /// The same, whatever its format is.
  fileprivate func wants(_ record: UnsafePointer<concord_record>, _ fields: FieldSet) -> Bool {
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
