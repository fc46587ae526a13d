import CConcordPlugin
import WorkerProtocol

/// A plugin's tables and rules as JSON: the `rules.json` that the host reads instead of the library.
struct Description {
  private(set) var json = ""

  init(_ plugin: UnsafePointer<concord_plugin_v1>) {
    let plugin = unsafe plugin.pointee
    json = "{\n"
    unsafe member("id", text(plugin.id) ?? "")
    unsafe member("version", text(plugin.version) ?? "")
    unsafe member("fields", names(plugin.fields, plugin.field_count))
    unsafe member("kinds", names(plugin.kinds, plugin.kind_count))
    unsafe member("contexts", names(plugin.contexts, plugin.context_count))
    unsafe member("settings", names(plugin.settings, plugin.setting_count))
    unsafe member("vocabularies", names(plugin.vocabularies, plugin.vocabulary_count))
    unsafe member("dialects", names(plugin.dialects, plugin.dialect_count))
    let lookups = unsafe buffer(plugin.lookups, plugin.lookup_count)
    unsafe raw("lookups", list(lookups.map { "{\"by\": \($0.by), \"kind\": \($0.kind), \"source\": \($0.source)}" }))
    let recipes = unsafe buffer(plugin.recipes, plugin.recipe_count)
    unsafe raw(
      "recipes",
      list(
        recipes.map {
          unsafe "{\"name\": \(quoted(text($0.name) ?? "")), \"summary\": \(quoted(text($0.summary) ?? ""))}"
        }))
    unsafe raw("answers", "\(Hello.Answers(of: plugin).rawValue)")
    let rules = unsafe buffer(plugin.rules, plugin.rule_count)
    unsafe raw(
      "rules",
      "[\n" + rules.compactMap { unsafe $0.map { unsafe rule($0.pointee) } }.joined(separator: ",\n") + "\n  ]",
      isLast: true)
    json += "}\n"
  }

  private func rule(_ rule: concord_rule) -> String {
    let messages = unsafe buffer(rule.messages, rule.message_count).map {
      unsafe "\(quoted(text($0.key) ?? "")): \(quoted(text($0.text) ?? ""))"
    }
    let parts: [(String, String)] = unsafe [
      ("id", quoted(text(rule.id) ?? "")), ("form", "\(rule.form)"), ("severity", "\(rule.severity)"),
      ("flags", "\(rule.flags)"), ("relation", "\(rule.relation)"), ("kind", "\(rule.kind)"),
      ("among", "\(rule.among)"),
      ("limit", "\(rule.limit)"), ("roles", "\(rule.roles)"), ("fields", indices(rule.fields)),
      ("contexts", indices(rule.contexts)), ("settings", indices(rule.settings)),
      ("vocabularies", indices(rule.vocabularies)), ("lookups", indices(rule.lookups)),
      ("states", indices(rule.states)),
      ("recipes", indices(rule.recipes)), ("dialects", indices(rule.dialects)),
      ("summary", quoted(text(rule.summary) ?? "")),
      ("why", quoted(text(rule.why) ?? "")), ("source", quoted(text(rule.source) ?? "")),
      ("messages", "{" + messages.joined(separator: ", ") + "}"), ("good", texts(rule.good, rule.good_count)),
      ("bad", texts(rule.bad, rule.bad_count)), ("silences", texts(rule.silences, rule.silence_count)),
    ]
    // Plugins built before there was such a member end before it.
    let knowsFewest = unsafe rule.size >= MemoryLayout<concord_rule>.size && rule.fewest > 1
    let fewest = unsafe knowsFewest ? ", \"fewest\": \(rule.fewest)" : ""
    return "    {" + parts.map { "\"\($0.0)\": \($0.1)" }.joined(separator: ", ") + fewest + "}"
  }

  private mutating func member(_ name: String, _ value: String) { raw(name, quoted(value)) }
  private mutating func member(_ name: String, _ values: [String]) { raw(name, list(values.map { quoted($0) })) }
  private mutating func raw(_ name: String, _ value: String, isLast: Bool = false) {
    json += "  \"\(name)\": \(value)\(isLast ? "" : ",")\n"
  }

  private func list(_ items: [String]) -> String { "[" + items.joined(separator: ", ") + "]" }

  private func indices(_ indices: concord_indices) -> String {
    unsafe list(buffer(indices.start, indices.count).map { "\($0)" })
  }

  private func texts(_ start: UnsafePointer<concord_bytes>?, _ count: Int) -> String {
    unsafe list(names(start, count).map { quoted($0) })
  }

  private func names(_ start: UnsafePointer<concord_bytes>?, _ count: Int) -> [String] {
    unsafe buffer(start, count).map { unsafe text($0) ?? "" }
  }

  private func buffer<Element>(_ start: UnsafePointer<Element>?, _ count: Int) -> UnsafeBufferPointer<Element> {
    unsafe UnsafeBufferPointer(start: start, count: start == nil ? 0 : count)
  }

  private func quoted(_ text: String) -> String {
    var out = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": out += "\\\""
      case "\\": out += "\\\\"
      case "\n": out += "\\n"
      case _ where scalar.value < 0x20:
        let hex = String(scalar.value, radix: 16)
        out += "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
      default: out.unicodeScalars.append(scalar)
      }
    }
    return out + "\""
  }
}
