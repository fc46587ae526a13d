import CConcordPlugin

/// Memory for a plugin's description: made once, never freed, because the host reads it as long as the library is loaded.
enum Permanent {
  static func array<Element: BitwiseCopyable>(_ elements: [Element]) -> (UnsafePointer<Element>?, Int) {
    guard !elements.isEmpty else { return (nil, 0) }
    let memory = UnsafeMutablePointer<Element>.allocate(capacity: elements.count)
    for (index, element) in elements.enumerated() { unsafe (memory + index).initialize(to: element) }
    return unsafe (UnsafePointer(memory), elements.count)
  }

  static func bytes(_ text: String) -> concord_bytes {
    let (start, count) = unsafe array(Array(text.utf8))
    return unsafe concord_bytes(start: start, count: count)
  }

  static func texts(_ texts: [String]) -> (UnsafePointer<concord_bytes>?, Int) {
    unsafe array(texts.map { unsafe bytes($0) })
  }

  static func indices(_ numbers: [UInt32]) -> concord_indices {
    let (start, count) = unsafe array(numbers)
    return unsafe concord_indices(start: start, count: count)
  }

  static func description(
    id: String, version: String, rules: [RegisteredRule], tables: PluginTables
  ) -> UnsafeMutablePointer<concord_plugin_v1> {
    var plugin = unsafe concord_plugin_v1()
    unsafe plugin.size = MemoryLayout<concord_plugin_v1>.size
    unsafe plugin.abi_version = 1
    unsafe plugin.id = bytes(id)
    unsafe plugin.version = bytes(version)
    unsafe (plugin.fields, plugin.field_count) = unsafe texts(tables.fields.names)
    unsafe (plugin.kinds, plugin.kind_count) = unsafe texts(tables.kinds.names)
    unsafe (plugin.contexts, plugin.context_count) = unsafe texts(tables.contexts.names)
    unsafe (plugin.settings, plugin.setting_count) = unsafe texts(tables.settings.names)
    unsafe (plugin.vocabularies, plugin.vocabulary_count) = unsafe texts(tables.vocabularies.names)
    unsafe (plugin.dialects, plugin.dialect_count) = unsafe texts(tables.dialects.names)
    unsafe (plugin.lookups, plugin.lookup_count) = unsafe array(tables.lookups.map { lookup($0, tables) })
    let recipes = unsafe zip(tables.recipes.names, tables.recipeSummaries).map {
      unsafe concord_recipe(name: bytes($0), summary: bytes($1))
    }
    unsafe (plugin.recipes, plugin.recipe_count) = unsafe array(recipes)
    let pointers = unsafe rules.map { unsafe array([rule($0, tables)]).0 }
    unsafe (plugin.rules, plugin.rule_count) = unsafe array(pointers)
    return unsafe UnsafeMutablePointer(mutating: array([plugin]).0!)
  }

  private static func rule(_ registered: RegisteredRule, _ tables: PluginTables) -> concord_rule {
    let info = registered.info
    let reads = registered.reads
    var rule = unsafe concord_rule()
    unsafe rule.size = MemoryLayout<concord_rule>.size
    unsafe rule.id = bytes(info.id)
    unsafe rule.form = registered.form.rawValue
    unsafe rule.severity = info.severity.rawValue
    unsafe rule.flags = info.isSensitive ? UInt8(CONCORD_SENSITIVE) : 0
    unsafe rule.kind = registered.kind ?? CONCORD_NONE_INDEX
    unsafe rule.among = CONCORD_NONE_INDEX
    if let neighbor = registered.type as? any NeighborRule.Type {
      unsafe rule.relation = neighbor.relation.rawValue
      unsafe rule.among = neighbor.among.map { tables.kinds.number(of: $0.rawValue) } ?? CONCORD_NONE_INDEX
      unsafe rule.limit = UInt32(clamping: neighbor.limit)
    }
    if let group = registered.type as? any GroupRule.Type {
      if group.needsRecords { unsafe rule.flags |= UInt8(CONCORD_NEEDS_RECORDS) }
      unsafe rule.fewest = UInt32(clamping: group.fewest)
      unsafe rule.limit = UInt32(clamping: group.most ?? 0)
    }
    unsafe rule.roles = registered.table.roles
    unsafe rule.fields = indices(reads.triggers.map { tables.fields.number(of: $0.rawValue) })
    unsafe rule.contexts = indices(reads.context.map { tables.contexts.number(of: $0) })
    unsafe rule.settings = indices(reads.settings.map { tables.settings.number(of: $0) })
    unsafe rule.vocabularies = indices(reads.vocabularies.map { tables.vocabularies.number(of: $0) })
    unsafe rule.lookups = indices(reads.lookups.map { UInt32(clamping: tables.lookups.firstIndex(of: $0) ?? 0) })
    unsafe rule.states = indices(registered.type.states.map { tables.kinds.number(of: $0.rawValue) })
    unsafe rule.recipes = indices(registered.type.recipes.map { tables.recipes.number(of: $0.name) })
    unsafe rule.dialects = indices(reads.dialects.map { tables.dialects.number(of: $0) })
    unsafe rule.summary = bytes(info.summary)
    unsafe rule.why = bytes(info.why)
    unsafe rule.source = bytes(info.source)
    let further = info.messages.sorted { $0.key < $1.key }.filter { !$0.key.isEmpty }
    let messages = unsafe ([("", info.message)] + further.map { ($0.key, $0.value) }).map {
      unsafe concord_template(key: bytes($0.0), text: bytes($0.1))
    }
    unsafe (rule.messages, rule.message_count) = unsafe array(messages)
    unsafe (rule.good, rule.good_count) = unsafe texts(info.good)
    unsafe (rule.bad, rule.bad_count) = unsafe texts(info.bad)
    unsafe (rule.silences, rule.silence_count) = unsafe texts(info.silences)
    return unsafe rule
  }

  private static func lookup(_ lookup: Lookup, _ tables: PluginTables) -> concord_lookup {
    switch lookup {
    case .definition(let field):
      concord_lookup(
        by: UInt32(CONCORD_LOOKUP_DEFINITION), kind: CONCORD_NONE_INDEX,
        source: tables.fields.number(of: field.rawValue))
    case .facts(let kind, let field):
      concord_lookup(
        by: UInt32(CONCORD_LOOKUP_FIELD), kind: tables.kinds.number(of: kind.rawValue),
        source: tables.fields.number(of: field.rawValue))
    case .factsByContext(let kind, let name):
      concord_lookup(
        by: UInt32(CONCORD_LOOKUP_CONTEXT), kind: tables.kinds.number(of: kind.rawValue),
        source: tables.contexts.number(of: name))
    case .all(let kind):
      concord_lookup(
        by: UInt32(CONCORD_LOOKUP_CONSTANT), kind: tables.kinds.number(of: kind.rawValue), source: CONCORD_NONE_INDEX)
    }
  }
}
