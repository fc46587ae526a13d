import Facts
import Findings
import Manifest
import Schema

/// A value or key that gives an id or names one.
struct Identifier {
  enum Part { case definition, reference }
  var part: Part
  /// In the program's declarations of that part.
  var declaration: Int
  /// What the id is an id of: `category`.
  var kind: String
  var scope: DeclaredScope
  /// Where the id counts is part of the key.
  var key: FactKey
  /// The node whose value or key it is; 0 for the record itself.
  var node: Int
  /// In the record's own text; not used where `isRecordKey`.
  var own: Range<Int>
  /// It is the key that the record stands under, which is outside of its own text.
  var isRecordKey: Bool
  /// It is a key, or the place in a list, rather than a value.
  var source: DefineDeclaration.Source
  /// What the definition is called, if it may be shown.
  var name: String?
}

extension RecordReading {
  /// Every id that the record gives or names, in document order of their kinds.
  var identifiers: [Identifier] { definitions + references }

  var definitions: [Identifier] {
    let declarations = dialect.program.declarations.defines
    let scopes = Scopes(document: document, id: id, record: record)
    return evaluation.definitions.compactMap { definition in
      guard declarations.indices.contains(definition.declaration) else { return nil }
      let declared = declarations[definition.declaration]
      // What is known by its place alone has no id that somebody wrote.
      guard declared.source != .scope, let key = scopes.key(definition.key, in: declared.scope) else { return nil }
      let nameNode = dialect.program.nameNode(ofDefinition: definition.declaration, in: tree)
      let isShown = nameNode.map { !isPrivate($0) } ?? false
      return Identifier(
        part: .definition, declaration: definition.declaration, kind: declared.kind, scope: declared.scope, key: key,
        node: Int(definition.node), own: definition.range, isRecordKey: isRecordKey(declared.source, definition.node),
        source: declared.source, name: isShown ? definition.name : nil)
    }
  }

  var references: [Identifier] {
    let declarations = dialect.program.declarations.references
    let scopes = Scopes(document: document, id: id, record: record)
    return evaluation.references.compactMap { reference in
      guard declarations.indices.contains(reference.declaration) else { return nil }
      let declared = declarations[reference.declaration]
      guard declared.source != .scope, let key = scopes.key(reference.key, in: declared.scope) else { return nil }
      return Identifier(
        part: .reference, declaration: reference.declaration, kind: declared.kind, scope: declared.scope, key: key,
        node: Int(reference.node), own: reference.range, isRecordKey: isRecordKey(declared.source, reference.node),
        source: declared.source)
    }
  }

  private func isRecordKey(_ source: DefineDeclaration.Source, _ node: UInt32) -> Bool { source == .key && node == 0 }

  /// Bytes of the document that an id covers, quotes included; `nil` if it is a record's key that is gone.
  func range(of identifier: Identifier) -> Range<Int>? {
    identifier.isRecordKey ? document.keyRange(of: record.id) : document.absolute(identifier.own, in: record.id)
  }
}

extension Identifier {
  /// All that define and name ids of this kind, in every format where they count.
  func family(in dialect: Dialect) -> LinkFamily? {
    let families = part == .definition ? dialect.familiesOfDefinitions : dialect.familiesOfReferences
    return families.indices.contains(declaration) ? families[declaration] : nil
  }

  /// Whether all that give such an id mean one thing, as often as they do.
  func mayRepeat(in dialect: Dialect) -> Bool {
    family(in: dialect)?.definitions.allSatisfy { $0.declaration.repetition == .anywhere } ?? false
  }

  /// Whether it is given as often as one likes, or may lead nowhere: it joins files, and is nobody's name.
  func isBesides(in dialect: Dialect) -> Bool {
    let declarations = dialect.program.declarations
    switch part {
    case .definition:
      return declarations.defines.indices.contains(declaration)
        && declarations.defines[declaration].repetition == .anywhere
    case .reference:
      return declarations.references.indices.contains(declaration) && declarations.references[declaration].isOptional
    }
  }

  func isSame(as other: Identifier) -> Bool { key == other.key && kind.utf8.elementsEqual(other.kind.utf8) }
}

extension RecordReader {
  /// The record that stands at an offset with the ids there; ids that touch the offset count. `nil` if nothing is known of the place.
  ///
  /// Cost: the record, and for keyed records the leaf before the next one.
  func identifiers(at offset: Int) -> (reading: RecordReading, found: [Identifier])? {
    var readings: [RecordReading] = []
    if dialect.readsKeys, let keyed = recordWithKey(at: offset).flatMap(read) { readings.append(keyed) }
    if let inner = read(document.innermostRecord(at: offset)) { readings.append(inner) }
    for reading in readings {
      let found = reading.identifiers.filter { identifier in
        reading.range(of: identifier).map { $0.lowerBound <= offset && offset <= $0.upperBound } ?? false
      }
      if !found.isEmpty { return (reading, found) }
    }
    return readings.last.map { ($0, []) }
  }

  /// A key belongs to no record's own text when what stands under it is a record.
  private func recordWithKey(at offset: Int) -> Record? {
    let window = offset..<min(document.byteCount, offset + Self.keyWindow)
    guard let next = document.records(in: window).first(where: { $0.range.lowerBound >= offset }),
      let key = document.keyRange(of: next.id), key.lowerBound <= offset, offset <= key.upperBound
    else { return nil }
    return next
  }

  /// Keys longer than this are not looked for from inside.
  private static let keyWindow = 4096
}
