import Facts
import Findings
import Manifest
import Ontology

/// What a vocabulary file's entries say of each other, and what is wrong with each alone. One for each open file; a class,
/// because the workspace's actor owns it with the document and it remembers the columns.
final class VocabularyReader {
  private let isTable: Bool
  private let mapping: ColumnMapping
  private let stepKind: FactKind?
  private let labelKind: FactKind?
  private let termKind: FactKind?
  private let referenceKind: FactKind?
  private var header: [String] = []
  private var columns = TermColumns(header: [])
  private var barcodes = BarcodeCensus()

  /// `nil` if the format is no vocabulary's.
  init?(_ dialect: Dialect?, columns: [String: String], kinds: KindRegistry) {
    guard let dialect, dialect.id == VocabularyFormat.json || dialect.id == VocabularyFormat.table else { return nil }
    isTable = dialect.id == VocabularyFormat.table
    mapping = ColumnMapping(columns)
    stepKind = kinds[VocabularyFormat.step]
    labelKind = kinds[isTable ? VocabularyFormat.tableLabel : VocabularyFormat.jsonLabel]
    termKind = kinds[VocabularyFormat.tableTerm]
    referenceKind = kinds[VocabularyFormat.tableReference]
  }

  /// What an entry links to, and whose parent or successor each is.
  enum Relation: UInt8, CaseIterable { case broader = 1, replacedBy = 2 }

  /// Adds what an entry states and what is wrong with it. Cost: the entry.
  func read(_ record: Record, at places: PlaceMaker, into result: inout HostResult) {
    guard record.id != .document,
      let entry = VocabularyEntry(places.tree, columns: isTable ? targets(places.tree) : nil)
    else { return }
    var notes = VocabularyNotes(places: places)
    notes.judge(entry)
    barcodes.set(record.id, entry.id?.text, place: entry.id.map { places.place($0.range) })
    result.findings += notes.findings
    guard let id = entry.id, !id.text.isEmpty else { return }
    let document = places.record.document
    if isTable {
      state(termKind, FactKey(text: Array("s".utf8) + id.text, in: document), places.place(id.range), into: &result)
      for link in entry.broader + entry.replacedBy + entry.canonical {
        state(
          referenceKind, FactKey(text: Array("s".utf8) + link.text, in: document), places.place(link.range),
          into: &result)
      }
    }
    if !entry.isDeprecated {
      for (language, label) in entry.labels {
        let folded = Folding.bytes(String(decoding: label.text, as: UTF8.self))
        let key = FactKey(text: Array(language.lowercased().utf8) + [0] + folded, in: document)
        state(labelKind, key, places.place(label.range), into: &result)
      }
    }
    for (relation, links) in [(Relation.broader, entry.broader), (.replacedBy, entry.replacedBy)] {
      for link in links where link.text.count <= 250 {
        state(
          stepKind, Self.key(relation, id.text, in: document), places.place(link.range), payload: link.text,
          into: &result)
      }
    }
  }

  func forget(_ record: RecordID) { barcodes.set(record, nil, place: nil) }

  /// Barcodes without the zeros in front, in a list that otherwise holds longer ones.
  var lostZeros: [Finding] { barcodes.findings }

  private func targets(_ tree: RecordTree) -> TermColumns {
    let names = tree.children(of: 0).map { tree.key(of: $0) ?? "" }
    // A row may lack its last cells.
    let isKnown =
      !names.isEmpty && names.count <= header.count && zip(names, header).allSatisfy { $0.utf8.elementsEqual($1.utf8) }
    if !isKnown {
      header = names
      columns = TermColumns(header: names, mapping: mapping)
    }
    return columns
  }

  private func state(
    _ kind: FactKind?, _ key: FactKey, _ place: Place, payload: [UInt8] = [], into result: inout HostResult
  ) {
    guard let kind else { return }
    result.facts.append(StatedFact(kind: kind, key: key, places: [.init("", place)], payload: payload))
  }

  private static func key(_ relation: Relation, _ id: some Collection<UInt8>, in document: DocumentID) -> FactKey {
    FactKey(text: [relation.rawValue] + id, in: document)
  }

  // MARK: Circles

  /// Entries looked at for one circle.
  private static let walkLimit = 256

  /// One step of a way: where it leads, and the entry it stands in.
  private struct Hop {
    var target: [UInt8]
    var record: RecordReference
    var place: Place
    /// The hop before it in the list of those seen.
    var before: Int?
  }

  /// The circles that an entry is the first member of, and all keys that were looked up to know.
  ///
  /// Cost: the entries on the way up, at most 256.
  func circles(
    of record: RecordReference, id: [UInt8], in store: FactStore
  ) -> (findings: [Finding], looked: [(FactKind, FactKey)]) {
    guard let stepKind else { return ([], []) }
    var findings: [Finding] = []
    var looked: [(FactKind, FactKey)] = []
    for relation in Relation.allCases {
      var hops: [Hop] = []
      var seen: Set<[UInt8]> = [id]
      func look(from id: [UInt8], before: Int?) {
        let key = Self.key(relation, id, in: record.document)
        looked.append((stepKind, key))
        for view in store.facts(stepKind, key, limit: 32).facts {
          guard let place = view.fact.places.first?.place, before != nil || place.record == record else { continue }
          hops.append(Hop(target: view.fact.payload, record: place.record, place: place, before: before))
        }
      }
      look(from: id, before: nil)
      var next = 0
      while next < hops.count, next < Self.walkLimit {
        let hop = hops[next]
        if hop.target == id {
          if let finding = finding(hops, end: next, of: record) { findings.append(finding) }
          break
        }
        if seen.insert(hop.target).inserted { look(from: hop.target, before: next) }
        next += 1
      }
    }
    return (findings, looked)
  }

  /// The finding at the first step of a circle; `nil` if it is another entry's to tell.
  private func finding(_ hops: [Hop], end: Int, of record: RecordReference) -> Finding? {
    var path = [hops[end]]
    while let before = path[path.count - 1].before { path.append(hops[before]) }
    path.reverse()
    guard !path.contains(where: { $0.record < record }) else { return nil }
    let names = path.map { String(decoding: $0.target, as: UTF8.self) }
    let all = [names[names.count - 1]] + names
    let few = all.count > 9 ? Array(all.prefix(4)) + ["…"] + all.suffix(4) : all
    return Finding(
      rule: VocabularyRules.cycle.id, severity: VocabularyRules.cycle.severity, place: path[0].place,
      message: Message("", [.init("path", few.joined(separator: " → "))]))
  }

  /// The id an entry has, as its circles are looked up by.
  func id(of tree: RecordTree) -> [UInt8]? {
    VocabularyEntry(tree, columns: isTable ? targets(tree) : nil)?.id.flatMap { $0.text.isEmpty ? nil : $0.text }
  }
}
