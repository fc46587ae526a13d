import PluginKit

/// A barcode being typed, finished with the check digit that its other digits give.
struct BarcodeEnding: Assistant {
  static let reads = Reads(fields: [.gtin])

  func complete(_ record: Record, at value: Value, _ offers: inout Offers) {
    guard record.all(.gtin).contains(where: { $0.value.place == value.place }), let text = value.text,
      let digits = GTIN.digits(text), GTIN.lengths.contains(digits.count + 1), GTIN(text)?.isValid != true
    else { return }
    let whole = text + String(GTIN.checkDigit(of: digits[...]))
    offers.add(whole, value: JSON.quoted(whole), detail: "with its check digit")
  }
}
