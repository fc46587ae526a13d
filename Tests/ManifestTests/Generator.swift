@testable import Manifest

/// A small generator of random numbers that gives the same sequence for the same seed.
struct SplitMix64: RandomNumberGenerator {
  var state: UInt64
  init(seed: UInt64) { state = seed }
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}

/// The layouts people's files have.
enum Layout: String, CaseIterable, Sendable {
  case oneLine, pretty, nested, nestedPretty, keyed, keyedPretty, lines, nestedLines, rootArray, whole
  case commaTable, semicolonTable, tabTable

  var syntax: Syntax {
    switch self {
    case .lines, .nestedLines: .jsonl
    case .commaTable, .semicolonTable, .tabTable: .csv
    default: .json
    }
  }

  var shape: RecordShape {
    let paths: [String] =
      switch self {
      case .oneLine, .pretty: ["/images/*", "/annotations/*", "/categories/*"]
      case .nested, .nestedPretty: ["/samples/*", "/samples/*/annotations/*"]
      case .keyed, .keyedPretty: ["/*", "/*/regions/*"]
      case .lines, .rootArray, .commaTable, .semicolonTable, .tabTable: ["/*"]
      case .nestedLines: ["/*", "/*/annotations/*"]
      case .whole: []
      }
    return RecordShape(paths.compactMap { RecordShape.Pattern($0) })
  }
}

/// Documents of a given layout and number of records.
struct Generator {
  var random: SplitMix64
  init(seed: UInt64) { random = SplitMix64(seed: seed) }

  mutating func document(_ layout: Layout, records: Int) -> [UInt8] {
    let text: String =
      switch layout {
      case .oneLine: coco(records, pretty: false)
      case .pretty: coco(records, pretty: true)
      case .nested: samples(records, pretty: false)
      case .nestedPretty: samples(records, pretty: true)
      case .keyed: keyed(records, pretty: false)
      case .keyedPretty: keyed(records, pretty: true)
      case .lines, .whole: (0..<records).map { line($0) }.joined(separator: layout == .lines ? "\n" : " ") + "\n"
      case .nestedLines: (0..<max(1, records / 4)).map { sample($0, 3, "", "") }.joined(separator: "\n")
      case .commaTable: table(records, ",", "\n")
      case .semicolonTable: table(records, ";", "\r\n")
      case .tabTable: table(records, "\t", "\n")
      case .rootArray: "[" + (0..<records).map { line($0) }.joined(separator: ",\n ") + "]"
      }
    return Array(text.utf8)
  }

  private mutating func number() -> String {
    switch random.next() % 3 {
    case 0: String(random.next() % 2000)
    case 1: "\(random.next() % 1000).\(random.next() % 100)"
    default: "\(random.next() % 9)"
    }
  }

  private mutating func words() -> String {
    let all = ["traffic light", "Đường", "bicycle", "a\\\"quote", "sữa tươi", "😀 smile", "plain", "x\\u00e9"]
    return all[Int(random.next() % UInt64(all.count))]
  }

  private mutating func annotation(_ id: Int, _ gap: String) -> String {
    let box = (0..<4).map { _ in number() }.joined(separator: ", ")
    let polygon = (0..<6).map { _ in number() }.joined(separator: ",")
    return "{\(gap)\"id\": \(id),\(gap)\"image_id\": \(random.next() % 50),\(gap)\"category_id\": \(random.next() % 9),"
      + "\(gap)\"segmentation\": [[\(polygon)]],\(gap)\"bbox\": [\(box)],\(gap)\"area\": \(number()),\(gap)\"iscrowd\": 0,"
      + "\(gap)\"note\": \"\(words())\"}"
  }

  private mutating func coco(_ count: Int, pretty: Bool) -> String {
    let (line, gap) = pretty ? ("\n    ", "\n      ") : (" ", " ")
    let images = (0..<max(1, count / 3)).map { id in
      "{\"id\": \(id), \"file_name\": \"\(words())-\(id).jpg\", \"width\": 640, \"height\": 480}"
    }
    let annotations = (0..<max(1, count * 2 / 3)).map { annotation($0, gap) }
    return "{\"info\": {\"year\": 2024, \"tags\": [\"a\", \"b\"]},\(line)\"images\": ["
      + images.joined(separator: ",\(line)")
      + "],\(line)\"annotations\": [" + annotations.joined(separator: ",\(line)")
      + "],\(line)\"categories\": [{\"id\": 1, \"name\": \"x\"}, {\"id\": 2, \"name\": \"y\"}]}"
  }

  private mutating func sample(_ id: Int, _ count: Int, _ line: String, _ gap: String) -> String {
    let inner = (0..<count).map { n in
      "{\"id\": \"a\(n)\",\(gap)\"kind\": \"bbox\", \"bbox\": [\(number()), \(number())], \"label\": \"\(words())\"}"
    }
    return
      "{\"id\": \"s\(id)\",\(line)\"language\": \"vi\", \"sources\": [{\"uri\": \"x.jpg\"}],\(line)\"annotations\": ["
      + inner.joined(separator: ", ") + "],\(line)\"links\": []}"
  }

  private mutating func samples(_ count: Int, pretty: Bool) -> String {
    let (line, gap) = pretty ? ("\n  ", "\n    ") : ("", "")
    let all = (0..<max(1, count / 5)).map { id in sample(id, Int(random.next() % 7) + 1, line, gap) }
    return "{\"concord\": \"1.0\",\(line)\"samples\": [" + all.joined(separator: ", ") + "]}"
  }

  private mutating func keyed(_ count: Int, pretty: Bool) -> String {
    let (line, gap) = pretty ? ("\n  ", "\n    ") : (" ", " ")
    let all = (0..<max(1, count / 3)).map { id in
      let regions = (0..<2).map { n in
        "\"r\(n)\": {\"shape\": {\"name\": \"rect\", \"x\": [\(number())]},\(gap)\"label\": \"\(words())\"}"
      }
      return "\"image\(id).jpg\": {\"size\": \(number()),\(line)\"filename\": \"\(words())\",\(line)\"regions\": {"
        + regions.joined(separator: ",\(gap)") + "}}"
    }
    return "{\(line)" + all.joined(separator: ",\(line)") + "}"
  }

  private mutating func line(_ id: Int) -> String {
    "{\"audio\": \"clip/\(id).wav\", \"duration\": \(number()), \"text\": \"\(words())\", \"n\": [1, {\"a\": null}]}"
  }

  private mutating func table(_ count: Int, _ delimiter: String, _ end: String) -> String {
    let rows = (0..<count).map { id in
      let label = [words(), "\"\(words())\(delimiter) \"\"so\"\"\"", "\"two\(end)lines\"", "\"\"", ""][
        Int(random.next() % 5)]
      return [String(8_934_563_000_000 + id), label.replacing("\\\"", with: "\"\""), number(), "", "x"]
        .joined(separator: delimiter)
    }
    return (["id", "\"label\"", "size", "note", ""].joined(separator: delimiter)) + end
      + rows.joined(separator: end) + (count % 2 == 0 ? end : "")
  }

  /// A change of what a table is made of, in its first row now and then.
  private mutating func tableEdit(_ bytes: Document) -> TextEdit {
    let pieces = ["\"", "\"\"", ",", ";", "\t", "\n", "\r\n", "x", "a,b\n", "\"\n", ",\"", "label", " "]
    let isFirstRow = random.next() % 6 == 0
    let at = Int(random.next() % UInt64(min(bytes.byteCount, isFirstRow ? 30 : .max) + 1))
    let length = random.next() % 2 == 0 ? 0 : Int(random.next() % 3)
    return TextEdit(
      range: at..<min(bytes.byteCount, at + length),
      replacement: Array(pieces[Int(random.next() % UInt64(pieces.count))].utf8))
  }

  /// A change somewhere in a text of `count` bytes: a character, structure, a deletion, a move, a paste.
  mutating func edit(_ bytes: Document) -> TextEdit {
    if bytes.syntax.isTable, random.next() % 2 == 0 { return tableEdit(bytes) }
    let count = bytes.byteCount
    func place(_ random: inout SplitMix64) -> Int { count == 0 ? 0 : Int(random.next() % UInt64(count + 1)) }
    let at = place(&random)
    switch random.next() % 10 {
    case 0...2:
      let pieces = [
        "{", "}", "[", "]", "\"", ":", ",", "\\", "\n", "\r", "/", " ", "é", "0", "x", "-", "//", "/*", "\r\n",
      ]
      return TextEdit(range: at..<at, replacement: Array(pieces[Int(random.next() % UInt64(pieces.count))].utf8))
    case 3...4: return TextEdit(range: at..<min(count, at + 1), replacement: [])
    case 5: return TextEdit(range: at..<min(count, at + Int(random.next() % 40)), replacement: [])
    case 6:
      let pieces = [
        "\"a\": 1, ", "{\"id\": 1}, ", "[], ", "null", "{\"id\": 2, \"bbox\": [1, 2]},\n", "}, {", "\"]", ": {",
      ]
      return TextEdit(range: at..<at, replacement: Array(pieces[Int(random.next() % UInt64(pieces.count))].utf8))
    case 7:
      let from = place(&random)
      let copied = bytes.bytes(in: from..<min(count, from + Int(random.next() % 3000)))
      return TextEdit(range: at..<min(count, at + Int(random.next() % 5)), replacement: copied)
    case 8: return TextEdit(range: at..<at, replacement: [UInt8(truncatingIfNeeded: random.next())])
    default:
      let length = Int(random.next() % 6000)
      return TextEdit(range: at..<min(count, at + length), replacement: Array("0".utf8))
    }
  }
}
