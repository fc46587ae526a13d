import PluginKit

extension Field {
  /// A value that must be a barcode number. The formats declare it where a label names a product.
  static let gtin = Field("gtin")
  /// A label that says that nobody could name the product.
  static let unrecognised = Field("unrecognised")
  /// Whether the product could be named.
  static let recognised = Field("recognised")
  /// What happens with a product nobody could name.
  static let disposition = Field("disposition")
  /// The shelf board, counted from the bottom.
  static let row = Field("row")
  /// A line of a receipt that was taken back.
  static let void = Field("void")
}

extension Record {
  /// What the picture shows (`shelf`, `checkout`, `receipt`) and what it is (`image`, `text`), as its definition exports them.
  /// Declares nothing: a rule that asks needs `.definition(of: .asset)` among its look-ups.
  var source: (view: String?, modality: String?) {
    guard let exports = definition(of: .asset)?.exports else { return (nil, nil) }
    return (exports["view"]?.text, exports["modality"]?.text)
  }
}
