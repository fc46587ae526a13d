import PluginKit

/// The reader's name that programs write where there is none.
struct ReaderIdentity: RecordRule {
  static let info = RuleInfo(
    id: "reader-identity", severity: .warning,
    summary: "Each reader has a made-up name of their own.",
    why: "Readings of several people look like those of one, and nobody can tell how far readers agree.",
    source: "What dcmqi writes where no reader is named.",
    message: "`Reader1` is what programs write where nobody is named. Write a made-up name that only this reader has.",
    messages: ["empty": "The reader's name is missing, and programs write `Reader1`. Write a made-up one."],
    good: [#"{"ContentCreatorName": "reader-07", "segmentAttributes": [[]]}"#],
    bad: [
      #"{"ContentCreatorName": ⟪"Reader1"⟫, "segmentAttributes": [[]]}"#,
      #"{"ContentCreatorName": ⟪""⟫, "segmentAttributes": [[]]}"#,
    ])
  static let reads = Reads(fields: [.readerName])

  func check(_ record: Record, _ report: inout Report) {
    for name in record.all(.readerName) {
      if name.value.isText("Reader1") { report.finding(at: name) }
      if name.value.isText("") { report.finding(at: name, "empty") }
    }
  }
}
