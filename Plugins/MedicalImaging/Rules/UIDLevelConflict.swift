import PluginKit

/// An image that names another study or series than the one it is listed under.
struct UIDLevelConflict: RecordRule {
  static let info = RuleInfo(
    id: "uid-level-conflict", severity: .error,
    summary: "An image names the study and the series that it is listed under.",
    why: "The viewer shows the image in one study, and measurements on it are kept under another.",
    source: "OHIF's form: the identifiers stand at each level again.",
    message: "This image is listed under another study than the one it names. Find out which is right.",
    messages: ["series": "This image is listed under another series than the one it names. Find out which is right."],
    good: [list(study: #""1.2.3""#, series: #""1.2.3.4""#)],
    bad: [
      list(study: #"⟪"1.2.9"⟫"#, series: #""1.2.3.4""#), list(study: #""1.2.3""#, series: #"⟪"1.2.3.5"⟫"#),
    ])
  static let reads = Reads(
    fields: [.nestedStudyUID, .nestedSeriesUID], context: ["StudyInstanceUID", "SeriesInstanceUID"])

  func check(_ record: Record, _ report: inout Report) {
    if let nested = record.first(.nestedStudyUID), let text = nested.text,
      let outer = record.context("StudyInstanceUID")?.text, outer != text
    {
      report.finding(at: nested)
    }
    if let nested = record.first(.nestedSeriesUID), let text = nested.text,
      let outer = record.context("SeriesInstanceUID")?.text, outer != text
    {
      report.finding(at: nested, "series")
    }
  }

  private static func list(study: String, series: String) -> String {
    #"{"studies": [{"StudyInstanceUID": "1.2.3", "series": [{"SeriesInstanceUID": "1.2.3.4", "instances": [{"metadata": {"SOPInstanceUID": "1.2.3.4.5", "StudyInstanceUID": \#(study), "SeriesInstanceUID": \#(series)}, "url": "dicomweb:a"}]}]}]}"#
  }
}
