import PluginKit

/// A picture whose name says another view than its list.
struct ViewPathConflict: RecordRule {
  static let info = RuleInfo(
    id: "view-path-conflict", severity: .warning,
    summary: "A picture's name and its list say the same view.",
    why: "A model for pictures from the front learns from one that was taken from the side.",
    source:
      "CheXpert's form: `view1_frontal.jpg`. Only the words themselves count; `L` and `AP` in a name may mean many things.",
    message:
      "The name of this picture says {named}, and here it says {said}. Look at the picture, and correct the one that is wrong.",
    messages: ["name": "The picture's name"],
    good: [
      picture("view1_frontal.jpg", #""Frontal""#), picture("view2_lateral.jpg", "null"),
      picture("frontal_vs_lateral.jpg", #""Lateral""#), picture("L.jpg", #""Frontal""#),
      picture("collateral.jpg", #""Frontal""#),
    ],
    bad: [picture("view1_frontal.jpg", #"⟪"Lateral"⟫"#), picture("view2_lateral.jpg", #"⟪"Frontal"⟫"#)])
  static let reads = Reads(fields: [.picturePath, .pictureView], needs: [.pictureView])

  func check(_ record: Record, _ report: inout Report) {
    guard let path = record.first(.picturePath), let name = path.value.text?.split(separator: "/").last,
      let view = record.first(.pictureView), let said = view.value.text?.lowercased(), Self.views.contains(said)
    else { return }
    let words = Set(name.lowercased().split(whereSeparator: { !$0.isLetter }).map(String.init))
    let named = words.intersection(Self.views)
    guard named.count == 1, let named = named.first, named != said else { return }
    report.finding(at: view, "", ["named": named, "said": said], related: [Related(at: path, "name")])
  }

  private static let views: Set = ["frontal", "lateral"]

  private static func picture(_ name: String, _ view: String) -> String {
    "//- labels.jsonl\n"
      + #"{"Path": "p1/study1/\#(name)", "Frontal/Lateral": \#(view), "No Finding": null, "Edema": 1}"#
  }
}
