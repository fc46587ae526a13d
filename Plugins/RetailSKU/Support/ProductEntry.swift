package import PluginKit

/// What the list of products says of one product, as far as it is compared with others.
package struct ProductEntry: Equatable {
  package var sku: String
  /// The barcode, filled up to 14 digits; `nil` if there is none, or one that can't be right.
  package var gtin: String?
  /// The product it is a variant of; `nil` if it is none.
  package var original: String?
  package var successor: String?
  /// The first and last day it is sold, in days since 1970-01-01.
  package var from: Int?
  package var to: Int?
  package var isVariant: Bool
  /// Of one piece, as far as is known: not of a case or pallet.
  package var isOfPiece: Bool

  static let fields: [Field] = [
    .sku, .gtin, .canonicalSKU, .variantKind, .replacedBy, .validFrom, .validTo, .packLevel,
  ]

  /// Longer texts don't fit a fact.
  private static let longestText = 48

  /// `nil` if the record is no product.
  init?(_ record: Record) {
    guard let sku = record.word(.sku) else { return nil }
    self.sku = sku
    let code = record.first(.gtin)?.value.text.flatMap { GTIN($0) }.flatMap { $0.isValid ? $0 : nil }
    gtin = code?.padded
    original = record.word(.canonicalSKU).flatMap { $0 == sku ? nil : $0 }
    successor = record.word(.replacedBy)
    from = record.word(.validFrom).flatMap { Day($0) }?.number
    to = record.word(.validTo).flatMap { Day($0) }?.number
    isVariant = original != nil || record.word(.variantKind) != nil
    let level = record.word(.packLevel)
    let isPiece = code?.packaging.map { $0 == 0 } ?? true
    isOfPiece = level.map { $0 == "each" } ?? isPiece
  }

  /// `nil` if one of the texts is too long to be carried.
  package var payload: Payload? {
    let texts = [sku, original ?? "", successor ?? ""]
    guard texts.allSatisfy({ $0.utf8.count <= Self.longestText && !$0.contains("\u{1F}") }) else { return nil }
    let numbers = [gtin ?? "", from.map { "\($0)" } ?? "", to.map { "\($0)" } ?? ""]
    return .text((texts + numbers + [isVariant ? "v" : "", isOfPiece ? "p" : ""]).joined(separator: "\u{1F}"))
  }

  package init?(_ text: String) {
    let parts = text.split(separator: "\u{1F}", omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 8 else { return nil }
    sku = parts[0]
    original = parts[1].isEmpty ? nil : parts[1]
    successor = parts[2].isEmpty ? nil : parts[2]
    gtin = parts[3].isEmpty ? nil : parts[3]
    from = Int(parts[4])
    to = Int(parts[5])
    isVariant = !parts[6].isEmpty
    isOfPiece = !parts[7].isEmpty
  }

  /// Whether the list itself says that the two belong together: one is the other's variant or successor, or both are variants
  /// of one product.
  package func belongs(to other: ProductEntry) -> Bool {
    if sku == other.sku || original == other.sku || other.original == sku { return true }
    if successor == other.sku || other.successor == sku { return true }
    return original != nil && original == other.original
  }

  /// Whether both are sold on one day, as far as is known.
  package func isSold(with other: ProductEntry) -> Bool {
    (from ?? .min) <= (other.to ?? .max) && (other.from ?? .min) <= (to ?? .max)
  }
}

extension Record {
  /// A text with something in it.
  func word(_ field: Field) -> String? {
    guard let text = first(field)?.value.text, !text.allSatisfy(\.isWhitespace) else { return nil }
    return text
  }
}
