import PluginKit

/// A barcode number that is nobody's product: a shop's own, a coupon's, or one that is given to nobody.
struct GTINPrefixPolicy: RecordRule {
  static let info = RuleInfo(
    id: "gtin-prefix-policy", severity: .warning,
    summary: "A product on a shelf is named by a number that means it everywhere.",
    why: "A shop's own numbers mean something else in the next shop, and coupons are no products.",
    source:
      "GS1 prefixes: 02, 04 and 20 to 29 are free for use within a company or region, 980 to 984 and 990 to 999 are vouchers, "
      + "140 to 199 are not given out. A number that the list of products has is the list's own decision.",
    message:
      "This number is one that shops give out themselves, often with a weight or price in it: in another shop it is another product. Use the number of the product, or add this one to the list.",
    messages: [
      "voucher": "This is the number of a coupon or a refund, not of a product. Read it again from the pack.",
      "unused": "Nobody is given numbers that begin so, so this can't be a product's. Read it again from the pack.",
    ],
    good: [
      RetailExample.labelled(#""8934563138165""#),
      RetailExample.labelled(#""036000291452""#),
      RetailExample.labelled(#""96385074""#),
      RetailExample.labelled(#""9780201379624""#),
    ],
    bad: [
      RetailExample.labelled(#"⟪"2012345000001"⟫"#),
      RetailExample.labelled(#"⟪"212345000007"⟫"#),
      RetailExample.labelled(#"⟪"9901234567899"⟫"#),
      RetailExample.labelled(#"⟪"1500000000004"⟫"#),
    ])
  static let reads = Reads(fields: [.gtin], vocabularies: ["skus"], lookups: [.definition(of: .asset)])

  func check(_ record: Record, _ report: inout Report) {
    for field in record.all(.gtin) {
      // A wrong check digit is said elsewhere. Eight digits have prefixes of their own.
      guard let text = field.value.text, let gtin = GTIN(text), gtin.isValid, gtin.digits.count > 8,
        let message = Self.message(for: gtin), record.source.view == "shelf", report.term(text, in: "skus") == nil
      else { continue }
      report.finding(at: field, message, fold: text)
    }
  }

  /// `nil` for what may be a product's.
  private static func message(for gtin: GTIN) -> String? {
    // Fourteen digits begin with the kind of package; twelve lack the leading zero of thirteen.
    let digits = Array(gtin.padded.utf8.dropFirst()).map { Int($0) - Int(UInt8(ascii: "0")) }
    let prefix = digits[0] * 100 + digits[1] * 10 + digits[2]
    switch prefix {
    case 20...29, 40...49, 200...299: return ""
    case 140...199: return "unused"
    case 980...984, 990...999: return "voucher"
    default: return nil
    }
  }
}
