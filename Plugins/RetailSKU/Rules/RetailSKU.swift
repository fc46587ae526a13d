package import PluginKit

/// Shop shelves and checkouts: barcodes, products nobody could name, and what was sold against what was seen.
package let plugin = Plugin(
  id: "retail-sku", version: "0.1.0",
  rules: [
    BasketVisualMismatch.self,
    GTINCheckDigit.self,
    GTINFormInvalid.self,
    GTINPrefixPolicy.self,
    ShelfBoxOverlapsNeighbour.self,
    UnrecognisedWithoutDisposition.self,
  ], assistants: [BarcodeEnding.self])
