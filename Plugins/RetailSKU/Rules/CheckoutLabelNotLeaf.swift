import PluginKit

/// A label at the checkout that leaves open what is to be paid.
struct CheckoutLabelNotLeaf: GroupRule {
  static let info = RuleInfo(
    id: "checkout-label-not-leaf", severity: .warning,
    summary: "At the checkout, a label names the product that was sold, where its variants differ in price.",
    why: "The till asks for one price; a label that stands for several can't be held against the receipt.",
    source:
      "Prices of the product list. A product with a price of its own is sold by itself, and may be named; what the receipt says is "
      + "left alone.",
    message: "*{product}* is sold as several products, from {low} to {high}. Name the one that lies here.",
    messages: ["variant": "One of them"],
    good: [
      dataset(prices: ["null", "10", "10"], label: milk), dataset(prices: ["9", "10", "12"], label: milk),
      dataset(prices: ["null", "10", "12"], label: variant), dataset(prices: ["null", "10", "null"], label: milk),
    ],
    bad: [dataset(prices: ["null", "10", "12.5"], label: "⟪\(milk)⟫")])
  static let reads = Reads(
    fields: [.gtin, .asset, .sku, .canonicalSKU, .price, .box, .name], needs: [.gtin, .price], vocabularies: ["skus"],
    lookups: [.definition(of: .asset), .definition(of: .canonicalSKU)])
  static let kind = FactKind("retail-sku/price-family")
  static let states = [kind]
  static let fewest = 3

  func state(_ record: Record, _ report: inout Report) {
    if record.first(.sku) != nil { return stateProduct(record, &report) }
    guard let label = record.first(.gtin), record.first(.box) != nil, record.source.view == "checkout",
      record.source.modality == "image", let code = label.value.text.flatMap({ GTIN($0) }), code.isValid
    else { return }
    report.state(Self.kind, key: .key(Self.family(code.padded)), at: label, payload: .text("l " + code.padded))
  }

  private func stateProduct(_ record: Record, _ report: inout Report) {
    guard let sku = record.first(.sku), let name = sku.value.text else { return }
    let original = record.word(.canonicalSKU).flatMap { $0 == name ? nil : $0 }
    let number = record.first(.price).flatMap { $0.value.number ?? $0.value.text.flatMap { Double($0) } }
    let own = record.word(.gtin)
    let code = original == nil ? own : record.definition(of: .canonicalSKU)?.exports["gtin"]?.text
    guard let gtin = code.flatMap({ GTIN($0) }), gtin.isValid, !gtin.isOwnNumber else { return }
    // Nothing follows from a variant without a price.
    guard original == nil || number != nil else { return }
    report.state(
      Self.kind, key: .key(Self.family(gtin.padded)), at: sku,
      payload: .text((original == nil ? "o " : "v ") + (number.map { "\($0)" } ?? "")))
  }

  private static func family(_ gtin: String) -> FactKey { FactKey(shared: "price family " + gtin) }

  func group(_ group: Group, _ report: inout Report) {
    var variants: [(fact: Fact, price: Double)] = []
    var labels: [(fact: Fact, product: String)] = []
    var isGroup = false
    for fact in group.facts {
      let text = fact.text
      let rest = String(text.dropFirst(2))
      switch text.first {
      case "v": if let price = Double(rest) { variants.append((fact, price)) }
      case "l": labels.append((fact, rest))
      // Whoever has a price is sold.
      case _ where !rest.isEmpty: return
      default: isGroup = true
      }
    }
    guard isGroup, let low = variants.map(\.price).min(), let high = variants.map(\.price).max(), low < high else {
      return
    }
    for label in labels {
      report.finding(
        at: label.fact, "", ["product": report.name(of: label.product), "low": low, "high": high],
        related: variants.prefix(4).map { Related(at: $0.fact, "variant") }, fold: label.product)
    }
  }

  private static let milk = #""8936000010140""#
  private static let variant = #""8936000010515""#

  /// A product list with milk and two variants of it, beside a visit to the checkout with one thing.
  private static func dataset(prices: [String], label: String) -> String {
    let codes = [milk, variant, #""8936000010881""#]
    let products = zip(codes, prices).enumerated().map { number, pair in
      RetailExample.product(
        "\"\(number)\"", pair.0, (number > 0 ? #""canonical_sku": "0", "# : "") + "\"price\": \(pair.1)")
    }
    return """
      //- concord.json
      {}
      //- products.json
      {"products": [\(products.joined(separator: ", "))]}
      //- checkout.json
      \(RetailExample.checkout(RetailExample.item(1, label)))
      """
  }
}
