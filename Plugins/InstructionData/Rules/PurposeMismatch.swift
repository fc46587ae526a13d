import PluginKit

/// A set that is not what it says it is for.
struct PurposeMismatch: TallyRule {
  static let info = RuleInfo(
    id: "purpose-mismatch", severity: .warning,
    summary: "A set holds what its purpose needs: answers to what is asked, texts of a field, or pairs of answers.",
    why:
      "A model that is to follow what it is asked learns nothing of it from documents with a short question before them.",
    source:
      "`purpose` (instruction, domain, preference) stands in the file, or for all files in `concord.json` under `plugins`, `instruction-data`, `settings`; `refusals` there says that some answers must refuse. More than half of at least 20 samples; for refusals, none of at least 50.",
    message:
      "{count} of {all} samples are long texts behind a short question. They teach a field, not to do what is asked.",
    messages: [
      "short":
        "{count} of {all} samples are short answers to questions. A set that is to teach a field needs its texts.",
      "none": "This set is to tell better answers from worse ones, but most of its {all} samples have one answer only.",
      "pairs": "This set is to teach what to answer, but {count} of {all} samples are pairs of answers.",
      "refusals": "None of the {all} answers refuses, though this dataset says that some must.",
    ],
    good: [
      file("instruction") { #"{"instruction": "What is \#($0) and \#($0)?", "output": "\#(2 * $0)"}"# },
      file("preference") { #"{"prompt": "\#($0)?", "chosen": "\#($0)", "rejected": "\#($0 + 1)"}"# },
      file("domain") { #"{"instruction": "Go on: \#($0)", "output": "\#(text)"}"# },
    ],
    bad: [
      file("instruction") {
        #"{"instruction": \#($0 == 0 ? "⟪\"Go on: 0\"⟫" : "\"Go on: \($0)\""), "output": "\#(text)"}"#
      },
      file("domain") { #"{"instruction": \#($0 == 0 ? "⟪\"0?\"⟫" : "\"\($0)?\""), "output": "\#($0)"}"# },
      file("preference") { #"{"instruction": \#($0 == 0 ? "⟪\"0?\"⟫" : "\"\($0)?\""), "output": "\#($0)"}"# },
      file("instruction") {
        #"{"prompt": "\#($0)?", "chosen": \#($0 == 0 ? "⟪\"0\"⟫" : "\"\($0)\""), "rejected": "\#($0 + 1)"}"#
      },
      file("instruction", count: 50, more: #", "refusals": true"#) {
        #"{"instruction": \#($0 == 0 ? "⟪\"What is 0?\"⟫" : "\"What is \($0)?\""), "output": "\#($0)"}"#
      },
    ])
  static let reads = Reads(fields: Census.fields, context: ["purpose", "refusals"])
  static let kind = FactKind("instruction-data/purpose")
  static let states = [kind] + Census.kinds

  private static let purposes = ["instruction", "domain", "preference"]
  private static let leastSamples: Int64 = 20
  private static let leastForRefusals: Int64 = 50
  /// A question of fewer bytes is no more than a heading.
  private static let shortQuestion = 40
  private static let longText = 1500
  private static let shortAnswer = 300

  private enum Bin: UInt32, CaseIterable {
    case answered, pairs, texts, short, refused, mustRefuse
    /// Bins of the purposes stand one behind the other.
    func number(_ purpose: Int) -> UInt32 { UInt32(purpose) * 8 + rawValue }
  }

  func tally(_ record: Record, _ report: inout Report) {
    Census.tally(record, &report)
    let mustRefuse = record.context("refusals")?.bool == true
    let named = record.context("purpose")?.text.flatMap { text in
      Self.purposes.firstIndex { $0.utf8.elementsEqual(text.utf8) }
    }
    guard let purpose = named ?? (mustRefuse ? Self.purposes.count : nil) else { return }
    if let chosen = record.first(.chosen) {
      return report.tally(Self.kind, key: .text(""), bin: Bin.pairs.number(purpose), at: chosen)
    }
    guard let sample = sample(record) else { return }
    func add(_ bin: Bin) { report.tally(Self.kind, key: .text(""), bin: bin.number(purpose), at: sample.place) }
    add(.answered)
    if sample.asked < Self.shortQuestion, sample.answer.utf8.count >= Self.longText { add(.texts) }
    if sample.answer.utf8.count < Self.shortAnswer { add(.short) }
    if mustRefuse { add(.mustRefuse) }
    if Phrases.beginsWithRefusal(Text.folded(String(sample.answer.prefix(200)))) { add(.refused) }
  }

  private func sample(_ record: Record) -> (asked: Int, answer: String, place: Place)? {
    if let turns = record.first(.turns) {
      let all = Turn.all(in: turns.value, of: record)
      guard let last = all.last, last.speaker == .assistant else { return nil }
      let asked = all.filter { $0.speaker == .user }.reduce(0) { sum, turn in
        sum + turn.texts.reduce(0) { $0 + ($1.value.text?.utf8.count ?? 0) }
      }
      return (asked, last.texts.compactMap(\.value.text).joined(separator: "\n"), turns.place.part(offset: 0, count: 1))
    }
    guard let prompt = record.first(.prompt), let answer = record.first(.answer)?.value.text else { return nil }
    let input = record.first(.promptInput)?.value.text?.utf8.count ?? 0
    return ((prompt.value.text?.utf8.count ?? Self.shortQuestion) + input, answer, prompt.place)
  }

  func totals(_ totals: Totals, _ report: inout Report) {
    for purpose in 0...Self.purposes.count {
      func amount(_ bin: Bin) -> Int64 { totals.amount(bin.number(purpose)) }
      func say(_ message: String, at bin: Bin, _ count: Int64, of all: Int64) {
        guard let place = totals.first(where: { $0.bin == bin.number(purpose) })?.places.first else { return }
        report.finding(at: place, message, ["count": count, "all": all])
      }
      let all = amount(.answered) + amount(.pairs)
      guard all >= Self.leastSamples else { continue }
      switch purpose {
      case 0 where amount(.texts) * 2 > all: say("", at: .texts, amount(.texts), of: all)
      case 0 where amount(.pairs) * 2 > all: say("pairs", at: .pairs, amount(.pairs), of: all)
      case 1 where amount(.short) * 2 > all: say("short", at: .short, amount(.short), of: all)
      case 2 where amount(.answered) * 2 > all: say("none", at: .answered, amount(.answered), of: all)
      default: break
      }
      if amount(.mustRefuse) >= Self.leastForRefusals, amount(.refused) == 0 {
        say("refusals", at: .answered, 0, of: amount(.mustRefuse))
      }
    }
  }

  // MARK: Examples

  private static let text = String(repeating: "The river rises in the hills behind the town. ", count: 40)

  private static func file(
    _ purpose: String, count: Int = 20, more: String = "", _ sample: (Int) -> String
  ) -> String {
    """
    //- concord.json
    {"plugins": {"instruction-data": {"settings": {"purpose": "\(purpose)"\(more)}}}}
    //- samples.jsonl
    \((0..<count).map(sample).joined(separator: "\n"))
    """
  }
}
