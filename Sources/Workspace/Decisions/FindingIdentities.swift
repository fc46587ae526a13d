import Findings
import Manifest
import Schema

/// Tells which finding of its kind each is, by what stands there and never where that is.
///
/// An entry is known by its own id, or the name it stands under; one that has neither, or whose id is what is judged, by all it
/// says. Of findings that nothing tells apart, the how manieth it is counts.
struct FindingIdentities {
  private let document: Document
  /// Of formats that say which member is an entry's id.
  private let reader: RecordReader?
  private let labels: LabelCache?
  /// Where records are read, for this and for whatever else is done with each finding.
  private(set) var memo: RecordMemo
  private var last: Entry?
  /// What entries around others are called.
  private var outer: [RecordID: UInt64] = [:]

  /// Notes of one finding that are looked at.
  private static let relatedLimit = 16
  private static let textLimit = 4096

  init(_ document: Document, _ id: DocumentID, _ dialect: Dialect?, labels: LabelCache? = nil) {
    self.document = document
    reader = dialect.flatMap { $0.mayNameEntries ? RecordReader(document, id, $0) : nil }
    self.labels = labels
    memo = RecordMemo(document)
  }

  init(_ state: DocumentState) {
    self.init(state.document, state.id, state.recognition.dialect, labels: state.labels)
  }

  /// The fingerprints of findings of this document, in the order given: of each kind all there are.
  ///
  /// Cost: O(n log n), and a reading of each entry with one.
  mutating func fingerprints(of findings: [Finding]) -> [Fingerprint] {
    var found = [Fingerprint](repeating: Fingerprint(kind: 0, label: 0), count: findings.count)
    visit(findings) { index, fingerprint, _ in found[index] = fingerprint }
    return found
  }

  /// The same in order of place, so that each entry is read once: `body` gets a finding's index and may read the entry on.
  mutating func visit(_ findings: [Finding], _ body: (Int, Fingerprint, inout RecordMemo) -> Void) {
    var met: [Fingerprint: (place: Place, number: UInt64)] = [:]
    let order = findings.indices.sorted { Self.precedes(findings[$0].place, findings[$1].place) }
    for index in order {
      let finding = findings[index]
      let kind = Fingerprint.kind(of: finding)
      var fingerprint = Fingerprint(kind: kind, label: label(of: finding, kind: kind))
      if finding.about == nil, finding.fold == nil {
        var (place, number) = met[fingerprint] ?? (finding.place, 0)
        if place != finding.place { (place, number) = (finding.place, number + 1) }
        met[fingerprint] = (place, number)
        if number > 0 {
          fingerprint.label = Self.hash {
            $0.add(word: fingerprint.label); $0.add(word: number)
          }
        }
      }
      body(index, fingerprint, &memo)
    }
  }

  private static func precedes(_ a: Place, _ b: Place) -> Bool {
    if a.record != b.record { return a.record < b.record }
    return a.start == b.start ? a.end < b.end : a.start < b.start
  }

  private static func hash(_ body: (inout StableHash) -> Void) -> UInt64 {
    var hash = StableHash()
    body(&hash)
    return hash.word
  }

  // MARK: One finding

  private mutating func label(of finding: Finding, kind: UInt64) -> UInt64 {
    if let about = finding.about { return about.label }
    if let fold = finding.fold {
      return Self.hash {
        $0.add(word: kind); $0.add(fold)
      }
    }
    guard finding.related.isEmpty else { return freshLabel(of: finding, kind: kind) }
    if let known = labels?[finding.place, kind] { return known }
    let label = freshLabel(of: finding, kind: kind)
    labels?[finding.place, kind] = label
    return label
  }

  private mutating func freshLabel(of finding: Finding, kind: UInt64) -> UInt64 {
    let own = finding.place
    let places =
      [own]
      + finding.related.prefix(Self.relatedLimit).map(\.place).filter { place in
        place.record.document == own.record.document
      }
    // Which of two comes first is a matter of place.
    let things = places.map { thing(at: $0) }.sorted()
    return Self.hash { hash in
      hash.add(word: kind)
      for thing in things { hash.add(word: thing) }
    }
  }

  /// Stands for what is at a place: the entry, the names that lead to the value, and what it says.
  private mutating func thing(at place: Place) -> UInt64 {
    let range = Int(place.start)..<Int(max(place.start, place.end))
    guard place.record.record != DocumentSnapshot.wholeText else { return text(in: range) }
    guard let entry = read(place.record.record) else { return 0 }
    let node = entry.tree.node(from: place.start, to: place.end)
    let isIDJudged = entry.idNode.map { entry.tree.nodes[$0].range.overlaps(range) } ?? false
    let known = identity(of: entry, isIDJudged: isIDJudged)
    return Self.hash { hash in
      hash.add(word: known)
      guard let node else { return hash.add(entry.tree.bytes[range.clamped(to: entry.tree.bytes.indices)]) }
      for key in entry.names(to: node) { hash.add(key) }
      hash.add(word: ContentHash.of(node, in: entry.tree))
    }
  }

  /// Of what is no entry's: the line it stands in.
  private func text(in range: Range<Int>) -> UInt64 {
    let line = document.position(at: range.lowerBound, in: .utf8).line
    let (start, end) = (document.start(ofLine: line), document.end(ofLine: line))
    let shown = document.bytes(in: start..<max(start, min(end, start + Self.textLimit)))
    let isSpace: (UInt8) -> Bool = { $0 == 0x20 || $0 == 0x09 }
    let trimmed = shown.drop(while: isSpace)
    return Self.hash { $0.add(Array(trimmed)) }
  }

  // MARK: Entries

  private struct Entry {
    var record: Record
    var tree: RecordTree
    var idNode: Int?
    /// The name it stands under.
    var key: [UInt8]?

    var id: [UInt8]? { key ?? idNode.map { Array(tree.scalarText(of: $0)) } }

    /// The names of the members from the entry down to a node.
    func names(to node: Int) -> [[UInt8]] {
      var names: [[UInt8]] = []
      var current = node
      while current > 0, tree.nodes.indices.contains(current) {
        names.append(tree.nodes[current].hasKey ? tree.keyBytes(of: current) : [])
        let parent = Int(tree.nodes[current].parent)
        guard parent < current else { break }
        current = parent
      }
      return names.reversed()
    }
  }

  private mutating func read(_ id: RecordID) -> Entry? {
    if let last, last.record.id == id { return last }
    guard let record = document.record(id), let tree = memo.tree(of: id) else { return nil }
    let idNode = reader?.read(record, tree).idNode ?? tree.plainID
    let entry = Entry(record: record, tree: tree, idNode: idNode, key: document.key(of: id))
    last = entry
    return entry
  }

  /// What an entry is known by, and those around it.
  private mutating func identity(of entry: Entry, isIDJudged: Bool) -> UInt64 {
    guard entry.record.id != .document else { return 0 }
    let around = entry.record.parent.map { name(ofOuter: $0) } ?? 0
    let pattern = self.pattern(of: entry.record)
    return Self.hash { hash in
      hash.add(pattern)
      hash.add(word: around)
      if let id = entry.id, entry.key != nil || !isIDJudged {
        hash.add(id)
      } else {
        hash.add(word: ContentHash.of(0, in: entry.tree))
      }
    }
  }

  private mutating func name(ofOuter id: RecordID) -> UInt64 {
    guard id != .document else { return 0 }
    if let known = outer[id] { return known }
    let kept = last
    guard let entry = read(id) else { return 0 }
    last = kept
    let around = entry.record.parent.map { name(ofOuter: $0) } ?? 0
    let own = Self.hash { hash in
      hash.add(word: around)
      hash.add(entry.id ?? [])
    }
    outer[id] = own
    return own
  }

  private func pattern(of record: Record) -> String {
    let patterns = document.shape.patterns
    return (1...max(1, patterns.count)).contains(record.type) && !patterns.isEmpty ? patterns[record.type - 1].path : ""
  }
}

extension RecordReading {
  /// Where the record says which one it is, by its format's word; `nil` if it doesn't.
  fileprivate var idNode: Int? {
    let declared = dialect.program.declarations.defines
    let isOwn: (Int) -> Bool = { node in
      tree.nodes.indices.contains(node) && node > 0 && tree.nodes[node].parent == 0
    }
    let defined = evaluation.definitions.first { definition in
      guard declared.indices.contains(definition.declaration) else { return false }
      let declaration = declared[definition.declaration]
      return declaration.source == .value && declaration.repetition != .anywhere && isOwn(Int(definition.node))
    }
    if let defined { return Int(defined.node) }
    let field = dialect.field("id")
    return evaluation.roles.entries.first { $0.field == field && isOwn(Int($0.node)) }.map { Int($0.node) }
  }
}

extension RecordTree {
  /// The member `id`, where it is a text or a number.
  fileprivate var plainID: Int? {
    guard nodes.first?.kind == .object, let node = lastMember(Array("id".utf8), of: 0) else { return nil }
    return nodes[node].kind == .string || nodes[node].kind == .number ? node : nil
  }
}

/// What was worked out of findings, until their entry changes. A class, because the document's state owns it.
final class LabelCache {
  private struct Key: Hashable {
    var start: UInt32
    var end: UInt32
    var kind: UInt64
  }
  private var labels: [RecordID: [Key: UInt64]] = [:]

  subscript(place: Place, kind: UInt64) -> UInt64? {
    get { labels[place.record.record]?[Key(start: place.start, end: place.end, kind: kind)] }
    set { labels[place.record.record, default: [:]][Key(start: place.start, end: place.end, kind: kind)] = newValue }
  }

  /// Forgets what an edit touched: of an entry around others all, because those are known by it.
  func forget(_ changes: RecordChanges, holdsRecords: (RecordID) -> Bool) {
    guard !labels.isEmpty else { return }
    labels[DocumentSnapshot.wholeText] = nil
    for record in changes.removed { labels[record] = nil }
    for record in changes.changed {
      if record != .document, holdsRecords(record) { labels = [:] }
      labels[record] = nil
    }
  }
}
