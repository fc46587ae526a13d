package import PluginKit

/// Image labels: what must hold in every format that has boxes and pictures.
package let plugin = Plugin(
  id: "vision", version: "0.1.0",
  rules: [
    AreaDisagrees.self,
    AttributeScopeViolation.self,
    BBoxConventionSuspect.self,
    BBoxMalformed.self,
    BBoxOutOfImage.self,
    BoxMaskDisagree.self,
    DuplicateGeometry.self,
    IDRepresentationHazard.self,
    ImageSizeSwapped.self,
    IscrowdEncodingMismatch.self,
    KeypointsInconsistent.self,
    LabelCountAnomaly.self,
    MediaFileAbsent.self,
    MediaReferenceMissing.self,
    MediaSizeDisagrees.self,
    ParallelArrayMismatch.self,
    PredictionFileUnbound.self,
    PrivacyStateIncomplete.self,
    RelativeCoordinateScale.self,
    SegmentationMalformed.self,
    SplitLeak.self,
    TrackWithoutKeyframe.self,
  ])
