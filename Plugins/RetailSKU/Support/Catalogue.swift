import PluginKit

/// Products by their barcode, filled up to 14 digits, or by what their barcodes have in common. A rule that asks needs `skus` among
/// its vocabularies.
extension Report {
  /// The list may hold the code with fewer zeros in front.
  func listed(_ product: String) -> Term? {
    for zeros in 0...6 where product.utf8.prefix(zeros).allSatisfy({ $0 == UInt8(ascii: "0") }) {
      if let term = term(String(product.dropFirst(zeros)), in: "skus") { return term }
    }
    return nil
  }

  /// A variant of a product, such as a promotional pack, counts as the product.
  func original(of product: String) -> String {
    guard let term = listed(product), term.canonical != term.id, let original = GTIN(term.canonical) else {
      return product
    }
    return original.padded
  }

  /// What a barcode stands for when products are compared; `nil` if it can't be right.
  func original(ofCode code: String) -> String? {
    guard let gtin = GTIN(code), gtin.isValid else { return nil }
    return gtin.itemReference ?? original(of: gtin.padded)
  }

  /// What the list calls it, or its barcode as it stands on a pack.
  func name(of product: String) -> String { listed(product)?.label ?? GTIN(product)?.shortest ?? product }
}
