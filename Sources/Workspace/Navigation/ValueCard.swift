import Findings
import Manifest
import Ontology
import PluginHost
import Schema

extension ValueWords {
  /// What there is to say of one value: the term, what its id names, where it lies, its unit. Nothing of what must not be shown.
  func card(of node: Int) -> [String] {
    guard !reading.isPrivate(node) else { return [] }
    var parts: [String] = []
    if let (term, source) = snapshot.term(of: node, in: reading) {
      parts.append(TermCard(term, in: source.index, language: snapshot.language).markdown)
    }
    for reference in reading.references where reference.node == node {
      parts += targets(of: reference).prefix(1).map { definitionCard($0) }
    }
    if let words = geometry(at: node)?.text {
      parts.append(words)
    } else if let words = measure(at: node) {
      parts.append(words)
    }
    return parts
  }

  private func measure(at node: Int) -> String? {
    guard let value = reading.tree.double(of: node), let unit = reader.unit(of: node, in: reading),
      let written = reading.shownText(of: node)
    else { return nil }
    return GeometryWords.text(of: value, unit: unit, written: Markdown.escaped(written))
  }

  /// What stands behind an id: its name, what it exports, and where it is given.
  private func definitionCard(_ target: DefinitionTarget) -> String {
    let own = target.reading
    let language = snapshot.language
    let kind = Markdown.escaped(target.identifier.kind)
    let id = own.isPrivate(target.identifier.node) ? Phrases.text("hidden", in: language) : idText(of: target)
    var lines: [String] = []
    let name = snapshot.name(of: target)
    if let name, !name.utf8.elementsEqual(id.utf8) {
      lines.append(
        Phrases.text("named", [("kind", kind), ("id", id), ("name", Markdown.escaped(name))], in: language))
    } else {
      lines.append(Phrases.text("unnamed", [("kind", kind), ("id", id)], in: language))
    }
    let exports = own.dialect.program.exportNodes(ofDefinition: target.identifier.declaration, in: own.tree)
    let terms = target.file?.terms ?? snapshot.terms
    for (member, node) in target.isWithheld ? [] : exports {
      let text =
        own.isPrivate(node)
        ? Phrases.text("hidden", in: language)
        : (terms.label(of: node, in: own, language: language) ?? own.shownText(of: node)).map(Markdown.escaped)
      // The heading has said what it is called.
      guard let text, text != name.map(Markdown.escaped) else { continue }
      if lines.count == 1 { lines.append("") }
      lines.append("- \(Markdown.escaped(member)): \(text)")
    }
    if let place = place(of: target) { lines += ["", place] }
    return lines.joined(separator: "\n")
  }

  /// In which line it is given, and of which file if that is another one.
  private func place(of target: DefinitionTarget) -> String? {
    guard let range = target.reading.range(of: target.identifier) else { return nil }
    let document = target.reading.document
    let line = String(document.position(at: range.lowerBound, in: .utf8).line + 1)
    if let file = target.file {
      return Phrases.text(
        "line-in-file", [("line", line), ("file", Markdown.escaped(file.name))], in: snapshot.language)
    }
    return document.lineCount > 1 ? Phrases.text("line", [("line", line)], in: snapshot.language) : nil
  }

  private func idText(of target: DefinitionTarget) -> String {
    let (own, identifier) = (target.reading, target.identifier)
    let text =
      switch identifier.source {
      case .key:
        identifier.isRecordKey ? own.document.key(of: own.record.id) ?? [] : own.tree.keyBytes(of: identifier.node)
      case .index: Array(String(own.record.ordinal).utf8)
      case .value, .scope: own.tree.scalarText(of: identifier.node)
      }
    // It stands between backticks.
    return String(
      decoding: text.prefix(RecordReading.textLimit).map { $0 == UInt8(ascii: "`") ? UInt8(ascii: "'") : $0 },
      as: UTF8.self)
  }

  /// A whole record in words: what it is called, and its declared fields, a line each. `nil` if the format declares none.
  func recordCard() -> String? {
    var seen: Set<Int> = []
    var lines: [String] = []
    for entry in reading.evaluation.roles.entries where seen.insert(Int(entry.node)).inserted {
      let node = Int(entry.node)
      let field = reading.tree.key(of: node) ?? snapshot.dialect?.fieldNames.names[safe: Int(entry.field)] ?? ""
      let text = node == 0 ? geometry(at: 0)?.text : summary(of: node)
      guard let text, !text.isEmpty else { continue }
      lines.append("- \(Markdown.escaped(field)): \(text)")
      if lines.count == Self.fieldLimit { break }
    }
    return lines.isEmpty ? nil : lines.joined(separator: "\n")
  }

  private static let fieldLimit = 16
}

extension Array {
  /// `nil` outside the array.
  subscript(safe index: Int) -> Element? { indices.contains(index) ? self[index] : nil }
}
