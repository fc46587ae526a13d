import Facts
import Files
import Findings
import Manifest
import Ontology
import Schema

/// That one entry of a list means what another one does, and the file of the dataset that can say so.
struct TermMapping {
  var configuration: DatasetConfiguration
  var file: NamedVocabulary
  /// The entry that the file has, and what it is to match.
  var from: String
  var to: String
}

extension Workspace {
  /// What would make two sides of a disagreement mean the same; `nil` unless both name an entry of a list that the dataset keeps.
  ///
  /// Readings that are to be independent are not brought together this way, and an exact comparison knows no such thing.
  func mapping(of finding: Finding, in state: DocumentState) -> TermMapping? {
    guard reader?.role == .reviewer, finding.message.key.isEmpty, let claimKind,
      let configuration = state.configuration,
      case .claims(let key) = state.space.source(of: finding), let theirs = finding.related.first?.place
    else { return nil }
    let claims = self.claims(claimKind, key, in: state.space)
    guard let own = claims.first(where: { $0.fact.place == finding.place })?.fact,
      let other = claims.first(where: { $0.fact.place == theirs })?.fact, !own.isPrivate, !other.isPrivate,
      !Independence.areIndependent(own, other),
      let name = list(comparedBy: finding, source: own.source, in: state.space),
      let terms = lists(for: state)[name]?.index, let a = own.value.term(in: terms),
      let b = other.value.term(in: terms),
      !a.id.utf8.elementsEqual(b.id.utf8)
    else { return nil }
    return mapping(a.id, b.id, of: name, configuration)
  }

  /// The list by which a finding's agreement compares, where matches count.
  private func list(comparedBy finding: Finding, source: Int, in space: FactSpace) -> String? {
    let property = finding.message.arguments.first { $0.name == "property" }?.value
    for number in space.book.source(source)?.agreements ?? [] {
      let agreement = space.book.agreements[number]
      guard agreement.rules.contains(finding.rule), agreement.property == property,
        case .ontology(let name, let mode) = agreement.rule, mode != .same
      else { continue }
      return name
    }
    return nil
  }

  /// The uppermost file of a list that has one of the entries; without one, its table of mappings.
  private func mapping(_ a: String, _ b: String, of list: String, _ configuration: DatasetConfiguration) -> TermMapping?
  {
    guard let desk = termDesks[configuration.root], Self.canBeListed(a), Self.canBeListed(b) else { return nil }
    let files = configuration.vocabularies.filter { $0.id == list }.reversed()
    for file in files {
      guard let terms = desk.parts[file.file]?.terms else { continue }
      for (from, to) in [(a, b), (b, a)] where terms.term(Array(from.utf8)) != nil {
        return TermMapping(configuration: configuration, file: file, from: from, to: to)
      }
    }
    let table = files.first { desk.parts[$0.file].map { $0.terms == nil } ?? false }
    return table.map { TermMapping(configuration: configuration, file: $0, from: a, to: b) }
  }

  /// Whether an id may stand in a cell that holds several.
  private static func canBeListed(_ id: String) -> Bool {
    !id.utf8.contains { $0 == UInt8(ascii: "|") || $0 == UInt8(ascii: ";") }
  }

  /// The edits of the list's file. Cost: the file is read.
  func edits(of mapping: TermMapping) -> [FileEdits]? {
    let path = Paths.join(mapping.configuration.root, mapping.file.file)
    let open = documents.values.first { state in
      state.keeping != .dropped && state.path?.utf8.elementsEqual(path.utf8) == true
    }
    var file: FileEdits
    if let open {
      file = FileEdits(open, [])
    } else {
      guard let bytes = diskBytes(path, within: mapping.configuration.root), let bytes else { return nil }
      let document = library.recognize(
        bytes, path: path, languageID: "", configuration: mapping.configuration, forced: nil
      ).1
      file = FileEdits(path: path, document, [])
    }
    guard let edits = MappingEdits(mapping, in: file.document).edits, !edits.isEmpty else { return nil }
    file.edits = edits
    return [file]
  }

  /// The bytes of a file that lies in a folder, also when links are followed; a `nil` in it if there is no file, `nil` if it can't
  /// be read.
  func diskBytes(_ path: String, within root: String) -> [UInt8]?? {
    guard FileSystem.status(of: path) != nil else { return .some(nil) }
    guard let real = try? FileSystem.resolved(path), let folder = try? FileSystem.resolved(root),
      Paths.relative(real, to: folder) != nil, let bytes = try? FileSystem.regularFile(real, limit: 256 << 20)
    else { return nil }
    return .some(bytes)
  }
}

/// Finds where in a list's file a mapping goes.
private struct MappingEdits {
  private let mapping: TermMapping
  private let document: Document

  init(_ mapping: TermMapping, in document: Document) {
    self.mapping = mapping
    self.document = document
  }

  var edits: [TextEdit]? { document.syntax.isTable ? ofTable : ofJSON }

  private var to: [UInt8] { Array(mapping.to.utf8) }
  private var quotedTo: [UInt8] { JSONLiteral.quoted(to) }

  // MARK: Tables

  private var ofTable: [TextEdit]? {
    let header = document.columnNames.map { String(decoding: $0, as: UTF8.self) }
    if let columns = ColumnMapping.mapping(ofHeader: header) { return rowOfMappings(header.count, columns) }
    let columns = TermColumns(header: header, mapping: ColumnMapping(mapping.file.columns))
    guard let idColumn = columns.idColumn, let (record, tree) = row(named: header[idColumn]) else { return nil }
    guard let matches = header.indices.first(where: { columns.target(ofColumn: $0) == .exactMatch }) else {
      return document.textEdits(addingColumn: Array("exactMatch".utf8), text: to, in: record)
    }
    let name = Array(header[matches].utf8)
    guard let cell = tree.lastMember(name, of: 0) else {
      return document.textEdits(for: .insertMember(object: 0, key: name, value: quotedTo, after: nil), in: record)
    }
    let known = TermColumns.trimmed(String(decoding: tree.stringBytes(of: cell) ?? [], as: UTF8.self))
    let separator = known.utf8.contains(UInt8(ascii: "|")) ? "|" : ";"
    let text = known.isEmpty ? mapping.to : known + separator + mapping.to
    return document.textEdits(for: .replace(node: cell, with: JSONLiteral.quoted(Array(text.utf8))), in: record)
  }

  /// The row whose cell in a column is the entry's id.
  private func row(named column: String) -> (RecordID, RecordTree)? {
    for record in document.records() where record.id != .document {
      guard let tree = document.tree(of: record.id), let cell = tree.lastMember(Array(column.utf8), of: 0) else {
        continue
      }
      let text = TermColumns.trimmed(String(decoding: tree.stringBytes(of: cell) ?? [], as: UTF8.self))
      if text.utf8.elementsEqual(mapping.from.utf8) { return (record.id, tree) }
    }
    return nil
  }

  private func rowOfMappings(_ count: Int, _ columns: (from: Int, relation: Int, to: Int)) -> [TextEdit]? {
    let cells = (0..<count).map { column -> [UInt8] in
      switch column {
      case columns.from: Array(mapping.from.utf8)
      case columns.relation: Array(Mapping.Relation.exactMatch.rawValue.utf8)
      case columns.to: to
      default: []
      }
    }
    return [document.textEdit(addingRow: cells)].compactMap(\.self)
  }

  // MARK: JSON

  private var ofJSON: [TextEdit]? {
    for record in document.records() where record.id != .document {
      guard let tree = document.tree(of: record.id), let id = tree.member("id", of: 0),
        tree.stringBytes(of: id)?.elementsEqual(mapping.from.utf8) ?? false
      else { continue }
      guard let known = tree.member("exactMatch", of: 0) else {
        let value = [UInt8(ascii: "[")] + quotedTo + [UInt8(ascii: "]")]
        return document.textEdits(
          for: .insertMember(object: 0, key: Array("exactMatch".utf8), value: value, after: nil), in: record.id)
      }
      switch tree.nodes[known].kind {
      case .array:
        return document.textEdits(for: .insertElement(array: known, value: quotedTo, at: .max), in: record.id)
      case .string:
        let list = [UInt8(ascii: "[")] + tree.text(of: known) + Array(", ".utf8) + quotedTo + [UInt8(ascii: "]")]
        return document.textEdits(for: .replace(node: known, with: list), in: record.id)
      default: return nil
      }
    }
    return nil
  }
}
