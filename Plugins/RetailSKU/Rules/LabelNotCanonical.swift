import PluginKit

/// A label that names a variant where the dataset names products.
struct LabelNotCanonical: RecordRule {
  static let info = RuleInfo(
    id: "label-not-canonical", severity: .warning,
    summary: "Where labels name the product itself, no label names one of its variants.",
    why: "The same product under two names is learned as two, and counted as two.",
    source:
      "Only where `concord.json` says so: under `plugins`, `retail-sku`, `settings`, \"labelsName\": \"product\". "
      + "Variants are those of the product list `skus`. What a receipt says stays as it was scanned.",
    message: "This is a variant of *{name}*, and labels here name the product itself. Its number is {gtin}.",
    messages: ["take": "Write {gtin}"],
    good: [
      dataset(labels: "product", milk), dataset(labels: "pack", milkForNewYear),
    ],
    bad: [dataset(labels: "product", "⟪\(milkForNewYear)⟫")])
  static let reads = Reads(
    fields: [.gtin, .label], needs: [.gtin], context: ["labelsName"], vocabularies: ["skus"],
    lookups: [.definition(of: .asset)])

  /// Kinds of source that a receipt may be.
  private static let receiptKinds: Set<String> = ["text", "document", "tabular"]

  func check(_ record: Record, _ report: inout Report) {
    guard record.context("labelsName")?.text == "product", let label = record.first(.label),
      let field = record.first(.gtin), field.place == label.place, let code = field.value.text.flatMap({ GTIN($0) }),
      code.isValid, record.source.modality.map(Self.receiptKinds.contains) != true
    else { return }
    // What was replaced is told of as such.
    guard let term = report.listed(code.padded), !term.isDeprecated, term.replacedBy == nil, term.canonical != term.id,
      let original = GTIN(term.canonical), original.isValid
    else { return }
    report.finding(
      at: field, "", ["name": report.name(of: original.padded), "gtin": original.text],
      fixes: [Fix("take", ["gtin": original.text], edits: [.replace(field, with: JSON.quoted(original.text))])],
      fold: code.text)
  }

  private static let milk = #""8936000010140""#
  private static let milkForNewYear = #""8936000099992""#

  private static func dataset(labels: String, _ label: String) -> String {
    """
    //- concord.json
    {"vocabularies": {"skus": "skus.json"}, "plugins": {"retail-sku": {"settings": {"labelsName": "\(labels)"}}}}
    //- skus.json
    {"id": "skus", "terms": [{"id": "8936000010140", "prefLabel": {"en": "Milk"}}, {"id": "8936000099992", "prefLabel": {"en": "Milk for New Year"}, "canonical": "8936000010140"}]}
    //- shelf.json
    \(RetailExample.labelled(label))
    """
  }
}
