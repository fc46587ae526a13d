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
  /// The visit to the checkout that a line of a till log belongs to.
  static let visit = Field("visit")
  /// Which line of the receipt it is.
  static let line = Field("receipt-line")
  /// A line of a receipt that was taken back.
  static let void = Field("void")

  /// What a shop calls a product.
  static let sku = Field("sku")
  /// The product it is a variant of.
  static let canonicalSKU = Field("canonical-sku")
  /// What kind of variant it is.
  static let variantKind = Field("variant-kind")
  /// A piece, a case, a pallet.
  static let packLevel = Field("pack-level")
  /// The product group, a GPC code.
  static let gpcBrick = Field("gpc-brick")
  /// The first day it is sold.
  static let validFrom = Field("valid-from")
  /// The last day it is sold.
  static let validTo = Field("valid-to")
  /// The product that took its place.
  static let replacedBy = Field("replaced-by")

  /// The name of a place on a shelf plan, where the plan defines it.
  static let plannedPosition = Field("planned-position")
  /// What belongs there.
  static let plannedProduct = Field("planned-product")
  /// The shelf board it is on.
  static let plannedFixture = Field("planned-fixture")
  /// Its left edge, in the plan's unit.
  static let plannedLeft = Field("planned-left")
  /// Its top edge.
  static let plannedTop = Field("planned-top")
  /// How many of the product stand there side by side.
  static let facings = Field("facings")

  /// The place of a shelf plan that something stands at.
  static let position = Field("position")
  /// How it stands against the plan.
  static let compliance = Field("compliance")
  /// The shelf plan's name.
  static let planogram = Field("planogram")
  /// The shelf plan's version.
  static let planogramVersion = Field("planogram-version")
  /// The kind of shop.
  static let storeFormat = Field("store-format")
  /// An empty place on a shelf.
  static let gap = Field("gap")

  /// From when to when something happens: start and end in seconds.
  static let eventSpan = Field("event-span")
  /// The frames at which something begins (1) and ends (0).
  static let signal = Field("signal")
}

extension Record {
  /// What the picture shows (`shelf`, `checkout`, `receipt`) and what it is (`image`, `text`), as its definition exports them.
  /// Declares nothing: a rule that asks needs `.definition(of: .asset)` among its look-ups.
  var source: (view: String?, modality: String?) {
    guard let exports = definition(of: .asset)?.exports else { return (nil, nil) }
    return (exports["view"]?.text, exports["modality"]?.text)
  }
}

extension Field {
  /// Where in the shop something happens.
  static let eventZone = Field("event-zone")
  /// The price of one piece.
  static let price = Field("price")
  /// What one shop calls a product, and what the whole chain calls it.
  static let storeLabel = Field("store-label")
  static let networkLabel = Field("network-label")
}
