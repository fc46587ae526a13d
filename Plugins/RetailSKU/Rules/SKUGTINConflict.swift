import PluginKit

/// One barcode on two products, or two barcodes on one.
struct SKUGTINConflict: GroupRule {
  static let info = RuleInfo(
    id: "sku-gtin-conflict", severity: .error,
    summary: "A barcode belongs to one product, and a single piece of a product has one barcode.",
    why: "The till and every label go by the barcode: sales and shelf space of one product are counted for the other.",
    source:
      "GS1: a number is given to one product. Variants and successors may share one if the list says what they belong to; "
      + "cases have numbers of their own, and numbers that shops give out themselves are left alone.",
    message:
      "The product {other} has this barcode, too. If this is a variant of it, say so; otherwise read both again from the pack.",
    messages: [
      "pieces":
        "A single piece of this product has another barcode above, {other}. Keep the right one, or say which one is a variant or a case.",
      "first": "The other entry",
      "link": "Say that it is a variant of {original}",
    ],
    good: [
      RetailExample.products(
        RetailExample.product(#""1""#, milk), RetailExample.product(#""2""#, milk, #""canonical_sku": "1""#)),
      RetailExample.products(
        RetailExample.product(#""1""#, milk), RetailExample.product(#""1""#, milkCase, #""pack_level": "case""#)),
    ],
    bad: [
      RetailExample.products(RetailExample.product(#""1""#, milk), RetailExample.product(#""2""#, "⟪\(milk)⟫")),
      RetailExample.products(
        RetailExample.product(#""1""#, milk), RetailExample.product(#""2""#, #"⟪"08936000010140"⟫"#)),
      RetailExample.products(RetailExample.product(#""1""#, milk), RetailExample.product(#""1""#, "⟪\(cola)⟫")),
    ])
  static let reads = Reads(fields: ProductEntry.fields, needs: [.sku])
  static let kind = FactKind("retail-sku/product")
  static let states = [kind]
  static let fewest = 2

  /// More products of one barcode than this are not compared with each other.
  private static let mostCompared = 16

  func state(_ record: Record, _ report: inout Report) {
    guard let field = record.first(.gtin), let code = field.value.text.flatMap({ GTIN($0) }), code.isValid,
      !code.isOwnNumber, let entry = ProductEntry(record), let payload = entry.payload
    else { return }
    let original = record.first(.canonicalSKU)
    var also: KeyValuePairs<String, any Placed> = ["entry": record]
    if let original { also = ["entry": record, "original": original] }
    report.state(Self.kind, key: .text("gtin \(code.padded)"), at: field, also: also, payload: payload)
    if entry.isOfPiece {
      report.state(Self.kind, key: .text("sku \(entry.sku)"), at: field, also: also, payload: payload)
    }
  }

  func group(_ group: Group, _ report: inout Report) {
    var known: [(fact: Fact, entry: ProductEntry)] = []
    for fact in group.facts {
      guard known.count < Self.mostCompared, let entry = ProductEntry(fact.text) else { continue }
      let others = known.filter { $0.entry.isSold(with: entry) }
      if !known.contains(where: { $0.entry.sku == entry.sku && $0.entry.gtin == entry.gtin }) {
        known.append((fact, entry))
      }
      if let other = others.first, !others.contains(where: { $0.entry.belongs(to: entry) }) {
        report.finding(
          at: fact, "", ["other": other.entry.sku], related: [Related(at: other.fact, "first")],
          fixes: link(fact, entry, other.entry))
      } else if let other = others.first(where: { $0.entry.sku == entry.sku && $0.entry.gtin != entry.gtin }),
        entry.isVariant == other.entry.isVariant
      {
        report.finding(
          at: fact, "pieces", ["other": other.entry.gtin.flatMap { GTIN($0)?.shortest } ?? ""], severity: .warning,
          related: [Related(at: other.fact, "first")])
      }
    }
  }

  /// Says that the later product is a variant of the earlier, or of what that is a variant of.
  private func link(_ fact: Fact, _ entry: ProductEntry, _ other: ProductEntry) -> [Fix] {
    let original = other.original ?? other.sku
    guard entry.original == nil, original != entry.sku, let place = fact.place(named: "entry") else { return [] }
    let value = JSON.quoted(original)
    let edit: Edit =
      if let written = fact.place(named: "original") {
        .replace(written, with: value)
      } else {
        .insertMember(into: place, key: "canonical_sku", value: value, after: "gtin")
      }
    return [Fix("link", ["original": original], edits: [edit])]
  }

  private static let milk = #""8936000010140""#
  private static let cola = #""8936000012366""#
  private static let milkCase = #""18936000010147""#
}
