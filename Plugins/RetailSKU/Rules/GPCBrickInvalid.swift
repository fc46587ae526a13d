import PluginKit

/// A product group that is none, or not the same for what belongs together.
struct GPCBrickInvalid: GroupRule {
  static let info = RuleInfo(
    id: "gpc-brick-invalid", severity: .warning,
    summary: "A product is in one product group, given by the 8 digits of a GPC brick.",
    why: "Reports and shelf plans are made by product group: what has another code is missing in them.",
    source:
      "GS1 GPC: a barcode belongs to exactly one brick. The codes of segments, families and classes begin with 5 to 9 and end "
      + "in 00, those of attributes and their values begin with 2 and 3.",
    message: "A product group is a code of 8 digits. This one has {count}.",
    messages: [
      "letters": "A product group is a code of 8 digits, such as 10000025. `{text}` isn't one.",
      "wide":
        "This code stands for a whole range of product groups, not for one. Choose the group in it that the product belongs to.",
      "attribute":
        "This code stands for a property of products, such as their flavour, not for a product group. Look up the group's code.",
      "barcode": "Above, the same barcode is in the product group {other}. A barcode is in one group: decide which.",
      "variant": "The original is in the product group {other}. A variant is in the same group: decide which.",
      "other": "The other entry",
      "take": "Write {other}",
    ],
    good: [
      RetailExample.products(
        RetailExample.product(#""1""#, "null", #""gpc_brick": "10000025""#),
        RetailExample.product(#""2""#, "null", #""gpc_brick": "10000025", "canonical_sku": "1""#)),
      RetailExample.products(RetailExample.product(#""1""#, "null", #""gpc_brick": null"#)),
    ],
    bad: [
      RetailExample.products(RetailExample.product(#""1""#, "null", #""gpc_brick": ⟪"1000002"⟫"#)),
      RetailExample.products(RetailExample.product(#""1""#, "null", #""gpc_brick": ⟪"milk"⟫"#)),
      RetailExample.products(RetailExample.product(#""1""#, "null", #""gpc_brick": ⟪"50130000"⟫"#)),
      RetailExample.products(RetailExample.product(#""1""#, "null", #""gpc_brick": ⟪"20000045"⟫"#)),
      RetailExample.products(
        RetailExample.product(#""1""#, milk, #""gpc_brick": "10000025""#),
        RetailExample.product(#""1""#, milk, #""gpc_brick": ⟪"10000217"⟫"#)),
      RetailExample.products(
        RetailExample.product(#""1""#, "null", #""gpc_brick": "10000025""#),
        RetailExample.product(#""2""#, "null", #""gpc_brick": ⟪"10000217"⟫, "canonical_sku": "1""#)),
    ])
  static let reads = Reads(fields: [.gpcBrick, .sku, .gtin, .canonicalSKU], needs: [.gpcBrick])
  static let kind = FactKind("retail-sku/product-group")
  static let states = [kind]
  static let fewest = 2

  /// Longer numbers are not joined.
  private static let longestNumber = 64

  func state(_ record: Record, _ report: inout Report) {
    guard let field = record.first(.gpcBrick), let text = field.text, !text.allSatisfy(\.isWhitespace) else { return }
    guard let digits = GTIN.digits(text) else {
      return report.finding(at: field, "letters", ["text": text], fold: text)
    }
    guard digits.count == 8 else { return report.finding(at: field, "", ["count": digits.count], fold: text) }
    if let fault = Self.fault(of: digits) { return report.finding(at: field, fault, fold: text) }
    let code = record.first(.gtin)?.value.text.flatMap { GTIN($0) }.flatMap { $0.isValid ? $0 : nil }
    if let code, !code.isOwnNumber {
      report.state(Self.kind, key: .text("gtin \(code.padded)"), at: field, payload: .text("  \(text)"))
    }
    guard let sku = record.word(.sku) else { return }
    let original = record.word(.canonicalSKU).flatMap { $0 == sku ? nil : $0 }
    guard (original ?? sku).utf8.count <= Self.longestNumber else { return }
    // What shares a barcode with its original is told of already.
    report.state(
      Self.kind, key: .text("sku \(original ?? sku)"), at: field,
      payload: .text((original == nil ? "o " : "v ") + text + (code.map { " \($0.padded)" } ?? "")))
  }

  /// The key of what is said of 8 digits that are no brick's.
  private static func fault(of digits: [UInt8]) -> String? {
    switch digits[0] {
    case 2, 3: "attribute"
    case 5... where digits[6] == 0 && digits[7] == 0: "wide"
    default: nil
    }
  }

  func group(_ group: Group, _ report: inout Report) {
    let members = group.facts.map { fact in
      (fact: fact, parts: fact.text.split(separator: " ", omittingEmptySubsequences: false).map(String.init))
    }.filter { $0.parts.count >= 2 }
    let isOfBarcode = members.first?.parts[0].isEmpty ?? true
    if isOfBarcode {
      guard let first = members.first, let brick = first.parts.last else { return }
      for member in members.dropFirst() where member.parts.last != brick {
        say("barcode", member.fact, brick, first.fact, &report)
      }
      return
    }
    guard let original = members.first(where: { $0.parts[0] == "o" }) else { return }
    for member in members where member.parts[0] == "v" && member.parts[1] != original.parts[1] {
      let sharesBarcode = member.parts.count > 2 && original.parts.count > 2 && member.parts[2] == original.parts[2]
      if !sharesBarcode { say("variant", member.fact, original.parts[1], original.fact, &report) }
    }
  }

  private func say(_ message: String, _ fact: Fact, _ brick: String, _ other: Fact, _ report: inout Report) {
    report.finding(
      at: fact, message, ["other": brick], related: [Related(at: other, "other")],
      fixes: [Fix("take", ["other": brick], edits: [.replace(fact, with: JSON.quoted(brick))])])
  }

  private static let milk = #""8936000010140""#
}
