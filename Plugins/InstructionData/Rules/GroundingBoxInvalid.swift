import PluginKit

/// A box written into a text that is none.
struct GroundingBoxInvalid: RecordRule {
  static let info = RuleInfo(
    id: "grounding-box-invalid", severity: .error,
    summary:
      "A box in a text has two corners, the first above and left of the second. Between tags they are thousandths of the picture.",
    why: "The model learns to point at nothing, or beside the thing.",
    source:
      "The forms of Qwen-VL, Qwen2-VL and InternVL: corners from 0 to 1000, whatever the picture's size; unless `boxes` says something else (`concord.json`, under `plugins`, `instruction-data`, `settings`). In JSON (`bbox_2d`) the numbers may be pixels; where `boxes` says so, they are held against the only picture, give or take the 28 pixels to which Qwen rounds its sides.",
    message: "A box needs four numbers: left, top, right, bottom. Here are {count}.",
    messages: [
      "open": "This box is never closed: {end} is missing.",
      "turned": "The box's second corner must lie right of and below the first. Here they are exchanged.",
      "empty": "This box has no width or no height.",
      "outside": "Corners go from 0 to 1000, in thousandths of the picture. {value} looks like pixels.",
      "parts": "This box looks like parts of the picture, from 0 to 1. This form wants thousandths.",
      "beyond":
        "This box reaches to {right}, {bottom}, but the picture ends at {width}, {height}. Was it measured in a larger one?",
      "order": "Put the corners in order",
    ],
    good: [
      #"[{"conversations": [{"from": "human", "value": "<image>Where is the cup?"}, {"from": "gpt", "value": "<ref>cup</ref><box>(100,200),(300,1000)</box>"}], "image": "a.png"}]"#,
      #"[{"conversations": [{"from": "human", "value": "How do I close a <box> tag?"}, {"from": "gpt", "value": "With its end tag."}]}]"#,
      #"[{"conversations": [{"from": "human", "value": "<image>Where?"}, {"from": "gpt", "value": "<ref>cup</ref><box>[[1, 2, 3, 4], [5, 6, 7, 8]]</box>"}], "image": "a.png"}]"#,
      #"[{"messages": [{"role": "user", "content": "<image>Where?"}, {"role": "assistant", "content": "[{\"bbox_2d\": [30, 40, 1280, 900], \"label\": \"cup\"}]"}], "images": ["a.png"]}]"#,
    ],
    bad: [
      #"[{"conversations": [{"from": "human", "value": "<image>Where?"}, {"from": "gpt", "value": "<ref>cup</ref>⟪<box>(100,200),(300)</box>⟫"}], "image": "a.png"}]"#,
      #"[{"conversations": [{"from": "human", "value": "<image>Where?"}, {"from": "gpt", "value": "\"cup\" ⟪<box>⟫(100,200),(300,400)"}], "image": "a.png"}]"#,
      #"[{"conversations": [{"from": "human", "value": "<image>Where?"}, {"from": "gpt", "value": "⟪<box>(300,400),(100,200)</box>⟫"}], "image": "a.png"}]"#,
      #"[{"conversations": [{"from": "human", "value": "<image>Where?"}, {"from": "gpt", "value": "⟪<box>(300,400),(300,500)</box>⟫"}], "image": "a.png"}]"#,
      #"[{"conversations": [{"from": "human", "value": "<image>Where?"}, {"from": "gpt", "value": "⟪<box>(0.1,0.2),(0.4,0.5)</box>⟫"}], "image": "a.png"}]"#,
      #"[{"messages": [{"role": "user", "content": "<image>Where?"}, {"role": "assistant", "content": "⟪<|box_start|>(300,400),(1280,900)<|box_end|>⟫"}], "images": ["a.png"]}]"#,
      #"[{"messages": [{"role": "user", "content": "<image>Where?"}, {"role": "assistant", "content": "[{\"bbox_2d\": ⟪[30, 40, 1280]⟫, \"label\": \"cup\"}]"}], "images": ["a.png"]}]"#,
      #"[{"messages": [{"role": "user", "content": "<image>Where?"}, {"role": "assistant", "content": "[{\"bbox_2d\": ⟪[300, 400, 120, 900]⟫, \"label\": \"cup\"}]"}], "images": ["a.png"]}]"#,
    ])
  static let reads = Reads(fields: [.text, .media], needs: [.text], context: ["boxes"], lookups: [header])
  private static let header = Lookup.facts(.media, keyedBy: .media)
  /// Sides are rounded to multiples of it before a model sees the picture.
  private static let rounding = 28.0

  func check(_ record: Record, _ report: inout Report) {
    guard Text.mayHoldTokens(record) else { return }
    for field in record.each(.text) {
      guard Text.holds(field.value, UInt8(ascii: "<"), UInt8(ascii: "[")), let text = field.value.text else { continue }
      let bytes = Array(text.utf8)
      let written = WrittenBoxes(in: bytes)
      for box in written.boxes {
        check(box, field.value, bytes, BoxScale(record), &report)
        checkSize(box, field.value, bytes, record, &report)
      }
      if let (range, end) = written.open {
        report.finding(at: Text.place(of: range, in: field.value), "open", ["end": end])
      }
    }
  }

  /// Pixels can be held against a picture only where it is clear which one is meant.
  private func checkSize(
    _ box: WrittenBoxes.Box, _ value: Value, _ text: [UInt8], _ record: Record, _ report: inout Report
  ) {
    guard box.size == 4, BoxScale(record) == .pixels, record.all(.media).count == 1,
      let header = record.facts(Self.header).first, let numbers = box.numbers(in: text), numbers.count == 4
    else { return }
    let size = header.text.split(separator: " ").prefix(2).compactMap { Double($0) }
    guard size.count == 2, size.allSatisfy({ $0 > 0 }),
      numbers[2] > size[0] + Self.rounding || numbers[3] > size[1] + Self.rounding
    else { return }
    report.finding(
      at: Text.place(of: box.range, in: value), "beyond",
      ["right": numbers[2], "bottom": numbers[3], "width": size[0], "height": size[1]], severity: .warning)
  }

  private func check(
    _ box: WrittenBoxes.Box, _ value: Value, _ text: [UInt8], _ scale: BoxScale?, _ report: inout Report
  ) {
    let words = box.words(in: text)
    let place = Text.place(of: box.range, in: value)
    guard let numbers = box.numbers(in: text), !numbers.isEmpty,
      box.form == .json ? numbers.count == box.size : numbers.count.isMultiple(of: 4)
    else {
      return box.size == 4 ? report.finding(at: place, "", ["count": words.count]) : ()
    }
    // What JSON boxes are written in is for the dataset to say.
    let form = scale ?? (box.form == .tags ? .thousandths : nil)
    if form == .thousandths, BoxScale(numbers, written: text[box.body]) == .parts {
      return report.finding(at: place, "parts")
    }
    guard box.size == 4 else { return }
    for start in stride(from: 0, to: numbers.count, by: 4) {
      if form == .thousandths, let far = numbers[start..<(start + 4)].first(where: { $0 > 1000 || $0 < 0 }) {
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
