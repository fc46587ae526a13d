import PluginKit

/// A number of cases that is not the number of cases.
struct CountMismatch: RecordRule {
  static let info = RuleInfo(
    id: "count-mismatch", severity: .warning,
    summary: "The numbers of cases are those of the lists.",
    why: "Programs that believe the number look for files that are not there, or leave some out.",
    source: "nnU-Net's check of datasets.",
    message: "Here it says {said} cases, the list has {listed}. Correct the number, or complete the list.",
    messages: ["take": "Write {listed}"],
    good: [
      #"{"labels": {"0": "background"}, "numTraining": 1, "numTest": 0, "training": [{"image": "a.nii.gz"}], "test": []}"#
    ],
    bad: [
      #"{"labels": {"0": "background"}, "numTraining": ⟪2⟫, "training": [{"image": "a.nii.gz"}]}"#,
      #"{"labels": {"0": "background"}, "numTraining": 1, "numTest": ⟪5⟫, "training": [{"image": "a.nii.gz"}], "test": ["b.nii.gz"]}"#,
      #"{"channel_names": {"0": "CT"}, "labels": {"background": 0}, "file_ending": ".png", "numTraining": ⟪3⟫, "dataset": {"a": {"images": ["a.png"], "label": "b.png"}}}"#,
    ])
  static let reads = Reads(
    fields: [.trainingCount, .testCount, .trainingList, .validationList, .testList, .testingList, .caseTable],
    needs: [.trainingCount, .testCount])

  func check(_ record: Record, _ report: inout Report) {
    let spare = record.first(.validationList)?.value
    check(record.first(.trainingCount), record.first(.trainingList) ?? record.first(.caseTable), spare, &report)
    check(record.first(.testCount), record.first(.testList) ?? record.first(.testingList), nil, &report)
  }

  /// `spare` may be counted with the list: cases to choose between models are taken from those to learn from.
  private func check(_ count: FieldValue?, _ list: FieldValue?, _ spare: Value?, _ report: inout Report) {
    guard let count, let list, list.value.kind == .array || list.value.kind == .object,
      let said = count.value.integer, said != list.value.count, said != list.value.count + (spare?.count ?? 0)
    else { return }
    report.finding(
      at: count, "", ["said": said, "listed": list.value.count],
      fixes: [Fix("take", ["listed": list.value.count], edits: [.replace(count, with: String(list.value.count))])])
  }
}
