import Manifest

/// What rules may know of the records around one: members of its ancestors, up to 256 bytes each, that some rule declared; what
/// none of them says, the dataset may.
struct AncestorContext {
  static let valueLimit = 256
  /// The name under which rules ask where the file lies, to find what other files of a dataset call by its path.
  static let pathName = "concord/path"

  /// By ancestor: its declared members as JSON text, in the order of `names`.
  private var members: [RecordID: [[UInt8]?]] = [:]
  private let names: [String]
  /// What the dataset says, as JSON text, in the order of `names`.
  private let given: [[UInt8]?]

  /// `given` is asked for each name what holds for the whole document.
  init(names: [String], given: (String) -> [UInt8]? = { _ in nil }) {
    self.names = names
    self.given = names.map { name in given(name).flatMap { $0.count <= Self.valueLimit ? $0 : nil } }
  }

  /// The members as they stand now; `true` if they differ from what was known, so that records inside must be checked again.
  mutating func update(_ tree: RecordTree, of record: RecordID) -> Bool {
    // Nobody has asked yet: whoever does is told how they stand then.
    guard !names.isEmpty, let known = members[record] else { return false }
    let found = Self.read(names, in: tree)
    members[record] = found
    return known != found
  }

  mutating func remove(_ record: RecordID) { members.removeValue(forKey: record) }

  /// The values the rules of a record see: of each name, the nearest ancestor's that has it.
  mutating func values(for record: Record, in document: Document) -> [(name: String, value: [UInt8])] {
    guard !names.isEmpty else { return [] }
    var values = [[UInt8]?](repeating: nil, count: names.count)
    var next = record.parent
    while let ancestor = next {
      let known = knownMembers(of: ancestor, in: document)
      for (index, value) in known.enumerated() where values[index] == nil { values[index] = value }
      next = document.lineage(of: ancestor)?.parent
    }
    return names.indices.compactMap { index in (values[index] ?? given[index]).map { (names[index], $0) } }
  }

  private mutating func knownMembers(of ancestor: RecordID, in document: Document) -> [[UInt8]?] {
    if let known = members[ancestor] { return known }
    guard let tree = document.tree(of: ancestor) else { return [] }
    let found = Self.read(names, in: tree)
    members[ancestor] = found
    return found
  }

  private static func read(_ names: [String], in tree: RecordTree) -> [[UInt8]?] {
    names.map { name in
      guard let member = tree.member(name, of: 0) else { return nil }
      let text = tree.text(of: member)
      return text.count <= valueLimit && !tree.nodes[member].flags.contains(.elided) ? Array(text) : nil
    }
  }
}
