import Glibc
import PluginKit

struct BoxOutside: RecordRule {
  static let info = RuleInfo(
    id: "box-outside", severity: .error, summary: "A box lies inside its image.", why: "Training code crops wrongly.",
    message: "This box ends at {right}, but the picture is {width} wide.",
    messages: ["image": "The picture", "cut": "Cut it to {width}", "everywhere": "Cut all such boxes"],
    good: [#"{"box": [0, 0, 1, 1]}"#], bad: [#"{"box": ⟪[0, 0, 9, 1]⟫}"#])
  static let reads = Reads(roles: [.region], fields: [.box, .asset], lookups: [.definition(of: .asset)])
  static let cutAll = Recipe("cut-boxes", summary: "Cuts boxes at the picture's edge.")
  static let recipes = [cutAll]

  func check(_ record: Record, _ report: inout Report) {
    guard let value = record.first(.box), let box = value.box, let image = record.definition(of: .asset),
      let width = image.exports["width"]?.number, box.maxX > width
    else { return }
    let edit = value.value[2].map { Edit.replace($0, with: (width - box.x).argumentText) }
    report.finding(
      at: value, "", ["right": box.maxX, "width": width],
      related: [Related(at: image, "image")],
      fixes: [
        Fix("cut", ["width": width], isCertain: true, edits: edit.map { [$0] } ?? []),
        Fix("everywhere", recipe: Self.cutAll, argument: width.argumentText, scope: .dataset),
      ], fold: "same")
  }

  func fix(_ record: Record, recipe: Recipe, argument: String, _ edits: inout Edits) {
    guard recipe == Self.cutAll, let width = Double(argument), let value = record.first(.box), let box = value.box,
      box.maxX > width, let number = value.value[2]
    else { return }
    edits.add(.replace(number, with: (width - box.x).argumentText))
    edits.add(.insertMember(into: record, key: "cut", value: "true", after: "box"))
    edits.add(.insertElement(into: value, value: "0"))
    edits.add(.remove(value.value))
  }
}

struct RegionsOverlap: NeighborRule {
  static let info = RuleInfo(
    id: "regions-overlap", severity: .warning, summary: "Regions do not overlap.", why: "Counted twice.",
    message: "This overlaps {count} other, starting with one at {x}.", good: ["{}"], bad: ["⟪{}⟫"])
  static let reads = Reads(fields: [.box, .asset])
  static let kind = FactKind("test/region")
  static let among: FactKind? = FactKind("test/mask")
  static let relation = Relation.overlapping
  static let states = [kind]

  func state(_ record: Record, _ report: inout Report) {
    guard let box = record.first(.box), let rectangle = box.box, let asset = record.text(.asset) else { return }
    report.state(
      Self.kind, key: .text(asset), at: box, also: ["whole": record], payload: .numbers(rectangle.x, rectangle.area),
      extent: Extent(rectangle))
  }

  func relate(_ fact: Fact, to related: Facts, _ report: inout Report) {
    guard let first = related.first else { return }
    guard case .box(let x, _, _, _)? = first.extent, fact.stands(before: first) else { return }
    report.finding(at: fact.place(named: "whole") ?? fact.place, "", ["count": related.count, "x": x])
  }
}

struct SceneCount: GroupRule {
  static let info = RuleInfo(
    id: "scene-count", severity: .information, summary: "A scene has one label of a name.", why: "Copies.",
    message: "{names}", good: ["{}"], bad: ["⟪{}⟫"])
  static let reads = Reads(fields: [.label])
  static let kind = FactKind("test/scene")
  static let needsRecords = true

  func group(_ group: Group, _ report: inout Report) {
    let names = group.facts.map { group.record(of: $0)?.text(.label) ?? "?" }
    guard let last = group.facts.last else { return }
    report.finding(at: last, "", ["names": names.joined(separator: ",")])
  }
}

struct Convention: TallyRule {
  static let info = RuleInfo(
    id: "convention", severity: .error, summary: "Boxes are written one way.", why: "Mixed up.",
    message: "{odd} of {all}", good: ["{}"], bad: ["⟪{}⟫"], silences: ["box-outside"], isSensitive: true)
  static let reads = Reads(fields: [.box])
  static let kind = FactKind("test/convention")
  static let states = [kind]

  func tally(_ record: Record, _ report: inout Report) {
    guard let box = record.first(.box), let numbers = record.numbers(.box), numbers.count == 4 else { return }
    report.tally(Self.kind, key: .text("all"), bin: numbers[2] < numbers[0] ? 1 : 0, at: box)
  }

  func totals(_ totals: Totals, _ report: inout Report) {
    guard let odd = totals.first(where: { $0.bin == 1 }), let place = odd.places.first else { return }
    report.finding(at: place, "", ["odd": odd.amount, "all": totals.amount(0) + totals.amount(1)], severity: .hint)
  }
}

/// Says what it sees of the world around the record.
struct Surroundings: RecordRule {
  static let info = RuleInfo(
    id: "surroundings", severity: .hint, summary: "Shows what a rule can ask for.", why: "For tests.",
    message: "{day} {language} {limit} {found} {text}", good: ["{}"], bad: ["⟪{}⟫"])
  static let reads = Reads(
    fields: ["ask"], context: ["language"], settings: ["limit"],
    lookups: [.facts("test/scene", keyedBy: "ask"), .all("test/mask")])

  func check(_ record: Record, _ report: inout Report) {
    guard let ask = record.first("ask") else { return }
    let found = record.facts(.facts("test/scene", keyedBy: "ask"))
    report.finding(
      at: ask, "",
      [
        "day": report.asOf, "language": record.context("language")?.text ?? "none",
        "limit": report.setting("limit")?.number ?? -1, "found": "\(found.count)/\(found.total)",
        "text": ask.text ?? "none",
        // Not declared, so not there.
        "box": record.first(.box) == nil ? "hidden" : "seen",
      ])
    report.claim(Claim(at: ask, subject: ["a", "b"], property: "class", value: JSON.quoted(ask.text ?? "")))
  }
}

struct Helper: Assistant {
  static let reads = Reads(fields: [])

  func complete(_ record: Record, at value: Value, _ offers: inout Offers) {
    switch value.text {
    case "dawdle":
      // Longer than anybody waits for a completion, and shorter than a worker is taken for dead.
      usleep(400_000)
      offers.add("too late", value: "1")
    case "prompt": offers.add("in time", value: "1", detail: "from the plugin")
    case "nonsense":
      offers.add("no value", value: "{,")
      offers.add("two lines", value: "[1,\n2]")
    default: break
    }
    for fact in offers.members("test/scene", key: value.text ?? "") {
      offers.add(fact.text, value: JSON.quoted(fact.text))
    }
  }

  func hover(_ record: Record, at value: Value, _ hover: inout Hover) {
    hover.show("**\(value.key ?? "")**: \(value.raw)")
  }
}
