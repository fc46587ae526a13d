import Findings
import Manifest

/// Writes a value of a schema's own text on one line, its `$1` as gaps.
///
/// A text that is nothing but a gap gets quotes only where the schema asks for text: most values of these files are numbers.
/// `^` at the start of a text means: without quotes, whatever is wanted.
struct SnippetWriter {
  let tree: RecordTree
  /// `nil`: `$` means nothing, everything is copied.
  let program: SchemaProgram?
  private(set) var body = SnippetBody()
  private static let maximumDepth = 32

  init(tree: RecordTree, program: SchemaProgram?) {
    self.tree = tree
    self.program = program
  }

  mutating func write(_ node: Int, spot: SchemaSpot?, depth: Int = 0) {
    guard depth < Self.maximumDepth else { return body.add(Array("null".utf8)) }
    switch tree.nodes[node].kind {
    case .object, .array:
      let isObject = tree.nodes[node].kind == .object
      body.add([isObject ? UInt8(ascii: "{") : UInt8(ascii: "[")])
      for (index, child) in tree.children(of: node).enumerated() {
        if index > 0 { body.add(Array(", ".utf8)) }
        var inner: SchemaSpot?
        if isObject {
          let key = tree.keyBytes(of: child)
          body.add(JSONText.quoted(key) + Array(": ".utf8))
          inner = below(spot) { $0.member(key, of: $1) }
        } else {
          inner = below(spot) { $0.element(index, of: $1) }
        }
        write(child, spot: inner, depth: depth + 1)
      }
      body.add([isObject ? UInt8(ascii: "}") : UInt8(ascii: "]")])
    case .string where program != nil: writeText(tree.plainText(of: node), spot)
    default: body.add(Array(tree.text(of: node)))
    }
  }

  private func below(_ spot: SchemaSpot?, _ step: (SpotFinder, SchemaSpot) -> SchemaSpot) -> SchemaSpot? {
    guard let spot, let program else { return nil }
    var finder = SpotFinder(program, tree, cursor: 0)
    return finder.opened(step(finder, spot))
  }

  private mutating func writeText(_ text: [UInt8], _ spot: SchemaSpot?) {
    let quote = [UInt8(ascii: "\"")]
    if text.first == UInt8(ascii: "^") { return writeGaps(text[1...], isQuoted: false) }
    let isGapAlone = Self.gap(text[...], at: 0).map { $0.end == text.count } ?? false
    if isGapAlone, let spot, let types = program?.types(of: spot), types == .any || !types.has(.string) {
      return writeGaps(text[...], isQuoted: false)
    }
    body.add(quote)
    writeGaps(text[...], isQuoted: true)
    body.add(quote)
  }

  private mutating func writeGaps(_ text: ArraySlice<UInt8>, isQuoted: Bool) {
    var at = text.startIndex
    var plain: [UInt8] = []
    func escaped(_ bytes: [UInt8]) -> [UInt8] {
      isQuoted ? Array(JSONText.quoted(bytes).dropFirst().dropLast()) : bytes
    }
    while at < text.endIndex {
      if let gap = Self.gap(text, at: at) {
        body.add(escaped(plain))
        plain = []
        body.addGap(gap.number, escaped(gap.initial))
        at = gap.end
      } else {
        plain.append(text[at])
        at += 1
      }
    }
    body.add(escaped(plain))
  }

  /// `$1`, `${1}` or `${1:text}` at an offset.
  private static func gap(_ text: ArraySlice<UInt8>, at start: Int) -> (number: Int, initial: [UInt8], end: Int)? {
    guard start < text.endIndex, text[start] == UInt8(ascii: "$"), start + 1 < text.endIndex else { return nil }
    let isBraced = text[start + 1] == UInt8(ascii: "{")
    var at = start + (isBraced ? 2 : 1)
    var number = 0
    let first = at
    while at < text.endIndex, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(text[at]), at - first < 4 {
      number = number * 10 + Int(text[at] - UInt8(ascii: "0"))
      at += 1
    }
    guard at > first else { return nil }
    guard isBraced else { return (number, [], at) }
    guard at < text.endIndex else { return nil }
    if text[at] == UInt8(ascii: "}") { return (number, [], at + 1) }
    guard text[at] == UInt8(ascii: ":"), let close = text[at...].firstIndex(of: UInt8(ascii: "}")) else { return nil }
    return (number, Array(text[(at + 1)..<close]), close + 1)
  }
}
