import PluginKit

/// A class that a file lists and never uses, or hardly ever.
struct LabelCountAnomaly: TallyRule {
  static let info = RuleInfo(
    id: "label-count-anomaly", severity: .information,
    summary: "Every class that a file lists is used, and none is fifty times rarer than the most frequent one.",
    why: "A model learns nothing of what it never or hardly ever sees.",
    source:
      "Only where `concord.json` asks for it: under `plugins`, `vision`, `settings`, \"labelCounts\": true. From 20 labels on; one "
      + "label in fifty of the most frequent class, as in Datumaro's validator.",
    message: "No label in this file has this class. Take it out of the list, or look for what was missed.",
    messages: [
      "rare":
        "This class has {count} labels here, the most frequent one {most}. Add some, or tell whoever trains with it."
    ],
    good: [
      dataset(asks: true, counts: [20, 1]), dataset(asks: false, counts: [60, 0]),
      dataset(asks: true, counts: [19, 0]),
    ],
    bad: [dataset(asks: true, counts: [20, 0]), dataset(asks: true, counts: [51, 1])])
  static let reads = Reads(
    fields: [.listedClass, .usedClass], needs: [.listedClass, .usedClass], context: ["labelCounts"])
  static let kind = FactKind("vision/label-count")
  static let states = [kind]

  /// Of fewer labels nothing follows.
  static let fewestLabels: Int64 = 20
  /// The most frequent class may have so many times the labels of another one.
  static let mostTimes: Int64 = 50

  func tally(_ record: Record, _ report: inout Report) {
    guard record.context("labelCounts")?.bool == true else { return }
    if let listed = record.first(.listedClass), let text = listed.value.scalarText {
      report.tally(Self.kind, key: .text(""), bin: Self.bin(of: text), at: listed)
    }
    for used in record.all(.usedClass) {
      guard let text = used.value.scalarText else { continue }
      report.tally(Self.kind, key: .text(""), bin: Self.bin(of: text) | 1, at: used)
    }
  }

  func totals(_ totals: Totals, _ report: inout Report) {
    var used: [UInt32: Int64] = [:]
    for total in totals where total.bin & 1 == 1 { used[total.bin & ~1] = total.amount }
    guard used.values.reduce(0, +) >= Self.fewestLabels, let most = used.values.max() else { return }
    for total in totals where total.bin & 1 == 0 {
      // A number that two classes share is said elsewhere.
      guard total.amount == 1, let place = total.places.first else { continue }
      let count = used[total.bin] ?? 0
      if count == 0 {
        report.finding(at: place)
      } else if count * Self.mostTimes < most {
        report.finding(at: place, "rare", ["count": count, "most": most])
      }
    }
  }

  /// Even; the odd number above it counts labels.
  private static func bin(of text: String) -> UInt32 {
    var hash: UInt32 = 0x811c_9dc5
    for byte in text.utf8 { hash = (hash ^ UInt32(byte)) &* 0x0100_0193 }
    return (hash ^ hash >> 15) & ~1
  }

  /// Two classes with so many labels each; the second one is marked if anything is said of it.
  private static func dataset(asks: Bool, counts: [Int]) -> String {
    let isCaught = asks && counts.reduce(0, +) >= fewestLabels && counts[1] * Int(mostTimes) < counts[0]
    let isUnused = asks && counts.reduce(0, +) >= fewestLabels && counts[1] == 0
    let labels = counts.enumerated().flatMap { number, count in (0..<count).map { (number + 1, $0) } }
    let written = labels.enumerated().map { place, label in
      #"{"id": \#(place + 1), "image_id": 1, "category_id": \#(label.0), "bbox": [\#(place * 10), \#(label.0 * 20), 9, 9]}"#
    }
    return """
      //- concord.json
      {"plugins": {"vision": {"settings": {"labelCounts": \(asks)}}}}
      //- labels.json
      {"images": [{"id": 1, "file_name": "a.png", "width": 6400, "height": 480}], "annotations": [\(written.joined(separator: ", "))], "categories": [{"id": 1, "name": "cup"}, {"id": \(isCaught || isUnused ? "⟪2⟫" : "2"), "name": "book"}]}
      """
  }
}
