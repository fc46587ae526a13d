import PluginKit

/// An entity of a labelled note (RadGraph): some words, what they say, and what they belong to.
struct NoteEntity {
  let value: Value
  let id: String
  let words: String
  let label: String
  let start: Int
  let relations: [(kind: String, target: String)]

  init?(_ value: Value) {
    guard let id = value.key, let words = value["tokens"]?.text, let label = value["label"]?.text else { return nil }
    self.value = value
    self.id = id
    self.words = words
    self.label = label
    start = value["start_ix"]?.integer ?? 0
    relations = (value["relations"].map { Array($0.children) } ?? []).compactMap { relation in
      guard let kind = relation[0]?.text, let target = relation[1]?.scalarText else { return nil }
      return (kind, target)
    }
  }

  /// Both spellings of the form: `OBS-DP` and `Observation::definitely present`.
  var isAnatomy: Bool { label.hasPrefix("ANAT") || label.hasPrefix("Anatomy") }
  var isObservation: Bool { label.hasPrefix("OBS") || label.hasPrefix("Observation") }
  var presence: Observation.Presence? {
    guard isObservation else { return nil }
    if label.hasSuffix("DP") || label.hasSuffix("definitely present") { return .present }
    if label.hasSuffix("DA") || label.hasSuffix("definitely absent") { return .absent }
    return label.hasSuffix("U") || label.hasSuffix("uncertain") ? .uncertain : nil
  }

  func targets(_ kind: String) -> [String] { relations.filter { $0.kind == kind }.map(\.target) }
}

/// What a labelled note says of one finding, with the places it says it at.
struct NoteFinding {
  var observation: Observation
  let words: Value
  /// The word that names the side, and the one that names the size.
  var side: Value?
  var size: Value?

  /// All of a note; of two people's readings the first.
  static func all(in record: Record, _ report: Report) -> [NoteFinding] {
    guard let reading = NoteReading.all(in: record).first else { return [] }
    let name = Self.name(of: record.text(.noteText) ?? "")
    return reading.entities.compactMap { entity in
      var finding = NoteFinding(entity, in: reading, report)
      finding?.observation.note = name
      return finding
    }
  }

  /// A name that tells one note of a study from another.
  private static func name(of text: String) -> String {
    let hash = text.utf8.reduce(0xcbf2_9ce4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
    return "#" + String(hash, radix: 36)
  }

  private init?(_ entity: NoteEntity, in reading: NoteReading, _ report: Report) {
    // `nodular` before `opacity` is a word for the opacity, not a nodule.
    let modifies = entity.targets("modify").contains { reading[$0]?.isObservation == true }
    guard !modifies, let presence = entity.presence, let concept = Self.concept(entity.words, report),
      let words = entity.value["tokens"]
    else { return nil }
    self.words = words
    observation = Observation(.note, concept)
    observation.presence = presence
    let sites = entity.targets("located_at").prefix(4).compactMap { reading[$0] }.filter(\.isAnatomy)
    let around = sites.flatMap { reading.modifiers(of: $0.id) }.filter(\.isAnatomy)
    let modifiers = reading.modifiers(of: entity.id)
    locate(by: (sites + around).sorted { $0.start < $1.start }, report)
    let sided = (modifiers + around + sites).compactMap { other in Self.side(in: other.words).map { (side: $0, other) }
    }
    if let first = sided.first {
      // On both sides at once, none of them is its side.
      observation.side = sided.allSatisfy { $0.side == first.side } ? first.side : nil
      side = first.1.value["tokens"]
    }
    for other in modifiers + [entity] {
      guard let millimetres = Self.millimetres(in: other.words) else { continue }
      observation.size = max(observation.size ?? 0, millimetres)
      size = size ?? other.value["tokens"]
    }
  }

  private static func concept(_ words: String, _ report: Report) -> Term? {
    let lower = words.lowercased()
    let candidates = [lower, lower.split(separator: " ").last.map(String.init) ?? lower]
    return candidates.lazy.compactMap { report.term($0, in: Vocabulary.findings) }.first
  }

  private mutating func locate(by parts: [NoteEntity], _ report: Report) {
    let words = parts.prefix(12).flatMap { $0.words.lowercased().split(separator: " ").map(String.init) }
    guard !words.isEmpty else { return }
    // The longest run of words at the end that is a place: `left lower lobe`, else `lower lobe`, else `lung`.
    for count in stride(from: min(words.count, 4), to: 0, by: -1) {
      for start in 0...(words.count - count) {
        guard let term = report.term(words[start..<start + count].joined(separator: " "), in: Vocabulary.places) else {
          continue
        }
        return observation.place(at: term, named: "")
      }
    }
    observation.place(at: nil, named: words.filter { Side(rawValue: $0) == nil }.joined(separator: " "))
  }

  /// The one side that the words name; `nil` if they name none, or both.
  static func side(in words: String) -> Side? {
    let named = Set(
      words.lowercased().split(whereSeparator: { !$0.isLetter }).compactMap { Side(rawValue: String($0)) })
    return named.count == 1 ? named.first : nil
  }

  /// The largest size in words such as `8 mm`, `1.2 x 0.8 cm`.
  static func millimetres(in words: String) -> Double? {
    let lower = words.lowercased()
    let unit: Double
    if lower.hasSuffix("mm") { unit = 1 } else if lower.hasSuffix("cm") { unit = 10 } else { return nil }
    let numbers = lower.split(whereSeparator: { !$0.isNumber && $0 != "." }).compactMap { Double($0) }
    return numbers.max().map { $0 * unit }
  }
}
