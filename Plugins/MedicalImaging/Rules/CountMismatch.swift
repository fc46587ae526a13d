import PluginKit

/// A number of cases that is not the number of cases.
struct CountMismatch: RecordRule {
  static let info = RuleInfo(
    id: "count-mismatch", severity: .warning,
    summary: "The numbers of cases are those of the lists.",
    why: "Programs that believe the number look for files that are not there, or leave some out.",
    source:
      "nnU-Net's check of datasets. A list that was split further keeps the number it had: the whole counts too, and where there is a list to choose between models, this is only mentioned.",
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
    let test = record.first(.testList) ?? record.first(.testingList)
    let further = [spare?.count ?? 0, (spare?.count ?? 0) + (test?.value.count ?? 0)]
    let severity: Severity? = spare == nil ? nil : .information
    let training = record.first(.trainingList) ?? record.first(.caseTable)
    check(record.first(.trainingCount), training, spare == nil ? [] : further, severity, &report)
    check(record.first(.testCount), test, [], severity, &report)
  }

  /// `further` cases may be counted with the list: those to choose between models are taken from those to learn from.
  private func check(
    _ count: FieldValue?, _ list: FieldValue?, _ further: [Int], _ severity: Severity?, _ report: inout Report
  ) {
    guard let count, let list, list.value.kind == .array || list.value.kind == .object,
      let said = count.value.integer, said != list.value.count, !further.contains(said - list.value.count)
    else { return }
    report.finding(
      at: count, "", ["said": said, "listed": list.value.count], severity: severity,
      fixes: [Fix("take", ["listed": list.value.count], edits: [.replace(count, with: String(list.value.count))])])
  }
}
