import PluginKit

/// A barcode number whose last digit does not fit the others.
struct GTINCheckDigit: RecordRule {
  static let info = RuleInfo(
    id: "gtin-check-digit", severity: .error,
    summary: "A barcode number ends in its check digit.",
    why: "A mistyped digit names another product, and bills it.",
    source: "GS1 General Specifications, section 7.9",
    // The number is never rewritten: any of its digits may be the wrong one.
    message:
      "This barcode can't be right: with these digits the last one is {expected}, not {found}. Read it "
      + "again from the pack.",
    good: [
      RetailExample.labelled(#""8934563138165""#),
      RetailExample.labelled(#""96385074""#),
      RetailExample.labelled(#""10614141000415""#),
      RetailExample.labelled(#""price-tag""#),
    ],
    bad: [
      RetailExample.labelled(#"⟪"8934563138166"⟫"#),
      RetailExample.labelled(#"⟪"036000291453"⟫"#),
    ])
  static let reads = Reads(fields: [.gtin])

  func check(_ record: Record, _ report: inout Report) {
    for field in record.all(.gtin) {
      guard let text = field.value.text, let gtin = GTIN(text), !gtin.isValid, let found = gtin.digits.last else {
        continue
      }
      // Eight digits may be another kind of code, whose check digit counts differently: that is `gtin-form-invalid`'s.
      if gtin.expandedShortCode != nil { continue }
      report.finding(
        at: field, "", ["expected": Int(gtin.expectedCheckDigit), "found": Int(found)], fold: text)
    }
  }
}
