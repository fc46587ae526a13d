import PluginKit

/// What the header of a recording's own file says.
struct SoundFile {
  let rate: Int
  let channels: Int
  /// `nil` where the file does not say how long it is.
  let seconds: Double?

  /// As the host states it; `nil` of files whose header nobody read.
  init?(_ text: String) {
    let words = text.split(separator: " ")
    let numbers = words.dropFirst().compactMap { Int($0) }
    guard words.first == "sound", numbers.count >= 3, numbers[0] > 0, numbers[1] > 0 else { return nil }
    (rate, channels) = (numbers[0], numbers[1])
    seconds = numbers[2] > 0 ? Double(numbers[2]) / Double(numbers[0]) : nil
  }

  static let fields: [Field] = [.recordingPath, .mediaPath]
  static let lookups: [Lookup] = fields.map { .facts(.media, keyedBy: $0) }

  /// What is known of a file that a record names, in the host's words.
  static func words(of field: FieldValue, _ record: Record) -> String? {
    for lookup in lookups {
      if let fact = record.facts(lookup).first(where: { $0.place == field.value.place }) { return fact.text }
    }
    return nil
  }

  /// The file of a record that names one; of several, nobody knows which is meant.
  static func only(of record: Record) -> (file: SoundFile, path: FieldValue)? {
    let paths = fields.flatMap { record.all($0) }
    guard paths.count == 1, let path = paths.first, let file = words(of: path, record).flatMap(SoundFile.init) else {
      return nil
    }
    return (file, path)
  }
}
