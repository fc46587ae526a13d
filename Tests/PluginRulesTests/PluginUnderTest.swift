import CConcordPlugin
import Foundation
import Manifest
import Schema

/// A format as its `plugin.json` declares it, with its schema compiled.
struct TestFormat {
  var id: String
  var isLines: Bool
  var required: [String]
  var values: [String: String]
  /// Of a format that requires nothing, one of these places must be there.
  var alternatives: [[String]]
  var patterns: [String]
  var program: SchemaProgram
  var problems: [SchemaProblem]

  var shape: RecordShape { RecordShape(patterns.compactMap { RecordShape.Pattern($0) }) }

  /// How well a file fits, or `nil`.
  func fit(_ root: Any) -> Int? {
    let hasAll = required.allSatisfy { Self.value(at: $0, in: root) != nil }
    let agrees = values.allSatisfy { Self.value(at: $0, in: root) as? String == $1 }
    // Examples leave out what only tells a format from others.
    let hasOne = !required.isEmpty || alternatives.contains { $0.allSatisfy { Self.value(at: $0, in: root) != nil } }
    return hasAll && agrees && hasOne ? required.count + values.count : nil
  }

  private static func value(at path: String, in root: Any) -> Any? {
    path.split(separator: "/").reduce(root as Any?) { value, step in
      if let array = value as? [Any], let index = Int(step), array.indices.contains(index) { return array[index] }
      if step == "*" { return (value as? [String: Any])?.values.first }
      return (value as? [String: Any])?[String(step)]
    }
  }

  static func all(of plugin: String) throws -> [TestFormat] {
    let folder = Repository.root.appending(path: "Plugins/\(plugin)")
    let json = try JSONSerialization.jsonObject(with: Data(contentsOf: folder.appending(path: "plugin.json")))
    let description = json as? [String: Any] ?? [:]
    // Tables are looked at with everything else that reads them, in the workspace's tests.
    let formats = (description["dialects"] as? [[String: Any]] ?? []).filter { $0["syntax"] as? String != "csv" }
    return try formats.map { format in
      let probe = format["probe"] as? [String: Any] ?? [:]
      let schema = folder.appending(path: format["schema"] as? String ?? "")
      let source = SchemaSource(uri: "file:///\(schema.lastPathComponent)", bytes: Array(try Data(contentsOf: schema)))
      let compiled = SchemaProgram.compile(source, plugin: description["id"] as? String)
      return TestFormat(
        id: "\(description["id"] as? String ?? "")/\(format["id"] as? String ?? "")",
        isLines: format["syntax"] as? String == "jsonl", required: probe["required"] as? [String] ?? [],
        values: probe["values"] as? [String: String] ?? [:],
        alternatives: (probe["any"] as? [Any] ?? []).map { alternative in
          (alternative as? String).map { [$0] } ?? (alternative as? [String: Any])?["required"] as? [String] ?? []
        }, patterns: format["records"] as? [String] ?? [],
        program: compiled.program, problems: compiled.problems)
    }
  }
}

enum Repository {
  static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  /// The files of a folder, not of those below it, as paths from the root, by name; those whose names begin like that.
  static func files(in folder: String, prefix: String = "") -> [String] {
    let urls =
      (try? FileManager.default.contentsOfDirectory(
        at: root.appending(path: folder), includingPropertiesForKeys: [.isRegularFileKey])) ?? []
    return urls.filter { url in
      url.lastPathComponent.hasPrefix(prefix)
        && (try? url.resourceValues(forKeys: [.isRegularFileKey]).isRegularFile) == true
    }
    .map { folder + "/" + $0.lastPathComponent }.sorted()
  }
}

/// The description a plugin's entry gives, read into Swift values.
// Sendable: constant for the life of the process.
@safe struct PluginTables: @unchecked Sendable {
  let pointer: UnsafePointer<concord_plugin_v1>
  let id: String
  let fields: [String]
  let kinds: [String]
  let contexts: [String]
  let lookups: [concord_lookup]
  let rules: [Rule]
  let recipes: [String]

  struct Rule {
    var id: String
    var form: Int
    var severity: UInt8
    var kind: UInt32
    var among: UInt32
    var relation: UInt32
    var silences: [String]
    var needsRecords: Bool
    var fewest: Int
    var most: Int
  }

  init(_ pointer: UnsafePointer<concord_plugin_v1>) {
    unsafe self.pointer = pointer
    let plugin = unsafe pointer.pointee
    id = unsafe String(plugin.id)
    fields = unsafe UnsafeBufferPointer(start: plugin.fields, count: plugin.field_count).map { unsafe String($0) }
    kinds = unsafe UnsafeBufferPointer(start: plugin.kinds, count: plugin.kind_count).map { unsafe String($0) }
    contexts = unsafe UnsafeBufferPointer(start: plugin.contexts, count: plugin.context_count).map {
      unsafe String($0)
    }
    lookups = unsafe Array(UnsafeBufferPointer(start: plugin.lookups, count: plugin.lookup_count))
    recipes = unsafe UnsafeBufferPointer(start: plugin.recipes, count: plugin.recipe_count).map {
      unsafe String($0.name)
    }
    rules = unsafe UnsafeBufferPointer(start: plugin.rules, count: plugin.rule_count).map { item in
      let rule = unsafe item!.pointee
      return unsafe Rule(
        id: String(rule.id), form: Int(rule.form), severity: rule.severity, kind: rule.kind,
        among: rule.among == .max ? rule.kind : rule.among,
        relation: UInt32(rule.relation),
        silences: UnsafeBufferPointer(start: rule.silences, count: rule.silence_count).map { unsafe String($0) },
        needsRecords: rule.flags & UInt8(CONCORD_NEEDS_RECORDS) != 0, fewest: Int(rule.fewest),
        most: rule.form == UInt8(CONCORD_GROUP_RULE) && rule.limit > 0 ? Int(rule.limit) : .max)
    }
  }
}

/// The text of one JSON string, unescaped; empty if there is none.
func unescaped(_ jsonArrayOfOne: String) -> String {
  let json = try? JSONSerialization.jsonObject(with: Data(jsonArrayOfOne.utf8), options: .fragmentsAllowed)
  return (json as? [String])?.first ?? ""
}
