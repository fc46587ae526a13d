import PluginKit

/// A receipt that says one thing and a picture of the checkout that shows another.
struct BasketVisualMismatch: GroupRule {
  static let info = RuleInfo(
    id: "basket-visual-mismatch", severity: .warning,
    summary: "The receipt and the picture of one visit to the checkout have the same number of each product.",
    why: "Either a label is wrong, or something was not paid for: a person must see which.",
    source:
      "Lines taken back don't count, returns count below 0, and a thing seen by two cameras counts once. A line of a till log belongs "
      + "to the sample whose `id` is its `transaction_id`.",
    message: "The till says {till}, the picture shows {picture} of *{product}*. One of them is wrong.",
    messages: ["picture": "In the picture", "till": "On the receipt"],
    good: [
      RetailExample.checkout(
        RetailExample.item(1, milk), RetailExample.item(2, milk), RetailExample.line(1, milk, quantity: 2)),
      RetailExample.checkout(
        RetailExample.item(1, milk), RetailExample.line(1, milk, quantity: 1),
        RetailExample.line(2, milk, quantity: 1, isVoid: true)),
      RetailExample.checkout(RetailExample.item(1, milk)),
      logged(#"{"transaction_id": "s1", "gtin": \#(milk)}"#, #"{"transaction_id": "s1", "gtin": "bag"}"#),
      logged(
        #"{"transaction_id": "s1", "line": 1, "gtin": \#(milk), "quantity": 2}"#,
        #"{"transaction_id": "s1", "line": 2, "gtin": \#(milk), "quantity": -1}"#,
        #"{"transaction_id": "s2", "line": 1, "gtin": "2112345012346", "quantity": 0.41}"#),
      RetailExample.checkout(
        RetailExample.item(1, milk), RetailExample.line(1, milk, quantity: 1), RetailExample.line(2, cola, quantity: 1),
        #"{"id": "a9", "source": "cam", "kind": "bbox", "bbox": [450, 10, 40, 80], "label": "unknown", "disposition": "human_review"}"#
      ),
    ],
    bad: [
      RetailExample.checkout(
        RetailExample.item(1, milk), RetailExample.item(2, milk), RetailExample.item(3, milk),
        RetailExample.line(1, "⟪\(milk)⟫", quantity: 2)),
      RetailExample.checkout(
        RetailExample.item(1, milk), RetailExample.item(2, "⟪\(cola)⟫"), RetailExample.line(1, milk, quantity: 1)),
      logged(
        #"{"transaction_id": "s1", "gtin": ⟪\#(milk)⟫, "quantity": 2}"#,
        #"{"transaction_id": "s1", "gtin": \#(cola), "void": true}"#, #"{"transaction_id": "s2", "gtin": \#(cola)}"#),
    ])
  static let reads = Reads(
    fields: [.gtin, .unrecognised, .visit, .line, .asset, .entity, .quantity, .void, .box],
    needs: [.gtin, .unrecognised], context: ["id"], vocabularies: ["skus"],
    lookups: [.definition(of: .asset)])
  static let kind = FactKind("retail-sku/basket-item")
  static let states = [kind]

  /// Kinds of source that a receipt may be.
  private static let receiptKinds: Set<String> = ["text", "document", "tabular"]

  func state(_ record: Record, _ report: inout Report) {
    guard let product = record.first(.gtin) ?? record.first(.unrecognised) else { return }
    let code = record.first(.gtin)?.value.text.flatMap { GTIN($0) }.flatMap { $0.isValid ? $0 : nil }
    let sold = code.map { $0.itemReference ?? $0.padded }
    if let visit = record.text(.visit) {
      let line = BasketItem(
        side: .log, source: "", product: sold,
        entity: record.first(.line)?.value.text ?? record.first(.line)?.value.raw,
        quantity: quantity(of: record))
      guard let payload = line.payload else { return }
      return report.state(Self.kind, key: .key(Self.shared(visit)), at: product, payload: payload)
    }
    guard let visit = record.context("id")?.text, let side = side(of: record),
      let source = record.definition(of: .asset)
    else { return }
    let item = BasketItem(
      side: side, source: source.key.text, product: sold, entity: record.text(.entity), quantity: quantity(of: record))
    guard let payload = item.payload else { return }
    report.state(Self.kind, key: .text(visit), at: product, payload: payload)
    guard side == .picture else { return }
    report.state(Self.kind, key: .key(Self.shared(visit)), at: product, payload: payload)
  }

  /// What a visit is called in all files: the till's log is another one than the labels.
  private static func shared(_ visit: String) -> FactKey { FactKey(shared: "visit " + visit) }

  /// A shelf photograph is never held against a receipt.
  private func side(of record: Record) -> BasketItem.Side? {
    let source = record.source
    if source.modality == "image" { return source.view == "checkout" && record.first(.box) != nil ? .picture : nil }
    let isReceipt = source.view.map { $0 == "receipt" } ?? (record.first(.quantity) != nil)
    return isReceipt && source.modality.map(Self.receiptKinds.contains) == true ? .till : nil
  }

  /// Whole pieces; what is sold by weight is one piece, whatever it weighs.
  private func quantity(of record: Record) -> Int {
    if record.first(.void)?.value.bool == true { return 0 }
    guard let number = record.number(.quantity) else { return 1 }
    return Int(exactly: number).map { min(max($0, -Self.mostPieces), Self.mostPieces) } ?? (number < 0 ? -1 : 1)
  }

  /// Beyond any basket; keeps the sums small.
  private static let mostPieces = 1_000_000

  func group(_ group: Group, _ report: inout Report) {
    let facts = group.facts.compactMap { fact in BasketItem(fact.text).map { (fact: fact, item: sold($0, report)) } }
    let sides = Set(facts.map(\.item.side))
    // A side that nobody has labelled yet is not wrong.
    guard sides.contains(.picture), sides.count > 1 else { return }
    for difference in Basket(facts.map(\.item)).differences {
      let those = facts.filter { $0.item.product == difference.product }
      guard let main = those.first(where: { $0.item.side != .picture }) ?? those.first else { continue }
      let others = those.filter { $0.fact.place != main.fact.place }.prefix(8)
      report.finding(
        at: main.fact, "",
        ["till": difference.till, "picture": difference.picture, "product": report.name(of: difference.product)],
        related: others.map { Related(at: $0.fact, $0.item.side == .picture ? "picture" : "till") })
    }
  }

  /// A variant of a product, such as a promotional pack, counts as the product.
  private func sold(_ item: BasketItem, _ report: Report) -> BasketItem {
    var item = item
    item.product = item.product.map { report.original(of: $0) }
    return item
  }

  /// One box of milk at the checkout, beside the till's log.
  private static func logged(_ lines: String...) -> String {
    """
    //- concord.json
    {}
    //- checkout.json
    \(RetailExample.checkout(RetailExample.item(1, milk)))
    //- till.jsonl
    \(lines.joined(separator: "\n"))
    """
  }

  private static let milk = #""8936000010140""#
  private static let cola = #""8936000012366""#
}
