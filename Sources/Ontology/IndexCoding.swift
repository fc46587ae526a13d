/// Writes the parts of a compiled vocabulary.
struct IndexWriter {
  private(set) var bytes: [UInt8] = []

  mutating func put(_ word: UInt32) {
    for shift in [0, 8, 16, 24] { bytes.append(UInt8(truncatingIfNeeded: word >> UInt32(shift))) }
  }

  mutating func put(_ text: String) {
    put(UInt32(clamping: text.utf8.count))
    bytes += text.utf8
  }

  mutating func put(_ list: [String]) {
    put(UInt32(clamping: list.count))
    for text in list { put(text) }
  }

  mutating func put(_ term: Term, _ resolver: TermResolver) {
    put(term.id)
    put(term.label)
    put(resolver.canonical(of: term))
    put(term.replacedBy.first ?? "")
    put(resolver.broader(of: term))
    put(UInt32(term.isDeprecated ? 1 : 0))
    put(term.prefLabels.map(\.text))
    put(term.altLabels.map(\.text))
  }
}

/// Reads one term; `nil` wherever the bytes end too early.
struct IndexReader {
  let bytes: [UInt8]
  var offset: Int

  struct Found {
    var id: String
    var label: String
    var canonical: String
    var replacedBy: String?
    var broader: [String]
    var isDeprecated: Bool
    var preferred: [String]
    var others: [String]
  }

  mutating func term() -> Found? {
    guard let id = text(), let label = text(), let canonical = text(), let replacedBy = text(), let broader = list(),
      let deprecated = word(), let preferred = list(), let others = list()
    else { return nil }
    return Found(
      id: id, label: label, canonical: canonical, replacedBy: replacedBy.isEmpty ? nil : replacedBy, broader: broader,
      isDeprecated: deprecated != 0, preferred: preferred, others: others)
  }

  private mutating func word() -> Int? {
    guard offset >= 0, bytes.count - offset >= 4 else { return nil }
    var word = 0
    for index in 0..<4 { word |= Int(bytes[offset + index]) << (8 * index) }
    offset += 4
    return word
  }

  private mutating func text() -> String? {
    guard let count = word(), bytes.count - offset >= count else { return nil }
    defer { offset += count }
    return String(decoding: bytes[offset..<offset + count], as: UTF8.self)
  }

  private mutating func list() -> [String]? {
    guard let count = word(), count <= bytes.count - offset else { return nil }
    var list: [String] = []
    for _ in 0..<count {
      guard let text = text() else { return nil }
      list.append(text)
    }
    return list
  }
}

/// Follows `broader`, `canonical` and `replacedBy` through a list of terms.
struct TermResolver {
  private var terms: [String: Term] = [:]

  init(_ all: [Term]) {
    for term in all { terms[term.id] = term }
  }

  /// The term this one is a variant of or was replaced by, to the end of the chain; a choice between several ends it.
  func canonical(of term: Term) -> String {
    var current = term
    var seen: Set<String> = [term.id]
    while true {
      guard let next = current.canonical ?? (current.replacedBy.count == 1 ? current.replacedBy[0] : nil),
        seen.insert(next).inserted
      else { return current.id }
      guard let found = terms[next] else { return next }
      current = found
    }
  }

  /// Every ancestor once, nearest first.
  func broader(of term: Term) -> [String] {
    var out: [String] = []
    var seen: Set<String> = [term.id]
    var waiting = term.broader
    var next = 0
    while next < waiting.count {
      let id = waiting[next]
      next += 1
      guard seen.insert(id).inserted else { continue }
      out.append(id)
      waiting += terms[id]?.broader ?? []
    }
    return out
  }
}
