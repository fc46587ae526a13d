/// What a value is in its record (its label, its box), whatever the format calls it: the `x-field` of a schema.
public struct Field: RawRepresentable, Sendable, Hashable, ExpressibleByStringLiteral {
  let number: Int

  public init(rawValue: String) { number = Names.fields.number(of: rawValue) }
  public init(_ name: String) { self.init(rawValue: name) }
  public init(stringLiteral value: String) { self.init(rawValue: value) }
  public var rawValue: String { Names.fields.name(of: number) }

  public static let id = Field("id")
  public static let asset = Field("asset")
  public static let source = Field("source")
  public static let entity = Field("entity")
  public static let label = Field("label")
  public static let name = Field("name")
  public static let kind = Field("kind")
  public static let text = Field("text")
  public static let value = Field("value")
  public static let unit = Field("unit")
  public static let quantity = Field("quantity")
  public static let score = Field("score")
  public static let by = Field("by")
  public static let origin = Field("origin")
  public static let pass = Field("pass")
  public static let date = Field("date")

  public static let box = Field("box")
  public static let polygon = Field("polygon")
  public static let mask = Field("mask")
  public static let keypoints = Field("keypoints")
  public static let cuboid = Field("cuboid")
  public static let point = Field("point")
  public static let area = Field("area")
  public static let width = Field("width")
  public static let height = Field("height")
  public static let crowd = Field("crowd")

  public static let interval = Field("interval")
  public static let start = Field("start")
  public static let end = Field("end")
  public static let duration = Field("duration")
  public static let offset = Field("offset")
  public static let sampleRate = Field("sample-rate")
  public static let channels = Field("channels")
  public static let speaker = Field("speaker")
  public static let language = Field("language")

  public static let track = Field("track")
  public static let frame = Field("frame")
  public static let from = Field("from")
  public static let to = Field("to")
  public static let media = Field("media")
}

/// A kind of fact, named with the plugin that states it: `vision/region`. Facts with `concord/` in front come from the host.
public struct FactKind: RawRepresentable, Sendable, Hashable, ExpressibleByStringLiteral {
  let number: Int

  public init(rawValue: String) { number = Names.kinds.number(of: rawValue) }
  public init(_ name: String) { self.init(rawValue: name) }
  public init(stringLiteral value: String) { self.init(rawValue: value) }
  public var rawValue: String { Names.kinds.name(of: number) }
}
