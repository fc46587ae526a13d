import PluginKit

/// A barcode number that is written in a way that loses or blurs it.
struct GTINFormInvalid: RecordRule {
  static let info = RuleInfo(
    id: "gtin-form-invalid", severity: .error,
    summary: "A barcode number is 8, 12, 13 or 14 digits, in quotes.",
    why: "Without quotes the zeros at its start are lost; with other lengths it names no product.",
    source: "GS1 General Specifications, section 3: GTIN-8, -12, -13, -14",
    message: "A barcode has 8, 12, 13 or 14 digits. This one has {count}. Read it again from the pack.",
    messages: [
      "empty": "The barcode is missing here. Type it from the pack, or `unknown` if nobody can tell.",
      "number": "A barcode belongs in quotes: written as a number it loses the zeros at its start.",
      "rounded": "A spreadsheet has rounded this barcode, and its last digits are lost. Export the column as text.",
      "letters": "A barcode is digits only. `{text}` isn't one.",
      "name": "A barcode belongs here, not a name. The product list has {gtin} for *{name}*.",
      "kind": "A barcode belongs here, in quotes.",
      "short":
        "This can be read as two different barcodes: as 8 digits, or as a short American one that "
        + "stands for {expanded}. Write the one you mean.",
      "shortened": "This looks like a short American barcode, which stands for {expanded}. Write all 12 digits.",
      "quote": "Write it in quotes: \"{gtin}\"",
      "strip": "Keep the digits only: {gtin}",
      "take": "Write {gtin}",
    ],
    good: [
      RetailExample.labelled(#""036000291452""#),
      RetailExample.labelled(#""gap""#),
    ],
    bad: [
      RetailExample.labelled(#"⟪36000291452⟫"#),
      RetailExample.labelled(#"⟪8.93E+12⟫"#),
      RetailExample.labelled(#"⟪"89345631381"⟫"#),
      RetailExample.labelled(#"⟪"893456 3138165"⟫"#),
      RetailExample.labelled(#"⟪"02345673"⟫"#),
    ])
  static let reads = Reads(fields: [.gtin], vocabularies: ["skus"])

  func check(_ record: Record, _ report: inout Report) {
    for field in record.all(.gtin) {
      let value = field.value
      switch value.kind {
      // What is missing or not well formed is already marked as such, at the same place.
      case .missing: continue
      case _ where value.isMalformed: continue
      case .number: checkNumber(value, &report)
      case .string: checkText(value, value.text ?? "", &report)
      case .null, .true, .false, .array, .object: report.finding(at: value, "kind")
      }
    }
  }

  private func checkNumber(_ value: Value, _ report: inout Report) {
    guard let digits = GTIN.digits(value.raw) else { return report.finding(at: value, "rounded", fold: value.raw) }
    let gtin = Self.filledUp(digits)
    report.finding(at: value, "number", fixes: gtin.map { [fix("quote", value, $0)] } ?? [], fold: value.raw)
  }

  private func checkText(_ value: Value, _ text: String, _ report: inout Report) {
    if text.allSatisfy(\.isWhitespace) { return report.finding(at: value, "empty") }
    if let gtin = GTIN(text) { return checkShortCode(value, gtin, &report) }
    if let digits = GTIN.digits(text) {
      // One in ten numbers fits by chance, so this is only an offer.
      let lost = Self.filledUp(digits).map { [take($0, for: value)] } ?? []
      return report.finding(at: value, "", ["count": digits.count], fixes: lost, fold: text)
    }
    let kept = text.filter { !" -.\u{A0}".contains($0) }
    if let gtin = GTIN(kept), gtin.isValid {
      return report.finding(at: value, "letters", ["text": text], fixes: [fix("strip", value, gtin)], fold: text)
    }
    if let term = report.term(text, in: "skus"), let gtin = GTIN(term.id) {
      return report.finding(
        at: value, "name", ["gtin": gtin.text, "name": term.label], fixes: [take(gtin, for: value)], fold: text)
    }
    report.finding(at: value, "letters", ["text": text], fold: text)
  }

  /// Eight digits that begin with 0 or 1 may be an American short code. Which one it is, only a person can say.
  private func checkShortCode(_ value: Value, _ gtin: GTIN, _ report: inout Report) {
    guard let expanded = gtin.expandedShortCode else { return }
    report.finding(
      at: value, gtin.isValid ? "short" : "shortened", ["expanded": expanded.text], severity: .warning,
      fixes: [take(expanded, for: value)], fold: gtin.text)
  }

  private func take(_ gtin: GTIN, for value: Value) -> Fix {
    Fix("take", ["gtin": gtin.text], edits: [.replace(value, with: JSON.quoted(gtin.text))])
  }

  /// Certain where it only restores what was lost: the check digit holds, and eight digits mean one code.
  private func fix(_ title: String, _ value: Value, _ gtin: GTIN) -> Fix {
    Fix(
      title, ["gtin": gtin.text], isCertain: gtin.expandedShortCode == nil,
      edits: [.replace(value, with: JSON.quoted(gtin.text))])
  }

  /// With the zeros that a number loses, up to the next length, if the check digit then holds.
  private static func filledUp(_ digits: [UInt8]) -> GTIN? {
    guard digits.count >= 7, let length = GTIN.lengths.first(where: { $0 >= digits.count }) else { return nil }
    let zeros = Array(repeating: UInt8(0), count: length - digits.count)
    guard let gtin = GTIN(GTIN.text(of: zeros + digits)), gtin.isValid else { return nil }
    return gtin
  }
}
