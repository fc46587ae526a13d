import PluginKit

/// Recordings of one file that are sampled differently.
struct SampleRateMixed: TallyRule {
  static let info = RuleInfo(
    id: "sample-rate-mixed", severity: .information,
    summary: "The recordings of a file are sampled alike.",
    why: "A model that hears both learns the difference; most programs want one rate, and resample or refuse the rest.",
    source: "Lhotse warns of the same. A rate below 4,000 or above 384,000 is no sound's.",
    message: "This recording has {rate} samples a second, like {count} in this file; most have {most}. Is that meant?",
    messages: ["odd": "No sound has {rate} samples a second. Look at the file again."],
    good: [recordings("16000", "16000", "16000")],
    bad: [recordings("16000", "16000", "⟪8000⟫"), recordings("⟪16⟫")])
  static let reads = Reads(fields: [.recordingRate])
  static let kind = FactKind("speech/rates")
  static let states = [kind]

  func tally(_ record: Record, _ report: inout Report) {
    guard let field = record.first(.recordingRate), let rate = field.value.integer, rate > 0 else { return }
    guard (4000...384_000).contains(rate) else {
      return report.finding(at: field, "odd", ["rate": rate], severity: .warning, fold: "\(rate)")
    }
    report.tally(Self.kind, key: .text(""), bin: UInt32(rate), at: field)
  }

  func totals(_ totals: Totals, _ report: inout Report) {
    guard totals.count > 1, let most = totals.max(by: { ($0.amount, $0.bin) < ($1.amount, $1.bin) }) else { return }
    for total in totals where total.bin != most.bin {
      guard let place = total.places.first else { continue }
      report.finding(at: place, "", ["count": total.amount, "rate": Int(total.bin), "most": Int(most.bin)])
    }
  }

  private static func recordings(_ rates: String...) -> String {
    let entries = rates.enumerated().map { index, rate in
      let plain = rate.filter(\.isNumber)
      return #"{"id": "r\#(index)", "sources": [], "sampling_rate": \#(rate), "num_samples": \#(plain), "duration": 1}"#
    }
    return "[\(entries.joined(separator: ", "))]"
  }
}
