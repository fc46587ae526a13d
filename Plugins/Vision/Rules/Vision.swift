package import PluginKit

/// Image labels: what must hold in every format that has boxes and pictures.
package let plugin = Plugin(
  id: "vision", version: "0.1.0",
  rules: [
    AreaDisagrees.self,
    BBoxConventionSuspect.self,
    BBoxMalformed.self,
    BBoxOutOfImage.self,
    BoxMaskDisagree.self,
    DuplicateGeometry.self,
    IDRepresentationHazard.self,
    ImageSizeSwapped.self,
    IscrowdEncodingMismatch.self,
    KeypointsInconsistent.self,
    MediaFileAbsent.self,
    MediaReferenceMissing.self,
    MediaSizeDisagrees.self,
    ParallelArrayMismatch.self,
    PrivacyStateIncomplete.self,
    RelativeCoordinateScale.self,
    SegmentationMalformed.self,
    TrackWithoutKeyframe.self,
  ])
