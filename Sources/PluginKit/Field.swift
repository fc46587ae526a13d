/// What a value is in its record (its label, its box), whatever the format calls it: the `x-field` of a schema.
public struct Field: RawRepresentable, Sendable, Hashable, ExpressibleByStringLiteral {
  let number: Int

  /// The name as declared; every name is allowed.
  public init(rawValue: String) { number = Names.fields.number(of: rawValue) }
  /// The name as declared; every name is allowed.
  public init(_ name: String) { self.init(rawValue: name) }
  /// The name as declared; every name is allowed.
  public init(stringLiteral value: String) { self.init(rawValue: value) }
  /// The name.
  public var rawValue: String { Names.fields.name(of: number) }

  /// What the record is called by others.
  public static let id = Field("id")
  /// The file or recording it belongs to.
  public static let asset = Field("asset")
  /// The source within a sample.
  public static let source = Field("source")
  /// The thing in the world it shows.
  public static let entity = Field("entity")
  /// What it was called.
  public static let label = Field("label")
  /// A name for people.
  public static let name = Field("name")
  /// What sort of annotation it is.
  public static let kind = Field("kind")
  /// A transcript or other text.
  public static let text = Field("text")
  /// A measured value.
  public static let value = Field("value")
  /// The unit of a value.
  public static let unit = Field("unit")
  /// How many.
  public static let quantity = Field("quantity")
  /// Confidence, 0 to 1.
  public static let score = Field("score")
  /// Who made it.
  public static let by = Field("by")
  /// Person, model, …
  public static let origin = Field("origin")
  /// Which reading it comes from.
  public static let pass = Field("pass")
  /// The day it was made.
  public static let date = Field("date")

  /// A rectangle; numbers x, y, width, height in pixels.
  public static let box = Field("box")
  /// An outline; numbers are x, y pairs in pixels.
  public static let polygon = Field("polygon")
  /// A mask.
  public static let mask = Field("mask")
  /// Marked points.
  public static let keypoints = Field("keypoints")
  /// A box in space.
  public static let cuboid = Field("cuboid")
  /// A point; numbers x, y.
  public static let point = Field("point")
  /// Square pixels.
  public static let area = Field("area")
  /// Of an asset, pixels.
  public static let width = Field("width")
  /// Of an asset, pixels.
  public static let height = Field("height")
  /// Whether it stands for many at once.
  public static let crowd = Field("crowd")

  /// A stretch of time; numbers start, end in seconds.
  public static let interval = Field("interval")
  /// Seconds.
  public static let start = Field("start")
  /// Seconds.
  public static let end = Field("end")
  /// Seconds.
  public static let duration = Field("duration")
  /// Seconds into the file.
  public static let offset = Field("offset")
  /// Samples a second.
  public static let sampleRate = Field("sample-rate")
  /// How many.
  public static let channels = Field("channels")
  /// Who speaks.
  public static let speaker = Field("speaker")
  /// A language tag.
  public static let language = Field("language")

  /// What ties one thing together across frames.
  public static let track = Field("track")
  /// Number or name of a frame.
  public static let frame = Field("frame")
  /// The one end of a link.
  public static let from = Field("from")
  /// The other end of a link.
  public static let to = Field("to")
  /// A media file's path.
  public static let media = Field("media")
  /// The path of a file of samples.
  public static let dataFile = Field("data-file")
}

/// A kind of fact, named with the plugin that states it: `vision/region`. Facts with `concord/` in front come from the host.
public struct FactKind: RawRepresentable, Sendable, Hashable, ExpressibleByStringLiteral {
  let number: Int

  /// The name as declared; every name is allowed.
  public init(rawValue: String) { number = Names.kinds.number(of: rawValue) }
  /// The name as declared; every name is allowed.
  public init(_ name: String) { self.init(rawValue: name) }
  /// The name as declared; every name is allowed.
  public init(stringLiteral value: String) { self.init(rawValue: value) }
  /// The name.
  public var rawValue: String { Names.kinds.name(of: number) }
}

extension FactKind {
  /// What the host knows of a picture, film or sound that a value names (`x-media`), keyed by the path as written. As payload, in
  /// words: a picture's width, height and EXIF orientation in decimal; `sound`, and its sample rate, channels, samples of a channel and bits
  /// a sample (`0`: not known); `there`; `missing`, with another path behind it that may
  /// be meant, or alone if others of its kind lie in that folder. Nothing is stated of files that were not brought along.
  public static let media: FactKind = "concord/media"
  /// The same of a file of samples (`x-media` with the modality `data`). Besides: `all` or `first`, a space, and a JSON list of the
  /// members that all its samples, or the first of them, have at least once.
  public static let dataFile: FactKind = "concord/data-file"
}
