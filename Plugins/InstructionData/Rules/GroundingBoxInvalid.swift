import PluginKit

/// A box written into a text that is none.
struct GroundingBoxInvalid: RecordRule {
  static let info = RuleInfo(
    id: "grounding-box-invalid", severity: .error,
    summary: "A box in a text has two corners, the first above and left of the second, in thousandths of the picture.",
    why: "The model learns to point at nothing, or beside the thing.",
    source: "The forms of Qwen-VL, Qwen2-VL and InternVL: corners from 0 to 1000, whatever the picture's size.",
    message: "A box needs four numbers: left, top, right, bottom. Here are {count}.",
    messages: [
      "open": "This box is never closed: {end} is missing.",
      "turned": "The box's second corner must lie right of and below the first. Here they are exchanged.",
      "empty": "This box has no width or no height.",
      "outside": "Corners go from 0 to 1000, in thousandths of the picture. {value} looks like pixels.",
      "parts": "This box looks like parts of the picture, from 0 to 1. This form wants thousandths.",
      "order": "Put the corners in order",
    ],
    good: [
      #"[{"conversations": [{"from": "human", "value": "<image>Where is the cup?"}, {"from": "gpt", "value": "<ref>cup</ref><box>(100,200),(300,1000)</box>"}], "image": "a.png"}]"#,
      #"[{"conversations": [{"from": "human", "value": "How do I close a <box> tag?"}, {"from": "gpt", "value": "With its end tag."}]}]"#,
      #"[{"conversations": [{"from": "human", "value": "<image>Where?"}, {"from": "gpt", "value": "<ref>cup</ref><box>[[1, 2, 3, 4], [5, 6, 7, 8]]</box>"}], "image": "a.png"}]"#,
    ],
    bad: [
      #"[{"conversations": [{"from": "human", "value": "<image>Where?"}, {"from": "gpt", "value": "<ref>cup</ref>⟪<box>(100,200),(300)</box>⟫"}], "image": "a.png"}]"#,
      #"[{"conversations": [{"from": "human", "value": "<image>Where?"}, {"from": "gpt", "value": "\"cup\" ⟪<box>⟫(100,200),(300,400)"}], "image": "a.png"}]"#,
      #"[{"conversations": [{"from": "human", "value": "<image>Where?"}, {"from": "gpt", "value": "⟪<box>(300,400),(100,200)</box>⟫"}], "image": "a.png"}]"#,
      #"[{"conversations": [{"from": "human", "value": "<image>Where?"}, {"from": "gpt", "value": "⟪<box>(300,400),(300,500)</box>⟫"}], "image": "a.png"}]"#,
      #"[{"conversations": [{"from": "human", "value": "<image>Where?"}, {"from": "gpt", "value": "⟪<box>(0.1,0.2),(0.4,0.5)</box>⟫"}], "image": "a.png"}]"#,
      #"[{"messages": [{"role": "user", "content": "<image>Where?"}, {"role": "assistant", "content": "⟪<|box_start|>(300,400),(1280,900)<|box_end|>⟫"}], "images": ["a.png"]}]"#,
    ])
  static let reads = Reads(fields: [.text])

  private static let tags = [("<box>", "</box>"), ("<|box_start|>", "<|box_end|>")].map {
    (start: Array($0.0.utf8), end: Array($0.1.utf8))
  }
  /// No box is written in more letters.
  private static let longest = 4096
  /// Boxes of one text beyond these are not looked at.
  private static let mostBoxes = 256

  func check(_ record: Record, _ report: inout Report) {
    for field in record.all(.text) {
      guard Text.holds(field.value, UInt8(ascii: "<")), let text = field.value.text else { continue }
      check(Array(text.utf8), field.value, &report)
    }
  }

  private func check(_ text: [UInt8], _ value: Value, _ report: inout Report) {
    var at = 0
    var count = 0
    while at < text.count, count < Self.mostBoxes {
      guard text[at] == UInt8(ascii: "<"), let tag = Self.tags.first(where: { text[at...].starts(with: $0.start) })
      else {
        at += 1
        continue
      }
      let inside = at + tag.start.count
      // Without a number behind it, somebody speaks of the word itself.
      guard inside < text.count, "([0123456789".utf8.contains(text[inside]) else {
        at = inside
        continue
      }
      let last = min(text.count, inside + Self.longest)
      guard let end = (inside..<last).first(where: { text[$0] == UInt8(ascii: "<") }),
        text[end...].starts(with: tag.end)
      else {
        // Where one is open, nobody knows where the others begin.
        return report.finding(
          at: Text.place(of: at..<inside, in: value), "open", ["end": String(decoding: tag.end, as: UTF8.self)])
      }
      count += 1
      check(text[inside..<end], at..<(end + tag.end.count), value, text, &report)
      at = end + tag.end.count
    }
  }

  private func check(
    _ body: ArraySlice<UInt8>, _ range: Range<Int>, _ value: Value, _ text: [UInt8], _ report: inout Report
  ) {
    let words = body.split { !($0.isDigit || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "-")) }
    let numbers = words.compactMap { Double(String(decoding: $0, as: UTF8.self)) }.filter(\.isFinite)
    let place = Text.place(of: range, in: value)
    guard !numbers.isEmpty, numbers.count == words.count, numbers.count.isMultiple(of: 4) else {
      return report.finding(at: place, "", ["count": numbers.count])
    }
    // Whole numbers may be a tiny box; parts are written with a point.
    if numbers.allSatisfy({ $0 <= 1 }), body.contains(UInt8(ascii: ".")) {
      return report.finding(at: place, "parts")
    }
    for start in stride(from: 0, to: numbers.count, by: 4) {
      let box = numbers[start..<(start + 4)]
      if let far = box.first(where: { $0 > 1000 || $0 < 0 }) {
        return report.finding(at: place, "outside", ["value": far])
      }
      if numbers[start] == numbers[start + 2] || numbers[start + 1] == numbers[start + 3] {
        return report.finding(at: place, "empty")
      }
      if numbers[start] > numbers[start + 2] || numbers[start + 1] > numbers[start + 3] {
        return report.finding(at: place, "turned", fixes: ordered(words, value, text))
      }
    }
  }

  /// Only for one box of whole numbers: each number is written where the one it takes the place of stood.
  private func ordered(_ words: [ArraySlice<UInt8>], _ value: Value, _ text: [UInt8]) -> [Fix] {
    let numbers = words.compactMap { Int(String(decoding: $0, as: UTF8.self)) }
    guard words.count == 4, numbers.count == 4 else { return [] }
    let right = [
      min(numbers[0], numbers[2]), min(numbers[1], numbers[3]), max(numbers[0], numbers[2]),
      max(numbers[1], numbers[3]),
    ]
    var new = text
    for (word, number) in zip(words, right).reversed() {
      new.replaceSubrange(word.indices, with: Array(String(number).utf8))
    }
    return [Fix("order", edits: [.replace(value, with: JSON.quoted(String(decoding: new, as: UTF8.self)))])]
  }
}
