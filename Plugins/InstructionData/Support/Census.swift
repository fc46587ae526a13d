import PluginKit

/// Counts what a file holds, for whoever looks at all of it: what samples are like, in which languages, how long their answers are;
/// who made labels, and which say that an answer refuses. `counts` in `plugin.json` names the bins.
enum Census {
  static let samples = FactKind("instruction-data/census")
  static let labels = FactKind("instruction-data/labels")
  static let kinds = [samples, labels]
  static let fields: [Field] = Question.fields + [.rejected, .origin, .refusalLabel, .text]

  private static let shortAnswer = 200
  private static let longAnswer = 2000
  /// So many letters tell a language.
  private static let looked = 400

  private enum Task: UInt32, CaseIterable {
    case question, turns, tools, media, pairs, verdicts
  }

  static func tally(_ record: Record, _ report: inout Report) {
    tallyLabel(record, &report)
    let turns = record.first(.turns).map { Turn.all(in: $0.value, of: record) } ?? []
    guard let place = record.first(.turns)?.place ?? record.first(.prompt)?.place ?? record.first(.chosen)?.place else {
      return
    }
    let asked = turns.first { $0.speaker == .user }?.texts.first ?? record.first(.text)
    let answer = turns.last { $0.speaker == .assistant }?.texts.first ?? record.all(.text).last
    let said = answer?.value.withText { $0.count } ?? 0
    let length: UInt32 = said < shortAnswer ? 0 : said < longAnswer ? 1 : 2
    let script = asked?.value.withText { Script(of: $0, upTo: looked) } ?? .other
    let tasks = UInt32(Task.allCases.count)
    let languages = UInt32(Script.allCases.count)
    report.tally(
      samples, key: .text(""),
      bin: task(record, turns).rawValue + tasks
        * (script.rawValue + languages * length),
      at: place.part(offset: 0, count: 1))
  }

  private static let media: [Field] = [.images, .videos, .audios, .image, .video, .audio]

  private static func task(_ record: Record, _ turns: [Turn]) -> Task {
    if record.first(.chosen) != nil { return .pairs }
    if record.first(.verdict) != nil { return .verdicts }
    if media.contains(where: {
      record.first($0).map { $0.value.kind != .null && $0.value.count + ($0.value.kind == .string ? 1 : 0) > 0 }
        ?? false
    }) {
      return .media
    }
    if record.first(.call) != nil || record.first(.callText) != nil || record.first(.tool) != nil { return .tools }
    return turns.count { $0.speaker == .user } > 1 ? .turns : .question
  }

  private static func tallyLabel(_ record: Record, _ report: inout Report) {
    guard record.first(.origin) != nil || record.first(.refusalLabel) != nil else { return }
    let origins = ["human", "model", "mixed"]
    let refusals = ["none", "partial", "full"]
    func number(_ field: Field, _ words: [String]) -> UInt32 {
      guard let text = record.first(field)?.text,
        let index = words.firstIndex(where: { $0.utf8.elementsEqual(text.utf8) })
      else { return 0 }
      return UInt32(index + 1)
    }
    let bin = number(.origin, origins) + 4 * number(.refusalLabel, refusals)
    guard bin > 0, let place = (record.first(.origin) ?? record.first(.refusalLabel))?.place else { return }
    report.tally(labels, key: .text(""), bin: bin, at: place)
  }

  /// What most letters of a text belong to; Vietnamese by the letters that no other language has.
  enum Script: UInt32, CaseIterable {
    case vietnamese, latin, chinese, japanese, korean, thai, cyrillic, arabic, indian, other

    /// Of the first letters of a text in UTF-8. Cost: one step a letter.
    init(of text: Span<UInt8>, upTo limit: Int) {
      var counts = [10 of Int](repeating: 0)
      var at = 0
      for _ in 0..<limit where at < text.count {
        let first = text[at]
        if first < 0x80 {
          at += 1
          if first.isLetter { counts[Int(Self.latin.rawValue)] += 1 }
          continue
        }
        let length = first < 0xC0 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4
        var value = length == 1 ? UInt32(first) : UInt32(first & 0x7F >> UInt8(length))
        for next in (at + 1)..<max(at + 1, min(at + length, text.count)) {
          value = value << 6 | UInt32(text[next] & 0x3F)
        }
        at += length
        if let script = Self.script(of: value) { counts[Int(script.rawValue)] += 1 }
      }
      let most = Self.all.max { counts[Int($0.rawValue)] < counts[Int($1.rawValue)] } ?? .other
      // Some kana make Japanese of Chinese characters, and some letters Vietnamese of Latin ones.
      if most == .chinese, counts[Int(Self.japanese.rawValue)] > 0 {
        self = .japanese
      } else if most == .latin, counts[Int(Self.vietnamese.rawValue)] * 12 > counts[Int(Self.latin.rawValue)] {
        self = .vietnamese
      } else {
        self = counts[Int(most.rawValue)] > 0 ? most : .other
      }
    }

    private static let all = allCases

    private static func script(of value: UInt32) -> Self? {
      switch value {
      case 0x41...0x5A, 0x61...0x7A: .latin
      case 0x102, 0x103, 0x110, 0x111, 0x1A0, 0x1A1, 0x1AF, 0x1B0, 0x1EA0...0x1EF9: .vietnamese
      case 0xC0...0x24F: .latin
      case 0x400...0x52F: .cyrillic
      case 0x600...0x6FF, 0x750...0x77F: .arabic
      case 0x900...0xDFF: .indian
      case 0xE00...0xE7F: .thai
      case 0x3040...0x30FF: .japanese
      case 0x3400...0x9FFF: .chinese
      case 0x1100...0x11FF, 0xAC00...0xD7A3: .korean
      case 0x370...0x3FF, 0x530...0x5FF, 0x1000...0x109F, 0x1200...0x13FF: .other
      default: nil
      }
    }
  }
}
