package import PluginKit

/// Image labels: what must hold in every format that has boxes and pictures.
package let plugin = Plugin(
  id: "vision", version: "0.1.0",
  rules: [
    BBoxConventionSuspect.self,
    BBoxMalformed.self,
    BBoxOutOfImage.self,
    DuplicateGeometry.self,
    MediaSizeDisagrees.self,
  ])
