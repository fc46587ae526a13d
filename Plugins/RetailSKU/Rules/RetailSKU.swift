package import PluginKit

/// Shop shelves and checkouts: barcodes, products nobody could name, the list of products, shelf plans, and what
/// was sold or planned against what was seen.
package let plugin = Plugin(
  id: "retail-sku", version: "0.1.0",
  rules: [
    BasketVisualMismatch.self,
    CheckoutBoxLoose.self,
    CheckoutLabelNotLeaf.self,
    ComplianceContradictsLayout.self,
    ComplianceUnanchored.self,
    CrossCameraIdentityConflict.self,
    EventIntervalInvalid.self,
    EventLabelConflict.self,
    EventTrackDisagree.self,
    FacingCountMismatch.self,
    GPCBrickInvalid.self,
    GTINCheckDigit.self,
    GTINFormInvalid.self,
    GTINPrefixPolicy.self,
    LabelNotCanonical.self,
    NetworkLabelConflict.self,
    OutOfStockWithFacing.self,
    PlanogramReferenceBroken.self,
    SKUGTINConflict.self,
    ShelfBoxOverlapsNeighbour.self,
    UnrecognisedWithoutDisposition.self,
    VariantCanonicalBroken.self,
  ], assistants: [BarcodeEnding.self])
