/// Seeded numbers: the same work at every start, so that counts can be compared.
struct Chance {
  private var state: UInt64
  init(_ seed: UInt64) { state = seed &+ 0x9e37_79b9_7f4a_7c15 }

  /// A number from 0 up to, and without, `bound`, which is positive.
  mutating func next(_ bound: Int) -> Int {
    state ^= state << 13
    state ^= state >> 7
    state ^= state << 17
    return Int(state % UInt64(bound))
  }
}

/// The texts that are worked on, of a wanted size in bytes. Everything in them is right.
enum Texts {
  /// COCO on one line: a picture, eight boxes with outlines on it, the next picture.
  static func coco(_ size: Int) -> [UInt8] {
    var chance = Chance(1)
    var images: [UInt8] = []
    var annotations: [UInt8] = []
    var image = 0
    var annotation = 0
    while images.count + annotations.count < size {
      image += 1
      if image > 1 { images.append(UInt8(ascii: ",")) }
      images += #"{"id": \#(image), "file_name": "\#(image).jpg", "width": 1920, "height": 1080}"#.utf8
      for cell in 0..<8 {
        annotation += 1
        if annotation > 1 { annotations.append(UInt8(ascii: ",")) }
        let (x, y) = (cell % 4 * 480 + chance.next(200), cell / 4 * 540 + chance.next(200))
        let (width, height) = (20 + chance.next(200), 20 + chance.next(200))
        annotations += #"{"id": \#(annotation), "image_id": \#(image), "category_id": \#(1 + chance.next(80)), "#.utf8
        annotations += #""segmentation": [["#.utf8
        for corner in 0..<8 {
          if corner > 0 { annotations += ", ".utf8 }
          annotations += "\(x + chance.next(width)).\(chance.next(10)), \(y + chance.next(height)).5".utf8
        }
        annotations +=
          #"]], "area": \#(width * height), "bbox": [\#(x), \#(y), \#(width), \#(height)], "iscrowd": 0}"#.utf8
      }
    }
    let categories = (1...80).map { #"{"id": \#($0), "name": "class \#($0)"}"# }.joined(separator: ", ")
    return Array(#"{"images": ["#.utf8) + images + Array(#"], "annotations": ["#.utf8) + annotations
      + Array(#"], "categories": [\#(categories)]}"#.utf8)
  }

  /// A chat a line, with some text beyond ASCII and some escapes.
  static func chats(_ size: Int) -> [UInt8] {
    var chance = Chance(2)
    let words = ["where", "is", "the", "cart", "giá", "sữa", "tươi", "two", "\\\"red\\\"", "boxes", "left", "\\n"]
    func saying(_ count: Int) -> String {
      (0..<count).map { _ in words[chance.next(words.count)] }.joined(separator: " ")
    }
    var text: [UInt8] = []
    var line = 0
    while text.count < size {
      line += 1
      text += #"{"id": "chat-\#(line)", "messages": [{"role": "system", "content": "\#(saying(8))"}"#.utf8
      for _ in 0..<1 + chance.next(4) {
        text +=
          #", {"role": "user", "content": "\#(saying(12))"}, {"role": "assistant", "content": "\#(saying(30))"}"#.utf8
      }
      text += "]}\n".utf8
    }
    return text
  }
}

extension [UInt8] {
  /// Where a text begins that stands at or after an offset; `nil` if it doesn't.
  func offset(of text: StaticString, from start: Int) -> Int? {
    let wanted = Array(text.description.utf8)
    var at = Swift.max(0, start)
    while at + wanted.count <= count {
      if self[at] == wanted[0], self[at..<at + wanted.count].elementsEqual(wanted) { return at }
      at += 1
    }
    return nil
  }
}
