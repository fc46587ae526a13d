import PluginKit

/// Boxes that are written into a text: between tags, or as JSON.
struct WrittenBoxes {
  enum Form { case tags, json }

  struct Box {
    var form: Form
    /// In bytes of the text: all of it, and what stands between its brackets.
    var range: Range<Int>
    var body: Range<Int>
    /// How many numbers make one.
    var size = 4
  }

  /// In the order of the text.
  private(set) var boxes: [Box] = []
  /// A tag that is never closed, and what would close it. Behind it nobody knows where the others begin.
  private(set) var open: (range: Range<Int>, end: String)?

  private static let tags = [("<box>", "</box>"), ("<|box_start|>", "<|box_end|>")].map {
    (start: Array($0.0.utf8), end: Array($0.1.utf8))
  }
  private static let names = [(Array("\"bbox_2d\"".utf8), 4), (Array("\"point_2d\"".utf8), 2)]
  /// No box is written in more letters.
  private static let longest = 4096
  /// Boxes of one text beyond these are not looked at.
  private static let most = 256

  /// Cost: one step a byte.
  init(in text: [UInt8]) {
    var at = 0
    while at < text.count, boxes.count < Self.most, open == nil {
      switch text[at] {
      case UInt8(ascii: "<"): at = tagged(text, at)
      case UInt8(ascii: "\""): at = named(text, at)
      default: at += 1
      }
    }
  }

  private mutating func tagged(_ text: [UInt8], _ at: Int) -> Int {
    guard let tag = Self.tags.first(where: { text[at...].starts(with: $0.start) }) else { return at + 1 }
    let inside = at + tag.start.count
    // Without a number behind it, somebody speaks of the word itself.
    guard inside < text.count, "([0123456789".utf8.contains(text[inside]) else { return inside }
    let last = min(text.count, inside + Self.longest)
    guard let end = (inside..<last).first(where: { text[$0] == UInt8(ascii: "<") }), text[end...].starts(with: tag.end)
    else {
      open = (at..<inside, String(decoding: tag.end, as: UTF8.self))
      return text.count
    }
    boxes.append(Box(form: .tags, range: at..<(end + tag.end.count), body: inside..<end))
    return end + tag.end.count
  }

  /// `"bbox_2d": [1, 2, 3, 4]`
  private mutating func named(_ text: [UInt8], _ at: Int) -> Int {
    guard let (name, size) = Self.names.first(where: { text[at...].starts(with: $0.0) }) else { return at + 1 }
    var next = at + name.count
    func skip() { while next < text.count, text[next] <= 0x20 { next += 1 } }
    skip()
    guard next < text.count, text[next] == UInt8(ascii: ":") else { return next }
    next += 1
    skip()
    guard next < text.count, text[next] == UInt8(ascii: "[") else { return next }
    let last = min(text.count, next + Self.longest)
    let allowed = Set("0123456789.-+eE, \n\r\t".utf8)
    guard let end = (next + 1..<last).first(where: { !allowed.contains(text[$0]) }), text[end] == UInt8(ascii: "]")
    else { return next }
    boxes.append(Box(form: .json, range: next..<end + 1, body: next + 1..<end, size: size))
    return end + 1
  }
}

/// How the numbers of boxes are meant.
enum BoxScale: String, CaseIterable {
  case thousandths, pixels, parts

  /// What a dataset says of its files.
  init?(_ record: Record) {
    guard let said = record.context("boxes")?.text, let scale = Self(rawValue: said) else { return nil }
    self = scale
  }

  /// What the numbers look like. Whole numbers may be a tiny box; parts are written with a point.
  init?(_ numbers: [Double], written body: ArraySlice<UInt8>) {
    guard !numbers.isEmpty, numbers.allSatisfy({ $0 >= 0 }) else { return nil }
    let largest = numbers.max() ?? 0
    if largest <= 1 {
      guard body.contains(UInt8(ascii: ".")) else { return nil }
      self = .parts
    } else {
      self = largest <= 1000 ? .thousandths : .pixels
    }
  }
}

extension WrittenBoxes.Box {
  /// The numbers as they are written.
  func words(in text: [UInt8]) -> [ArraySlice<UInt8>] {
    text[body].split { byte in
      !(byte.isDigit || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "-"))
    }
  }

  /// `nil` where one is no number.
  func numbers(in text: [UInt8]) -> [Double]? {
    let words = words(in: text)
    let numbers = words.compactMap { Double(String(decoding: $0, as: UTF8.self)) }.filter(\.isFinite)
    return numbers.count == words.count ? numbers : nil
  }
}
