import PluginKit

/// A product nobody could name, with nothing said about what happens with it; or the other way round.
struct UnrecognisedWithoutDisposition: RecordRule {
  static let info = RuleInfo(
    id: "unrecognised-without-disposition", severity: .error,
    summary: "A product nobody could name says what happens with it, and only such a product does.",
    why: "Otherwise it is lost without a word, or billed as the nearest product.",
    message:
      "Nobody could name this product, and nothing says what happens with it. Choose: look at it again, "
      + "scan it by hand, or leave it open.",
    messages: [
      "named": "This product has a name, and is also marked as not named ({disposition}). Only one can be right.",
      "guessed":
        "This product is marked as not recognised, and still has a barcode. Write `unknown`, so that "
        + "nobody bills a guess.",
      "review": "Somebody looks at it again",
      "scan": "Somebody scans it by hand",
      "open": "It stays open",
      "drop": "It has a name: take the mark away",
      "unname": "Write `unknown`",
    ],
    good: [
      RetailExample.labelled(#""unknown""#, #""disposition": "manual_scan""#),
      RetailExample.labelled(#""8934563138165""#),
    ],
    bad: [
      RetailExample.labelled(#"⟪"unknown"⟫"#),
      RetailExample.labelled(#""8934563138165""#, #""disposition": ⟪"manual_scan"⟫"#),
      RetailExample.labelled(#"⟪"8934563138165"⟫"#, #""recognised": false"#),
    ])
  static let reads = Reads(fields: [.unrecognised, .recognised, .disposition, .gtin])

  func check(_ record: Record, _ report: inout Report) {
    let recognised = record.first(.recognised)
    let disposition = record.first(.disposition).flatMap { $0.value.kind == .string ? $0 : nil }
    let product = record.first(.gtin)
    if let product, recognised?.value.bool == false {
      report.finding(
        at: product, "guessed", fixes: [Fix("unname", edits: [.replace(product, with: JSON.quoted("unknown"))])])
    } else if product != nil, let disposition, Self.choices.contains(where: { $0.value == disposition.text }) {
      report.finding(
        at: disposition, "named", ["disposition": disposition.text ?? ""],
        fixes: [Fix("drop", edits: [.remove(disposition)])])
    } else if product == nil, disposition == nil, record.first(.disposition) == nil,
      let mark = record.first(.unrecognised) ?? recognised.flatMap({ $0.value.bool == false ? $0 : nil })
    {
      report.finding(at: mark, fixes: Self.choices.map { choice($0.title, $0.value, in: record) })
    }
  }

  private static let choices: [(title: String, value: String)] = [
    ("review", "human_review"), ("scan", "manual_scan"), ("open", "unresolved"),
  ]

  private func choice(_ title: String, _ value: String, in record: Record) -> Fix {
    Fix(title, edits: [.insertMember(into: record.root, key: "disposition", value: JSON.quoted(value), after: "label")])
  }
}
