import PluginKit

/// Labels that name a file which their image does not have.
struct LabelAssetsKey: GroupRule {
  static let info = RuleInfo(
    id: "label-assets-key", severity: .error,
    summary: "`label:assets` names files of the image that was labelled.",
    why: "Nobody can tell which of the image's files belong to the labels, and programs load none.",
    source:
      "STAC's label extension. The image is found by `href`, in the same dataset; without it, what names a file of the label item itself is told.",
    message: "The image has no file called `{name}` in its `assets`. It has {known}: write the one that was labelled.",
    messages: [
      "own":
        "`{name}` is a file of these labels, and not of the image that was labelled. Write the name of the image's file.",
      "image": "The image's files", "choose": "Write `{name}`",
    ],
    good: [
      MapExample.dataset(
        ("label.json", label("\"rgb\"")), ("image.json", MapExample.item(assets: #""rgb": {"href": "a.tif"}"#)))
    ],
    bad: [
      MapExample.item(
        links: #"{"rel": "source", "href": "https://example.com/image.json", "label:assets": [⟪"roads"⟫]}"#,
        assets: #""roads": {"href": "roads.geojson"}"#),
      MapExample.dataset(
        ("label.json", label("⟪\"building\"⟫")), ("image.json", MapExample.item(assets: #""rgb": {"href": "a.tif"}"#))),
    ])
  static let reads = Reads(
    fields: [.item, .assets, .link, .labelledAssets, .footprint, .itemName], needs: [.item], context: [FilePath.context]
  )
  static let kind = FactKind("geospatial-sar/item-files")
  static let states = [kind]
  private static let separator = "\u{1F}"
  private static let mostNames = 24

  func state(_ record: Record, _ report: inout Report) {
    let path = FilePath(record)
    let own = record.first(.assets)?.value.children.compactMap(\.key) ?? []
    if let path, let assets = record.first(.assets) {
      let text = "I" + own.prefix(Self.mostNames).joined(separator: Self.separator)
      // Too many names for a fact: then nobody can say what is missing.
      let isWhole = own.count <= Self.mostNames && text.utf8.count <= 250
      report.state(
        Self.kind, key: .key(path.key), at: assets, payload: .text(isWhole ? text : "?"))
    }
    for link in record.all(.link) {
      guard link.value["rel"]?.text == "source", let href = link.value["href"]?.text,
        let names = link.value["label:assets"], names.kind == .array
      else { continue }
      let key = FilePath.key(of: href, from: path)
      for name in names.children {
        guard let text = name.text, text.utf8.count < 200 else { continue }
        report.state(
          Self.kind, key: .key(key), at: name, payload: .text((own.contains(text) ? "O" : "L") + text))
      }
    }
  }

  func group(_ group: Group, _ report: inout Report) {
    let images = group.facts.filter { ["I", "?"].contains($0.text.first) }
    let names = group.facts.filter { ["L", "O"].contains($0.text.first) }
    guard let image = images.first else {
      for fact in names where fact.text.first == "O" {
        report.finding(at: fact, "own", ["name": String(fact.text.dropFirst())])
      }
      return
    }
    guard images.count == 1, image.text.first == "I" else { return }
    let known = image.text.dropFirst().split(separator: "\u{1F}").map(String.init)
    for fact in names {
      let name = String(fact.text.dropFirst())
      guard !known.contains(name) else { continue }
      let list = known.prefix(6).map { "`\($0)`" }.joined(separator: ", ") + (known.count > 6 ? ", …" : "")
      let fixes = known.prefix(4).map { choice in
        Fix("choose", ["name": choice], edits: [.replace(fact, with: JSON.quoted(choice))])
      }
      report.finding(
        at: fact, "", ["name": name, "known": known.isEmpty ? "–" : list], related: [Related(at: image, "image")],
        fixes: fixes)
    }
  }

  private static func label(_ name: String) -> String {
    MapExample.item(
      links: #"{"rel": "source", "href": "./image.json", "label:assets": [\#(name)]}"#,
      assets: #""labels": {"href": "labels.geojson", "roles": ["labels"]}"#)
  }
}
