import CConcordPlugin
import Foundation
import InstructionDataRules
import Manifest
import PluginKit
import RetailSKURules
import Schema
import SpeechRules
import VisionRules

/// A finding with its place in the file.
struct Found: Equatable, CustomStringConvertible {
  var rule: String
  var severity: UInt8
  var range: Range<Int>
  var message: String
  var arguments: [String: String]
  var related: [Range<Int>]
  var fixes: [FoundFix]

  struct FoundFix: Equatable {
    var title: String
    var isCertain: Bool
    /// Only replacements; other edits are listed by their key or as `remove`.
    var edits: [Edit]
    var recipe: String?
    var argument: String?
  }
  struct Edit: Equatable {
    var range: Range<Int>
    var action: UInt32
    var key: String
    var value: String
  }

  var description: String { "\(rule) \(range) \(message) \(arguments.sorted { $0.key < $1.key })" }
}

/// Runs one plugin over one file in this process, through its C description: what the host does, without joins being kept up
/// to date. Slow and simple on purpose.
final class Bench {
  let plugin: PluginTables
  private let document: Document
  private let format: TestFormat
  private var records: [(record: Manifest.Record, tree: RecordTree, roles: RoleTable)] = []
  /// Definitions by kind and scoped key: their place and exports.
  private var definitions: [Definition] = []
  private var evaluations: [Evaluation] = []
  private var facts: [Int: [Answers.Fact]] = [:]
  private var amounts: [Answers.Amount] = []
  private(set) var found: [Found] = []
  private(set) var complaints: [String] = []
  var media: [String: String] = [:]
  var terms: [String: (id: String, label: String)] = [:]
  var originals: [String: String] = [:]

  private struct Definition {
    var kind: String
    var key: [UInt8]
    var place: concord_place
    var exports: String
  }

  static let formats: [TestFormat] = ["Vision", "RetailSKU", "InstructionData", "Speech"].flatMap {
    (try? TestFormat.all(of: $0)) ?? []
  }
  static let vision = unsafe PluginTables(VisionRules.plugin.entry!)
  static let retail = unsafe PluginTables(RetailSKURules.plugin.entry!)
  static let instruction = unsafe PluginTables(InstructionDataRules.plugin.entry!)
  static let speech = unsafe PluginTables(SpeechRules.plugin.entry!)
  static let plugins = [vision, retail, instruction, speech]

  /// `nil` if no format fits the file.
  convenience init?(_ plugin: PluginTables, _ bytes: [UInt8], lines: Bool = false) {
    guard let format = Self.recognized(bytes, lines: lines) else { return nil }
    self.init(plugin, bytes, as: format)
  }

  init(_ plugin: PluginTables, _ bytes: [UInt8], as format: TestFormat) {
    self.plugin = plugin
    self.format = format
    document = Document(bytes, syntax: format.isLines ? .jsonl : .json, shape: format.shape)
    readRecords()
  }

  private static func recognized(_ bytes: [UInt8], lines: Bool) -> TestFormat? {
    let text = lines ? Array("[".utf8) + bytes.split(separator: 10).joined(separator: [44]) + [93] : bytes
    guard let root = try? JSONSerialization.jsonObject(with: Data(text)) else { return nil }
    return formats.filter { $0.isLines == lines }.compactMap { format in format.fit(root).map { ($0, format) } }
      .max { $0.0 < $1.0 }?.1
  }

  private func readRecords() {
    for record in [document.record(.document)].compactMap({ $0 }) + document.records().filter({ $0.id != .document }) {
      guard let tree = document.tree(of: record.id) else { continue }
      let pattern = record.type == 0 ? nil : format.shape.patterns[record.type - 1]
      let key = document.key(of: record.id)
      let evaluation = format.program.evaluate(
        tree, at: format.program.entry(for: pattern, ordinal: record.ordinal, key: key),
        options: EvaluationOptions(recordKey: key, recordOrdinal: record.ordinal))
      let index = records.count
      for definition in evaluation.definitions {
        let declaration = format.program.declarations.defines[definition.declaration]
        let values = zip(declaration.exports, definition.exports).compactMap { export, value in
          value.map { "\"\(export.name)\": \(String(decoding: $0, as: UTF8.self))" }
        }
        definitions.append(
          Definition(
            kind: declaration.kind, key: scoped(definition.key, declaration.scope, record),
            place: place(index, definition.range), exports: "{\(values.joined(separator: ", "))}"))
      }
      records.append((record, tree, evaluation.roles))
      evaluations.append(evaluation)
    }
  }
  /// What the format's schema itself finds.
  var schemaFindings: [String] { evaluations.flatMap(\.findings).map(\.rule) }

  /// What the format's declarations find: ids that are given twice, and ids that lead nowhere.
  var linkFindings: [(rule: String, range: Range<Int>)] {
    let declarations = format.program.declarations
    var taken: Set<[UInt8]> = []
    var out: [(rule: String, range: Range<Int>)] = []
    for (index, evaluation) in evaluations.enumerated() {
      for definition in evaluation.definitions {
        let declaration = declarations.defines[definition.declaration]
        let key = Array(declaration.kind.utf8) + scoped(definition.key, declaration.scope, records[index].record)
        guard !taken.insert(key).inserted, declaration.repetition != .anywhere else { continue }
        out.append((declaration.rule.id ?? "", range(place(index, definition.range))))
      }
    }
    for (index, evaluation) in evaluations.enumerated() {
      for reference in evaluation.references
      where !declarations.references[reference.declaration].isOptional && definitions(of: reference.node, index).isEmpty
      {
        out.append((declarations.references[reference.declaration].rule.id ?? "", range(place(index, reference.range))))
      }
    }
    return out.sorted { $0.range.lowerBound < $1.range.lowerBound }
  }

  private func place(_ record: Int, _ range: Range<Int>) -> concord_place {
    concord_place(record: UInt32(record), start: UInt32(range.lowerBound), end: UInt32(range.upperBound))
  }

  /// Ids of one scope never meet those of another.
  private func scoped(_ key: [UInt8], _ scope: DeclaredScope, _ record: Manifest.Record) -> [UInt8] {
    guard case .ancestor(let path) = scope else { return key }
    if path == "../" { return key + Array("@\(record.parent?.label ?? 0)".utf8) }
    var current: RecordID? = record.id
    while let id = current, let found = document.record(id) {
      if found.type > 0, format.patterns[found.type - 1] == path { return key + Array("@\(id.label)".utf8) }
      current = found.parent
    }
    return key
  }

  // MARK: Running

  /// All findings, in order of place.
  func run() -> [Found] {
    let instance = unsafe plugin.pointer.pointee.create(plugin.pointer.pointee.data)
    for index in records.indices { unsafe check(index, instance) }
    stateRegions()
    for rule in plugin.rules where rule.form == Int(CONCORD_NEIGHBOR_RULE) { unsafe relate(rule, instance) }
    for rule in plugin.rules where rule.form == Int(CONCORD_GROUP_RULE) { unsafe group(rule, instance) }
    for rule in plugin.rules where rule.form == Int(CONCORD_TALLY_RULE) { unsafe totals(rule, instance) }
    unsafe plugin.pointer.pointee.destroy(instance)
    found.sort { ($0.range.lowerBound, $0.rule) < ($1.range.lowerBound, $1.rule) }
    return found
  }

  private func check(_ index: Int, _ instance: UnsafeMutableRawPointer?) {
    let answers = answers(for: index)
    unsafe withRecord(index) { record in
      unsafe withFound(index) { found in
        unsafe answers.record { host in unsafe plugin.pointer.pointee.check(instance, host, record, found) }
      }
    }
    take(answers)
  }

  private func answers(for index: Int) -> Answers {
    let answers = Answers()
    answers.terms = terms
    answers.originals = originals
    var ancestor = records[index].record.parent
    while let id = ancestor {
      if let outer = records.first(where: { $0.record.id == id }) {
        for (number, name) in plugin.contexts.enumerated() where answers.context[number] == nil {
          answers.context[number] = outer.tree.member(name, of: 0).map {
            String(decoding: outer.tree.text(of: $0), as: UTF8.self)
          }
        }
      }
      ancestor = document.record(id)?.parent
    }
    return answers
  }

  private func take(_ answers: Answers) {
    for fact in answers.facts { facts[fact.kind, default: []].append(fact) }
    amounts += answers.amounts
    complaints += answers.complaints
    for finding in answers.findings {
      let rule = plugin.rules[finding.rule].id
      complaints += Wording.gaps(plugin.id, rule, finding.message, finding.arguments)
      for fix in finding.fixes { complaints += Wording.gaps(plugin.id, rule, fix.title, fix.arguments) }
      for note in finding.related { complaints += Wording.gaps(plugin.id, rule, note.message, note.arguments) }
    }
    found += answers.findings.map { finding in
      Found(
        rule: plugin.rules[finding.rule].id,
        severity: finding.severity == 0 ? plugin.rules[finding.rule].severity : finding.severity,
        range: range(finding.place), message: finding.message, arguments: finding.arguments,
        related: finding.related.map { range($0.place) },
        fixes: finding.fixes.map { fix in
          Found.FoundFix(
            title: fix.title, isCertain: fix.isCertain, edits: fix.edits.map(edit),
            recipe: fix.recipe.map { plugin.recipes[$0.0] }, argument: fix.recipe?.1)
        })
    }
  }

  private func edit(_ edit: Answers.Edit) -> Found.Edit {
    Found.Edit(range: range(edit.place), action: edit.action, key: edit.key, value: edit.value)
  }

  private func range(_ place: concord_place) -> Range<Int> {
    let record = records[Int(place.record)].record.id
    return document.absolute(Int(place.start)..<Int(place.end), in: record) ?? 0..<0
  }

  /// The edits a recipe makes over the whole file.
  func fix(recipe: String, argument: String) -> [Found.Edit] {
    let instance = unsafe plugin.pointer.pointee.create(plugin.pointer.pointee.data)
    defer { unsafe plugin.pointer.pointee.destroy(instance) }
    guard let number = plugin.recipes.firstIndex(of: recipe) else { return [] }
    return records.indices.flatMap { index in
      let answers = answers(for: index)
      var argument = argument
      argument.withUTF8 { text in
        let bytes = unsafe concord_bytes(start: text.baseAddress, count: text.count)
        unsafe withRecord(index) { record in
          unsafe answers.record { host in
            unsafe plugin.pointer.pointee.fix(instance, host, record, UInt32(number), bytes)
          }
        }
      }
      return answers.edits.map(edit)
    }
  }

  // MARK: What is handed in

  private func withRecord(_ index: Int, _ body: (UnsafePointer<concord_record>) -> Void) {
    let (_, tree, roles) = records[index]
    let fields = roles.entries.compactMap { entry -> concord_field? in
      let name = format.program.fieldNames[Int(entry.field)]
      guard let number = plugin.fields.firstIndex(of: name) else { return nil }
      return concord_field(
        field: UInt32(number), node: entry.node, number_start: entry.numberStart, number_count: entry.numberCount,
        geometry: entry.geometry.rawValue, reserved: (0, 0, 0))
    }
    unsafe tree.bytes.withUnsafeBufferPointer { bytes in
      unsafe tree.nodes.withUnsafeBytes { nodes in
        unsafe fields.withUnsafeBufferPointer { fields in
          unsafe roles.numbers.withUnsafeBufferPointer { numbers in
            var record = unsafe concord_record()
            unsafe record.size = MemoryLayout<concord_record>.size
            unsafe record.index = UInt32(index)
            unsafe record.role = roles.role.rawValue
            unsafe record.bytes = concord_bytes(start: bytes.baseAddress, count: bytes.count)
            unsafe record.nodes = nodes.baseAddress?.assumingMemoryBound(to: concord_node.self)
            unsafe record.node_count = tree.nodes.count
            unsafe record.fields = fields.baseAddress
            unsafe record.field_count = fields.count
            unsafe record.numbers = numbers.baseAddress
            unsafe record.number_count = numbers.count
            unsafe withUnsafePointer(to: &record, body)
          }
        }
      }
    }
  }

  /// One item for each look-up of the plugin.
  private func withFound(_ index: Int, _ body: (UnsafePointer<concord_found>) -> Void) {
    let lists = plugin.lookups.map { lookedUp($0, index) }
    unsafe FactLists.lend(lists) { facts in
      let found = unsafe facts.map {
        unsafe concord_found(facts: $0.baseAddress, fact_count: $0.count, total: $0.count)
      }
      unsafe found.withUnsafeBufferPointer { unsafe body($0.baseAddress!) }
    }
  }

  private func lookedUp(_ lookup: concord_lookup, _ index: Int) -> [LentFact] {
    let (_, tree, roles) = records[index]
    let entries = roles.entries.filter {
      lookup.source < plugin.fields.count
        && format.program.fieldNames[Int($0.field)] == plugin.fields[Int(lookup.source)]
    }
    switch Int(lookup.by) {
    case Int(CONCORD_LOOKUP_DEFINITION): return entries.flatMap { definitions(of: $0.node, index) }
    case Int(CONCORD_LOOKUP_FIELD) where plugin.kinds[Int(lookup.kind)] == "concord/media":
      return entries.compactMap { entry in
        let text = String(decoding: tree.text(of: Int(entry.node)), as: UTF8.self)
        return media[text.trimmingCharacters(in: ["\""])].map {
          LentFact(kind: lookup.kind, place: place(index, tree.nodes[Int(entry.node)].range), payload: Array($0.utf8))
        }
      }
    default: return []
    }
  }

  private func definitions(of node: UInt32, _ index: Int) -> [LentFact] {
    let declarations = format.program.declarations.references
    return evaluations[index].references.filter { $0.node == node }.flatMap { reference -> [LentFact] in
      let declaration = declarations[reference.declaration]
      let key = scoped(reference.key, declaration.scope, records[index].record)
      return definitions.enumerated().filter { $0.element.kind == declaration.kind && $0.element.key == key }.map {
        LentFact(
          kind: .max, key: (1, UInt64($0.offset)), place: $0.element.place, payload: Array($0.element.exports.utf8))
      }
    }
  }

  /// The host's own facts: boxes of regions under their picture, among the records they stand beside.
  private func stateRegions() {
    guard let kind = plugin.kinds.firstIndex(of: "concord/region") else { return }
    for (index, record) in records.enumerated() where record.roles.role == .region {
      func entry(_ name: String) -> RoleTable.Entry? {
        record.roles.entries.first { format.program.fieldNames[Int($0.field)] == name }
      }
      guard let asset = entry("asset"), let box = entry("box"), box.numberCount == 4 else { continue }
      let numbers = record.roles.numbers[Int(box.numberStart)..<Int(box.numberStart) + 4].map { $0 }
      guard numbers[2] >= 0, numbers[3] >= 0 else { continue }
      let label = entry("label").map { Array(record.tree.text(of: Int($0.node))) } ?? []
      let picture =
        definitions(of: asset.node, index).first.map { "\($0.key.0) \($0.key.1)" }
        ?? String(decoding: record.tree.text(of: Int(asset.node)), as: UTF8.self)
      facts[kind, default: []].append(
        Answers.Fact(
          kind: kind,
          key: .text("\(picture)@\(record.record.parent?.label ?? 0)"),
          place: place(index, record.tree.nodes[Int(box.node)].range), payload: label,
          extent: concord_extent(
            form: UInt32(CONCORD_EXTENT_BOX), reserved: 0, min_x: numbers[0], min_y: numbers[1],
            max_x: numbers[0] + numbers[2], max_y: numbers[1] + numbers[3])))
    }
  }

  // MARK: Joins

  private func relate(_ rule: PluginTables.Rule, _ instance: UnsafeMutableRawPointer?) {
    let all = facts[Int(rule.kind)] ?? []
    for (order, fact) in all.enumerated() {
      let related = all.enumerated().filter {
        $0.offset != order && $0.element.key == fact.key && overlap($0.element, fact)
      }
      let answers = Answers()
      let lists = [[LentFact(fact, order)], related.map { LentFact($0.element, $0.offset) }]
      unsafe FactLists.lend(lists) { facts in
        unsafe answers.record { host in
          unsafe plugin.pointer.pointee.relate(
            instance, host, rule.relation, rule.among, facts[0].baseAddress!, facts[1].baseAddress, facts[1].count)
        }
      }
      take(answers)
    }
  }

  private func overlap(_ a: Answers.Fact, _ b: Answers.Fact) -> Bool {
    guard a.extent.min_x < b.extent.max_x, b.extent.min_x < a.extent.max_x else { return false }
    return Int(a.extent.form) == CONCORD_EXTENT_INTERVAL
      || a.extent.min_y < b.extent.max_y && b.extent.min_y < a.extent.max_y
  }

  private func group(_ rule: PluginTables.Rule, _ instance: UnsafeMutableRawPointer?) {
    let all = facts[Int(rule.kind)] ?? []
    for (_, group) in Dictionary(grouping: all.enumerated(), by: \.element.key) where group.count >= rule.fewest {
      let answers = Answers()
      answers.terms = terms
      answers.originals = originals
      var lent = group.prefix(rule.most).map { LentFact($0.element, $0.offset) }
      var members: [Int] = []
      for index in lent.indices where rule.needsRecords {
        let record = Int(lent[index].place.record)
        if !members.contains(record) { members.append(record) }
        lent[index].record = UInt32(members.firstIndex(of: record)!)
      }
      unsafe withRecords(members[...], []) { records in
        unsafe FactLists.lend([lent]) { facts in
          unsafe answers.record { host in
            unsafe records.withUnsafeBufferPointer { records in
              unsafe plugin.pointer.pointee.group(
                instance, host, rule.kind, concord_key(), facts[0].baseAddress, facts[0].count, records.baseAddress,
                records.count)
            }
          }
        }
      }
      take(answers)
    }
  }

  /// Lends records one inside the other, all at once in the end.
  private func withRecords(
    _ indices: ArraySlice<Int>, _ lent: [UnsafePointer<concord_record>?],
    _ body: ([UnsafePointer<concord_record>?]) -> Void
  ) {
    guard let first = indices.first else { return unsafe body(lent) }
    unsafe withRecord(first) { record in unsafe withRecords(indices.dropFirst(), lent + [record], body) }
  }

  private func totals(_ rule: PluginTables.Rule, _ instance: UnsafeMutableRawPointer?) {
    for (_, amounts) in Dictionary(grouping: amounts.filter { $0.kind == Int(rule.kind) }, by: \.key) {
      unsafe totals(rule, amounts, instance)
    }
  }

  /// Those of one key.
  private func totals(
    _ rule: PluginTables.Rule, _ amounts: [Answers.Amount], _ instance: UnsafeMutableRawPointer?
  ) {
    let bins = Dictionary(grouping: amounts, by: \.bin)
    let places = bins.mapValues { Array($0.map(\.place).prefix(8)) }
    let answers = Answers()
    let flat = bins.keys.sorted().flatMap { places[$0]! }
    unsafe flat.withUnsafeBufferPointer { flat in
      var start = 0
      let totals = unsafe bins.keys.sorted().map { bin in
        defer { start += places[bin]!.count }
        return unsafe concord_total(
          bin: bin, reserved: 0, amount: bins[bin]!.reduce(0) { $0 + $1.amount }, places: flat.baseAddress! + start,
          place_count: places[bin]!.count)
      }
      guard unsafe !totals.isEmpty else { return }
      unsafe answers.record { host in
        unsafe totals.withUnsafeBufferPointer { totals in
          unsafe plugin.pointer.pointee.totals(
            instance, host, rule.kind, concord_key(), totals.baseAddress, totals.count)
        }
      }
    }
    take(answers)
  }
}
