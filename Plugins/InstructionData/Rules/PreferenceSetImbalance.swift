import PluginKit

/// A set in which one side is missing, or the longer answer nearly always wins.
struct PreferenceSetImbalance: TallyRule {
  static let info = RuleInfo(
    id: "preference-set-imbalance", severity: .warning,
    summary: "A set has good and bad answers, and the better ones are not simply the longer ones.",
    why: "From one side alone nothing is learned; from length alone the model learns to talk too much.",
    source:
      "At least 20 answers, 50 of which one side is more than four times the other, or 100 pairs of which 60 of 100 have the longer answer as the better one, and more than chance explains.",
    message: "All {count} answers of this file are called good. Learning from good and bad needs both.",
    messages: [
      "bad": "All {count} answers of this file are called bad. Learning from good and bad needs both.",
      "lopsided":
        "{more} answers are called good and {fewer} bad, or the other way round. Trainers weigh both sides; tell yours, or add to the smaller side.",
      "length":
        "In {longer} of {count} pairs the better answer is the longer one. A model may learn length instead of quality.",
    ],
    good: [example(20) { #"{"prompt": "Question \#($0)", "completion": "Answer", "label": \#($0 % 2 == 0)}"# }],
    bad: [
      example(20) {
        #"{"prompt": "Question \#($0)", "completion": "Answer", "label": \#($0 == 0 ? "⟪true⟫" : "true")}"#
      },
      example(60) {
        #"{"prompt": "Question \#($0)", "completion": "Answer", "label": \#($0 < 4 ? ($0 == 0 ? "⟪false⟫" : "false") : "true")}"#
      },
      example(100) {
        #"{"prompt": "Question \#($0)", "chosen": \#($0 == 0 ? "⟪\"A long answer\"⟫" : "\"A long answer\""), "rejected": "Short"}"#
      },
    ])
  static let reads = Reads(fields: Answer.fields + [.verdict, .chosen, .rejected])
  static let kind = FactKind("instruction-data/balance")
  static let states = [kind]

  static let fewestAnswers: Int64 = 20
  static let fewestPairs: Int64 = 100
  /// One side may be so many times the other.
  static let mostTimes: Int64 = 4
  static let fewestForShares: Int64 = 50
  static let longerShare = 0.6
  /// Of a set without any bias, one in a thousand has so many more longer answers than half of its pairs, times the root of
  /// their number: three standard deviations.
  static let chance = 1.5

  private enum Bin: UInt32 {
    case good, bad, pairs, longer
  }

  func tally(_ record: Record, _ report: inout Report) {
    if let verdict = record.first(.verdict), let isGood = verdict.value.bool {
      add(isGood ? .good : .bad, at: verdict, &report)
    }
    guard let chosen = Answer(.chosen, of: record), let rejected = Answer(.rejected, of: record) else { return }
    add(.pairs, at: chosen.field, &report)
    if chosen.length > rejected.length { add(.longer, at: chosen.field, &report) }
  }

  private func add(_ bin: Bin, at place: FieldValue, _ report: inout Report) {
    report.tally(Self.kind, key: .text(""), bin: bin.rawValue, at: place)
  }

  func totals(_ totals: Totals, _ report: inout Report) {
    let (good, bad) = (totals.amount(Bin.good.rawValue), totals.amount(Bin.bad.rawValue))
    if good == 0 || bad == 0, good + bad >= Self.fewestAnswers {
      let bin = good > 0 ? Bin.good : .bad
      if let place = place(of: bin, totals) {
        report.finding(at: place, good > 0 ? "" : "bad", ["count": good + bad])
      }
    }
    let (fewer, more) = (min(good, bad), max(good, bad))
    if fewer > 0, good + bad >= Self.fewestForShares, more > fewer * Self.mostTimes,
      let place = place(of: good < bad ? .good : .bad, totals)
    {
      report.finding(at: place, "lopsided", ["more": more, "fewer": fewer], severity: .information)
    }
    let (pairs, longer) = (totals.amount(Bin.pairs.rawValue), totals.amount(Bin.longer.rawValue))
    guard pairs >= Self.fewestPairs, Double(longer) >= Double(pairs) * Self.longerShare,
      Double(longer) - Double(pairs) / 2 >= Self.chance * Double(pairs).squareRoot(),
      let place = place(of: .longer, totals)
    else { return }
    report.finding(at: place, "length", ["longer": longer, "count": pairs], severity: .information)
  }

  private func place(of bin: Bin, _ totals: Totals) -> Place? {
    totals.first { $0.bin == bin.rawValue }?.places.first
  }

  private static func example(_ count: Int, _ sample: (Int) -> String) -> String {
    "[" + (0..<count).map(sample).joined(separator: ", ") + "]"
  }
}
