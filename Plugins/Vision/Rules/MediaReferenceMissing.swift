import PluginKit

/// A picture that is not where its path says, though one with nearly that name is there.
struct MediaReferenceMissing: RecordRule {
  static let info = RuleInfo(
    id: "media-reference-missing", severity: .warning,
    summary: "A picture or sound lies where its labels say.",
    why: "Programs stop at a file that they don't find, or leave its labels out without a word.",
    source:
      "Files that lie there with other capitals in their name, or another ending for pictures. Files that are nowhere here were not brought along, and nothing is said of them.",
    message: "There is no file here under this name, but there is {found}. Many programs go by every letter.",
    messages: ["write": "Write {found}"],
    good: [
      #"{"images": [{"id": 1, "file_name": "images/elsewhere.png", "width": 640, "height": 480}], "annotations": []}"#,
      """
      //- labels.json
      {"info": {}, "images": [{"id": 1, "file_name": "cup.jpg", "width": 640, "height": 480}], "annotations": []}
      //- images/cup.jpg
      a picture in the folder that programs are told of
      """,
    ],
    bad: [
      """
      //- labels.json
      {"info": {}, "images": [{"id": 1, "file_name": ⟪"cup.png"⟫, "width": 640, "height": 480}], "annotations": []}
      //- cup.jpg
      a picture
      """,
      """
      //- labels.json
      {"info": {}, "images": [{"id": 1, "file_name": ⟪"images/cup.jpg"⟫, "width": 640, "height": 480}], "annotations": []}
      //- images/cup.JPG
      a picture
      """,
    ])
  static let reads = Reads(roles: [.asset], fields: [.media], lookups: [.facts(.media, keyedBy: .media)])

  private static let missing = "missing "

  private static func isPhotograph(_ path: String) -> Bool {
    [".jpg", ".jpeg"].contains { path.lowercased().hasSuffix($0) }
  }

  func check(_ record: Record, _ report: inout Report) {
    let known = record.facts(.facts(.media, keyedBy: .media)).byPlace
    for field in record.all(.media) {
      guard let text = known[field.value.place]?.text, text.hasPrefix(Self.missing) else { continue }
      let found = String(text.dropFirst(Self.missing.count))
      // Masks often lie under a photograph's name.
      guard !(Self.isPhotograph(field.value.text ?? "") && found.lowercased().hasSuffix(".png")) else { continue }
      // Not certain: it may be another picture.
      report.finding(
        at: field, "", ["found": found],
        fixes: [Fix("write", ["found": found], edits: [.replace(field, with: JSON.quoted(found))])])
    }
  }
}
