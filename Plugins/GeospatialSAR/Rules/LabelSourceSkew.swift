import PluginKit

/// Labels that lie beside their image, or are older than it.
struct LabelSourceSkew: GroupRule {
  static let info = RuleInfo(
    id: "label-source-skew", severity: .warning,
    summary: "Labels lie in the image they were drawn on, and are not older than it.",
    why: "Labels of another image look right in every program, and teach the wrong place.",
    source:
      "STAC's label extension: the link `source`. Half of the smaller outline must be shared. Labels that are younger than their image are usual, and left alone.",
    message:
      "Only {share} % of the smaller outline is in both the labels and their image. Look whether the link leads to the right image.",
    messages: [
      "time":
        "The labels are from {label}, before their image was taken ({image}). Look whether the link leads to the right image.",
      "image": "The image",
    ],
    good: [
      pair(link: "./image.json", shape: MapExample.square, time: "2026-11-20T05:41:00Z")
    ],
    bad: [
      pair(
        link: "⟪\"./image.json\"⟫", shape: "[[20, 54], [21, 54], [21, 55], [20, 55], [20, 54]]",
        time: "2026-11-20T05:41:00Z"),
      pair(link: "⟪\"./image.json\"⟫", shape: MapExample.square, time: "2026-11-22T05:41:00Z"),
    ])
  static let reads = Reads(
    fields: [.item, .shape, .footprint, .link, .itemTime, .itemProperties], needs: [.item], context: [FilePath.context])
  static let kind = FactKind("geospatial-sar/item-outline")
  static let states = [kind]
  static let needsRecords = true
  static let fewest = 2
  static let most: Int? = 64
  private static let least = 0.5

  func state(_ record: Record, _ report: inout Report) {
    guard let path = FilePath(record), let outline = record.first(.footprint) else { return }
    let isLabel =
      record.first(.itemProperties)?.value.children.contains { $0.key?.hasPrefix("label:") == true } ?? false
    if !isLabel { report.state(Self.kind, key: .key(path.key), at: outline, payload: .text("I")) }
    for link in record.all(.link) where isLabel {
      guard link.value["rel"]?.text == "source", let href = link.value["href"], let text = href.text else { continue }
      report.state(Self.kind, key: .key(FilePath.key(of: text, from: path)), at: href, payload: .text("L"))
    }
  }

  func group(_ group: Group, _ report: inout Report) {
    let images = group.facts.filter { $0.text == "I" }
    guard images.count == 1, let image = images.first, let shown = group.record(of: image),
      let outline = shown.first(.footprint)
    else { return }
    let shape = MapShape(outline.value)
    for fact in group.facts where fact.text == "L" {
      guard let label = group.record(of: fact), let own = label.first(.footprint) else { continue }
      if let share = Overlap.share(shape, MapShape(own.value)), share < Self.least {
        report.finding(
          at: fact, "", ["share": Int((share * 100).rounded())], related: [Related(at: image, "image")])
      } else if let drawn = label.text(.itemTime), let taken = shown.text(.itemTime), let early = Instant(drawn),
        let late = Instant(taken), late.seconds - early.seconds > 86_400
      {
        report.finding(
          at: fact, "time", ["label": String(drawn.prefix(10)), "image": String(taken.prefix(10))],
          related: [Related(at: image, "image")])
      }
    }
  }

  private static func pair(link: String, shape: String, time: String) -> String {
    MapExample.dataset(
      (
        "label.json",
        MapExample.item(
          properties: #""label:type": "vector", "label:description": "roads""#,
          links: #"{"rel": "source", "href": \#(link)}"#)
      ),
      (
        "image.json",
        MapExample.item(MapExample.polygon(shape))
          .replacing("2026-11-20T05:41:00Z", with: time)
      ))
  }
}
