import Manifest

extension Piece {
  /// A text is read, and edited.
  static let reading = [
    Piece(name: "parse") {
      let text = Texts.coco(1_000_000)
      let shape = RecordShape(Format.paths.compactMap(RecordShape.Pattern.init))
      return { try records(of: Document(text, syntax: .json, shape: shape), atLeast: 2000) }
    },
    Piece(name: "parse-lines") {
      let text = Texts.chats(1_000_000)
      return { try records(of: Document(text, syntax: .jsonl, shape: .rows), atLeast: 1000) }
    },
    Piece(name: "edit") { editing(times: 500, typing: [UInt8(ascii: "7")]) },
    Piece(name: "edit-quote") { editing(times: 50, typing: [UInt8(ascii: "\"")]) },
  ]

  static func coco() -> Document {
    Document(
      Texts.coco(1_000_000), syntax: .json, shape: RecordShape(Format.paths.compactMap(RecordShape.Pattern.init)))
  }

  /// The tree of every record.
  private static func records(of document: Document, atLeast least: Int) throws -> Int {
    var (records, nodes) = (0, 0)
    for record in document.records() where record.type != 0 {
      records += 1
      nodes += document.tree(of: record.id)?.nodes.count ?? 0
    }
    guard records >= least, document.problemCount == 0 else { throw WrongWork(description: "\(records) records") }
    return nodes
  }

  /// Types something into a box, reads the record around it, and takes it out again, at so many places.
  private static func editing(times: Int, typing typed: [UInt8]) -> @Sendable () throws -> Int {
    let original = coco()
    let text = original.allBytes()
    var chance = Chance(3)
    let places = (0..<times).compactMap { _ in
      text.offset(of: "\"bbox\": [", from: chance.next(text.count * 9 / 10)).map { $0 + 9 }
    }
    return {
      var document = original
      var nodes = 0
      for place in places {
        for edit in [
          TextEdit(range: place..<place, replacement: typed),
          TextEdit(range: place..<place + typed.count, replacement: []),
        ] {
          _ = document.apply(edit)
          nodes += document.tree(of: document.innermostRecord(at: place).id)?.nodes.count ?? 0
        }
      }
      guard places.count == times, nodes > times, document.problemCount == 0, document.byteCount == text.count else {
        throw WrongWork(description: "\(nodes) nodes, \(document.problemCount) problems")
      }
      return nodes
    }
  }
}
