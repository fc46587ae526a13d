import PluginKit

/// Files that are not there, though most of those that are named beside them are.
struct MediaFileAbsent: TallyRule {
  static let info = RuleInfo(
    id: "media-file-absent", severity: .warning,
    summary: "Where files lie beside their labels, all of them do.",
    why: "Programs stop at a file that they don't find, or leave its labels out without a word.",
    source:
      "Where at least twice as many of the named files are there as are not, and the folder has others of that kind. Files that were not brought along at all are not missed.",
    message:
      "This file is not there, though {there} of the {all} that are named here are. Bring it along, or correct its name.",
    good: [
      """
      //- labels.json
      {"info": {}, "images": [{"id": 1, "file_name": "one.png", "width": 1, "height": 1}, {"id": 2, "file_name": "far/two.png", "width": 1, "height": 1}], "annotations": []}
      //- one.png
      a picture; the folder of the other is not here
      """,
      """
      //- labels.json
      {"info": {}, "images": [{"id": 1, "file_name": "one.png", "width": 1, "height": 1}, {"id": 2, "file_name": "two.png", "width": 1, "height": 1}, {"id": 3, "file_name": "three.png", "width": 1, "height": 1}], "annotations": []}
      //- one.png
      the only picture that was brought along
      """,
    ],
    bad: [
      """
      //- labels.json
      {"info": {}, "images": [{"id": 1, "file_name": "one.png", "width": 1, "height": 1}, {"id": 2, "file_name": ⟪"two.png"⟫, "width": 1, "height": 1}, {"id": 3, "file_name": "three.png", "width": 1, "height": 1}], "annotations": []}
      //- one.png
      a picture
      //- three.png
      a picture
      """
    ])
  static let lookups: [(Field, Lookup)] = [
    (.media, .facts(.media, keyedBy: .media)), (.dataFile, .facts(.dataFile, keyedBy: .dataFile)),
  ]
  static let reads = Reads(fields: lookups.map(\.0), lookups: lookups.map(\.1))
  static let kind = FactKind("vision/files")
  static let states = [kind]

  private enum Bin: UInt32 {
    case there, absent
  }

  func tally(_ record: Record, _ report: inout Report) {
    for (field, lookup) in Self.lookups {
      let known = record.facts(lookup).byPlace
      for value in record.all(field) {
        guard let text = known[value.value.place]?.text else { continue }
        // One that may be meant is told by `media-reference-missing`.
        guard !text.hasPrefix("missing ") else { continue }
        let bin = text == "missing" ? Bin.absent : .there
        report.tally(Self.kind, key: .text(""), bin: bin.rawValue, at: value)
      }
    }
  }

  func totals(_ totals: Totals, _ report: inout Report) {
    let (there, absent) = (totals.amount(Bin.there.rawValue), totals.amount(Bin.absent.rawValue))
    guard absent > 0, there / 2 >= absent else { return }
    for place in totals.first(where: { $0.bin == Bin.absent.rawValue })?.places ?? [] {
      report.finding(at: place, "", ["there": there, "all": there + absent])
    }
  }
}
