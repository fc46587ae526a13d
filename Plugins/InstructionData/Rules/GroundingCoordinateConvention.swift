import PluginKit

/// A file whose boxes are written in another way than it says, or in two ways.
struct GroundingCoordinateConvention: TallyRule {
  static let info = RuleInfo(
    id: "grounding-coordinate-convention", severity: .warning,
    summary: "All boxes of a file are written in one way: in thousandths of the picture, in pixels, or in parts of it.",
    why: "A model that learns from two ways points at nothing. Trainers don't look: every number is taken as it is.",
    source:
      "Qwen-VL, Qwen2-VL, Qwen3-VL and InternVL: 0 to 1000; Qwen2.5-VL: pixels. `boxes` (thousandths, pixels, parts) in `concord.json` under `plugins`, `instruction-data`, `settings` says what is meant. Without it: both ways in one file; at least 20 boxes between tags, a quarter of them beyond 1000 or nine tenths up to 1. For pixels: none of at least 20 boxes in pictures over 1,500 pixels goes beyond 1000.",
    message:
      "Boxes of this file are written in two ways: {parts} in parts from 0 to 1, {others} in larger numbers. A model learns one way only.",
    messages: [
      "parts":
        "The boxes of this file look like parts of the picture, from 0 to 1: {count} of {all}. This form wants thousandths, from 0 to 1000.",
      "pixels":
        "The boxes of this file look like pixels: {count} of {all} go beyond 1000. This form wants thousandths of the picture, from 0 to 1000.",
      "thousandths-said":
        "This dataset writes its boxes in thousandths, from 0 to 1000. Here are {count} that are not.",
      "pixels-said": "This dataset writes its boxes in pixels. Here are {count} in parts from 0 to 1.",
      "parts-said": "This dataset writes its boxes in parts, from 0 to 1. Here are {count} that are not.",
      "small":
        "This dataset writes its boxes in pixels, but none of {count} boxes in large pictures goes beyond 1000. They look like thousandths.",
    ],
    good: [
      file(["[1, 2, 300, 400]", "[30, 40, 1280, 900]"]),
      file(["[0.1, 0.2, 0.5, 0.6]", "[0, 0, 1, 1]"]),
      file(["[0.1, 0.2, 0.5, 0.6]"], said: "parts"),
    ],
    bad: [
      file(["[1, 2, 300, 400]", "[5, 6, 700, 800]", "⟪[0.1, 0.2, 0.5, 0.6]⟫"]),
      file(["[1, 2, 300, 400]", "⟪[30, 40, 1280, 900]⟫"], said: "thousandths"),
      file(["[1, 2, 300, 400]", "⟪[0.1, 0.2, 0.5, 0.6]⟫"], said: "pixels"),
      file(["⟪[1, 2, 300, 400]⟫", "[0.1, 0.2, 0.5, 0.6]"], said: "parts"),
      tagged { ($0 == 0 ? "⟪" : "", "(0.1,0.2),(0.4,0.5\($0))", $0 == 0 ? "⟫" : "") },
      tagged { ($0 == 0 ? "⟪" : "", "(10,20),(\(1280 + $0),900)", $0 == 0 ? "⟫" : "") },
    ])
  static let reads = Reads(
    fields: [.text, .media], needs: [.text], context: ["boxes"], lookups: [.facts(.media, keyedBy: .media)])
  static let kind = FactKind("instruction-data/boxes")
  static let states = [kind]

  private enum Bin: UInt32 {
    case tagThousandths, tagPixels, tagParts, thousandths, pixels, parts
    /// In pictures so large that pixels would go beyond 1000 somewhere, and those that do.
    case large, beyond
    static let count: UInt32 = 8
  }

  private static let leastBoxes: Int64 = 20
  private static let largePicture = 1500.0

  func tally(_ record: Record, _ report: inout Report) {
    guard Text.mayHoldTokens(record) else { return }
    let said = BoxScale(record)
    let first = said.flatMap { BoxScale.allCases.firstIndex(of: $0) }.map { UInt32($0 + 1) * Bin.count } ?? 0
    var isLarge: Bool?
    for field in record.each(.text) {
      guard Text.holds(field.value, UInt8(ascii: "<"), UInt8(ascii: "[")), let text = field.value.text else { continue }
      let bytes = Array(text.utf8)
      for box in WrittenBoxes(in: bytes).boxes {
        guard let numbers = box.numbers(in: bytes), let scale = BoxScale(numbers, written: bytes[box.body]) else {
          continue
        }
        let place = Text.place(of: box.range, in: field.value)
        func add(_ bin: Bin) { report.tally(Self.kind, key: .text(""), bin: first + bin.rawValue, at: place) }
        switch (box.form, scale) {
        case (.tags, .thousandths): add(.tagThousandths)
        case (.tags, .pixels): add(.tagPixels)
        case (.tags, .parts): add(.tagParts)
        case (.json, .thousandths): add(.thousandths)
        case (.json, .pixels): add(.pixels)
        case (.json, .parts): add(.parts)
        }
        guard said == .pixels else { continue }
        if isLarge == nil { isLarge = Self.isLarge(record) }
        if isLarge == true { add(scale == .pixels ? .beyond : .large) }
      }
    }
  }

  /// Whether the only picture is larger than a thousand pixels by far, to both sides.
  private static func isLarge(_ record: Record) -> Bool {
    let headers = record.facts(.facts(.media, keyedBy: .media))
    guard headers.count == 1, let header = headers.first, record.all(.media).count == 1 else { return false }
    let size = header.text.split(separator: " ").prefix(2).compactMap { Double($0) }
    return size.count == 2 && size.allSatisfy { $0 >= largePicture }
  }

  func totals(_ totals: Totals, _ report: inout Report) {
    for said in [nil] + BoxScale.allCases.map(Optional.some) {
      judge(said, totals, &report)
    }
  }

  private func judge(_ said: BoxScale?, _ totals: Totals, _ report: inout Report) {
    let first = said.flatMap { BoxScale.allCases.firstIndex(of: $0) }.map { UInt32($0 + 1) * Bin.count } ?? 0
    func amount(_ bins: Bin...) -> Int64 { bins.reduce(0) { $0 + totals.amount(first + $1.rawValue) } }
    func say(_ message: String, at bins: Bin..., with arguments: Arguments) {
      let numbers = bins.map { first + $0.rawValue }
      guard let place = totals.first(where: { numbers.contains($0.bin) && !$0.places.isEmpty })?.places.first else {
        return
      }
      report.finding(at: place, message, arguments)
    }
    switch said {
    case nil:
      let (parts, others) = (amount(.parts), amount(.thousandths, .pixels))
      if parts > 0, others > 0 {
        if parts <= others {
          say("", at: .parts, with: ["parts": parts, "others": others])
        } else {
          say("", at: .thousandths, .pixels, with: ["parts": parts, "others": others])
        }
      }
      let all = amount(.tagThousandths, .tagPixels, .tagParts)
      guard all >= Self.leastBoxes else { return }
      if amount(.tagParts) * 10 >= all * 9 {
        say("parts", at: .tagParts, with: ["count": amount(.tagParts), "all": all])
      }
      if amount(.tagPixels) * 4 >= all {
        say("pixels", at: .tagPixels, with: ["count": amount(.tagPixels), "all": all])
      }
    case .thousandths?:
      let count = amount(.pixels, .parts)
      if count > 0 { say("thousandths-said", at: .pixels, .parts, with: ["count": count]) }
    case .pixels?:
      let count = amount(.parts, .tagParts)
      if count > 0 { say("pixels-said", at: .parts, .tagParts, with: ["count": count]) }
      if amount(.large) >= Self.leastBoxes, amount(.beyond) == 0 {
        say("small", at: .large, with: ["count": amount(.large)])
      }
    case .parts?:
      let count = amount(.thousandths, .pixels, .tagThousandths, .tagPixels)
      if count > 0 {
        say("parts-said", at: .thousandths, .pixels, .tagThousandths, .tagPixels, with: ["count": count])
      }
    }
  }

  // MARK: Examples

  private static func file(_ boxes: [String], said: String? = nil) -> String {
    let chats = boxes.map { box in
      #"{"messages": [{"role": "user", "content": "<image>Where is the cup of \#(plain(box))?"}, {"role": "assistant", "content": "[{\"bbox_2d\": \#(box)}]"}], "images": ["a.png"]}"#
    }
    guard let said else { return "[" + chats.joined(separator: ", ") + "]" }
    return """
      //- concord.json
      {"plugins": {"instruction-data": {"settings": {"boxes": "\(said)"}}}}
      //- chats.jsonl
      \(chats.joined(separator: "\n"))
      """
  }

  private static func plain(_ box: String) -> String { String(box.filter(\.isNumber)) }

  private static func tagged(_ box: (Int) -> (String, String, String)) -> String {
    let chats = (0..<20).map { number in
      let (open, body, close) = box(number)
      return
        #"{"messages": [{"role": "user", "content": "<image>Where is cup \#(number)?"}, {"role": "assistant", "content": "\#(open)<box>\#(body)</box>\#(close)"}], "images": ["a.png"]}"#
    }
    return "[" + chats.joined(separator: ", ") + "]"
  }
}
