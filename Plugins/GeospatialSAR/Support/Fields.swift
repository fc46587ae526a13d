import PluginKit

extension Field {
  /// A shape in longitude and latitude, its bounds, and the coordinate system it claims.
  static let shape = Field("geo-geometry")
  static let bounds = Field("geo-bbox")
  static let crs = Field("geo-crs")
  /// What is known of a thing on a map.
  static let properties = Field("geo-properties")
  /// The size of a pixel on the ground, in metres.
  static let pixelSize = Field("geo-gsd")
  /// An outline as text (WKT): in degrees, and in pixels.
  static let mapText = Field("wkt-map")
  static let pixelText = Field("wkt-pixels")

  /// A STAC item: itself, its name, what it says, its files and its links.
  static let item = Field("stac-item")
  static let itemVersion = Field("stac-version")
  static let itemName = Field("stac-id")
  static let itemProperties = Field("stac-properties")
  static let itemTime = Field("stac-time")
  static let itemStart = Field("stac-start")
  static let itemEnd = Field("stac-end")
  static let footprint = Field("stac-footprint")
  static let extensions = Field("stac-extensions")
  static let assets = Field("stac-assets")
  static let link = Field("stac-link")
  static let labelledAssets = Field("label-assets")
  static let assetPolarizations = Field("asset-polarizations")
  static let crsCode = Field("proj-code")
  static let crsNumber = Field("proj-epsg")
  static let absoluteOrbit = Field("sat-absolute-orbit")
  static let relativeOrbit = Field("sat-relative-orbit")
  static let gridTransform = Field("proj-transform")

  /// How a radar image was taken.
  static let platform = Field("sar-platform")
  static let mode = Field("sar-mode")
  static let band = Field("sar-band")
  static let frequency = Field("sar-frequency")
  static let polarizations = Field("sar-polarizations")
  static let lookSide = Field("sar-side")
  static let incidence = Field("sar-incidence")
  static let plane = Field("image-plane")

  /// A ship's message.
  static let mmsi = Field("ais-mmsi")
  static let messageType = Field("ais-type")
  static let isScaled = Field("ais-scaled")
  static let receivedAt = Field("ais-time")
  static let shipLongitude = Field("ais-lon")
  static let shipLatitude = Field("ais-lat")
  static let shipSpeed = Field("ais-speed")
  static let shipCourse = Field("ais-course")
  static let shipHeading = Field("ais-heading")
  static let shipTurn = Field("ais-turn")
  static let shipType = Field("ais-shiptype")
  static let toBow = Field("ais-bow")
  static let toStern = Field("ais-stern")

  /// Buildings before and after a disaster.
  static let building = Field("building-uid")
  static let damage = Field("damage-level")

  /// A found ship.
  static let isVessel = Field("is-vessel")
  static let isFishing = Field("is-fishing")

  /// An image of a scene, and what was seen in it.
  static let sceneTime = Field("scene-time")
  static let sceneFootprint = Field("scene-footprint")
  static let sightingLabel = Field("sighting-label")
  static let sightingPlace = Field("sighting-place")
  static let sightingShip = Field("sighting-mmsi")
  static let isDark = Field("sighting-dark")
  static let objectHeight = Field("object-height")
  static let objectLength = Field("object-length")
  static let opticalAttribute = Field("optical-attribute")
  static let radarAttribute = Field("radar-attribute")
}
