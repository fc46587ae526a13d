import PluginKit

/// Width and height of a picture, in pixels. Both are positive.
struct ImageSize: Equatable {
  let width: Double
  let height: Double

  init?(width: Double?, height: Double?) {
    guard let width, let height, width > 0, height > 0 else { return nil }
    self.width = width
    self.height = height
  }

  /// The size the definition of a picture exports.
  init?(definition: Fact?) {
    guard let definition else { return nil }
    let (width, height) = definition.withPayload { ExportedNumber.named("width", "height", in: $0) }
    self.init(width: width, height: height)
  }

  /// The size of the picture that a label is in; read once, whichever rules ask.
  static func ofPicture(_ record: Record) -> ImageSize? {
    record.once("picture-size", of: record.root, reading: reading) {
      ImageSize(definition: record.definition(of: .asset))
    }
  }
  private static let reading: [Field] = [.asset]

  var exchanged: ImageSize { ImageSize(width: height, height: width) ?? self }
}

extension FactKind {
  /// A labelled box, stated by the host: keyed by its picture, with the label as payload.
  static let region = FactKind("concord/region")
}
