import CConcordPlugin

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
      for neighbor in at.neighbors where unsafe neighbor.isAsked(of: fact.pointee.kind, among, relation) {
        guard unsafe neighbor.table.isWanted(by: host) else { continue }
        var report = unsafe Report(call: at.call(neighbor.table, host))
        unsafe neighbor.rule.relate(Fact(pointer: fact, host: host), to: facts, &report)
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
      for place in at.groups.indices where at.groups[place].kind == kind {
        let (table, _, rule, needsRecords) = at.groups[place]
        guard unsafe table.isWanted(by: host) else { continue }
        let group = unsafe Group(
          key: FactKey(high: key.high, low: key.low), facts: Facts(facts, count, count, host),
          records: needsRecords ? records : nil, recordCount: recordCount, table: table)
        var report = unsafe Report(call: at.call(table, host))
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
      for place in at.tallies.indices where at.tallies[place].kind == kind {
        let (table, _, rule) = at.tallies[place]
        guard unsafe table.isWanted(by: host) else { continue }
        var report = unsafe Report(call: at.call(table, host))
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
