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
    Piece(name: "edit") {
      let document = coco()
      let text = document.allBytes()
      return {
        var document = document
        return try edit(&document, text, times: 500, typing: [UInt8(ascii: "7")])
      }
    },
    Piece(name: "edit-quote") {
      let document = coco()
      let text = document.allBytes()
      return {
        var document = document
        return try edit(&document, text, times: 50, typing: [UInt8(ascii: "\"")])
      }
    },
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
  private static func edit(_ document: inout Document, _ text: [UInt8], times: Int, typing typed: [UInt8]) throws -> Int {
    var chance = Chance(3)
    var nodes = 0
    for _ in 0..<times {
      guard let box = text.offset(of: "\"bbox\": [", from: chance.next(text.count * 9 / 10)) else { continue }
      let place = box + 9
      for edit in [
        TextEdit(range: place..<place, replacement: typed),
        TextEdit(range: place..<place + typed.count, replacement: []),
      ] {
        _ = document.apply(edit)
        nodes += document.tree(of: document.innermostRecord(at: place).id)?.nodes.count ?? 0
      }
    }
    guard nodes > times, document.problemCount == 0, document.byteCount == text.count else {
      throw WrongWork(description: "\(nodes) nodes, \(document.problemCount) problems")
    }
    return nodes
  }
}
