import PluginKit

/// Numbers of labels with a gap, or without a background.
struct LabelIndexGap: RecordRule {
  static let info = RuleInfo(
    id: "label-index-gap", severity: .error,
    summary: "Labels are numbered from 0, the background, without a gap; what is to be ignored comes last.",
    why: "Training stops at the first mask, or a class is learned that no mask has.",
    source: "nnU-Net's check of datasets. Regions may put several numbers under one name.",
    message:
      "No label has the number {missing}, though there are higher ones. Number the labels without a gap, in the masks too.",
    messages: [
      "background": "The background has to be there, as `background` with the number 0.",
      "zero": "The background has the number 0, always. Correct the number, in the masks too.",
      "ignore": "What is to be ignored has the number after the highest one: {expected}. Correct it, in the masks too.",
      "twice": "The number {number} is taken already, by another label. Give each its own.",
    ],
    good: [
      labels(#"{"background": 0, "edema": 1, "core": 2}"#), labels(#"{"background": 0, "whole": [1, 2], "core": [2]}"#),
      labels(#"{"background": 0, "edema": 1, "ignore": 2}"#),
      #"{"labels": {"0": "background", "1": "a", "10": "j", "2": "b", "3": "c", "4": "d", "5": "e", "6": "f", "7": "g", "8": "h", "9": "i"}, "training": [{"image": "a.nii.gz"}]}"#,
    ],
    bad: [
      labels(#"{"background": 0, "edema": 1, "core": ⟪4⟫}"#), labels(#"⟪{⟫"edema": 1}"#),
      labels(#"{"background": ⟪1⟫, "edema": 2}"#), labels(#"{"background": 0, "edema": 1, "ignore": ⟪9⟫}"#),
      labels(#"{"background": 0, "edema": 1, "core": ⟪1⟫}"#),
      #"{"labels": {"0": "background", "5": ⟪"tumour"⟫}, "training": [{"image": "a.nii.gz"}]}"#,
    ])
  static let reads = Reads(fields: [.labelNumbers, .labelNames])

  func check(_ record: Record, _ report: inout Report) {
    if let labels = record.first(.labelNumbers)?.value, labels.kind == .object { checkNumbers(labels, &report) }
    if let labels = record.first(.labelNames)?.value, labels.kind == .object {
      let numbered = labels.children.compactMap { child in
        child.key.flatMap { Int($0) }.map { (number: $0, value: child) }
      }
      // Of another form, that of names is another rule's.
      guard numbered.count == labels.count, !numbered.isEmpty else { return }
      gap(numbered, &report)
    }
  }

  private func checkNumbers(_ labels: Value, _ report: inout Report) {
    var numbered: [(number: Int, value: Value)] = []
    var hasRegions = false
    for child in labels.children where child.key != "background" && child.key != "ignore" {
      if let number = child.integer {
        numbered.append((number, child))
      } else if child.kind == .array {
        hasRegions = true
        numbered += child.children.compactMap { item in item.integer.map { ($0, item) } }
      } else {
        // Turned round, or half typed.
        return
      }
    }
    guard let background = labels["background"] else {
      guard labels.count > 0 else { return }
      return report.finding(at: labels.place.part(offset: 0, count: 1), "background")
    }
    guard background.integer == 0 else { return report.finding(at: background, "zero") }
    if !hasRegions {
      var taken: Set<Int> = [0]
      for (number, value) in numbered where !taken.insert(number).inserted {
        return report.finding(at: value, "twice", ["number": number])
      }
    }
    let highest = numbered.map(\.number).max() ?? 0
    guard highest < Self.highest else { return }
    if let ignore = labels["ignore"], let number = ignore.integer, number != highest + 1 {
      return report.finding(at: ignore, "ignore", ["expected": highest + 1])
    }
    gap([(0, background)] + numbered, &report)
  }

  /// Beyond any list of labels.
  private static let highest = 1_000_000

  /// Said once, at the lowest label behind the first gap.
  private func gap(_ numbered: [(number: Int, value: Value)], _ report: inout Report) {
    let numbers = Set(numbered.map(\.number))
    guard let highest = numbers.max(), highest < Self.highest,
      let missing = (0...max(highest, 0)).first(where: { !numbers.contains($0) }),
      let next = numbered.filter({ $0.number > missing }).min(by: { $0.number < $1.number })
    else { return }
    report.finding(at: next.value, "", ["missing": missing])
  }

  private static func labels(_ labels: String) -> String {
    #"{"channel_names": {"0": "CT"}, "labels": \#(labels), "numTraining": 1, "file_ending": ".nii.gz"}"#
  }
}
