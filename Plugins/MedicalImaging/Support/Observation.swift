import PluginKit

/// What an image's label or a note says of one finding, small enough to be a fact.
struct Observation {
  enum Origin: String { case image, note }
  enum Presence: String { case present, absent, uncertain }

  var origin: Origin
  /// Id of the finding in the list of findings.
  var concept: String
  /// Whether it is one of those that are taken for each other, though they are not the same: nodule, mass, cyst.
  var isToldApart = false
  /// The organ, and the part of it (`upper`, `lower`), if known.
  var organ = ""
  var level = ""
  var side: Side?
  var presence = Presence.present
  /// The longest diameter, the one across it and that of the solid part, in millimetres.
  var size: Double?
  var short: Double?
  var solid: Double?
  var noduleType = ""
  var status = ""
  /// System, version and value with `/` between them.
  var category = ""
  var series: Int?
  var image: Int?
  /// Sample and thing, if the label says which thing it is.
  var entity = ""
  /// Which of a study's notes says it; empty for images.
  var note = ""
  /// What the dataset does with uncertain findings, if it says so.
  var policy = ""
  /// The label's own name, and the sample it stands in as `Adjudications` calls it; empty for notes that are labelled elsewhere.
  var label = ""
  var sample = ""

  static let kind = FactKind("medical-imaging/observation")
  private static let separator = "\u{1F}"
  static let unlisted = "?"

  init(_ origin: Origin, _ concept: String) {
    self.origin = origin
    self.concept = concept
  }

  /// `nil` if a text is too long to be carried.
  var payload: Payload? {
    func written(_ number: Double?) -> String { number.map { "\($0)" } ?? "" }
    func written(_ number: Int?) -> String { number.map { "\($0)" } ?? "" }
    var texts: [String] = [origin.rawValue, concept, organ, level, side?.rawValue ?? "", presence.rawValue]
    texts += [written(size), written(solid), noduleType, status, category]
    texts += [
      written(series), written(image), entity, policy, isToldApart ? "1" : "", note, label, sample, written(short),
    ]
    let text = texts.joined(separator: Self.separator)
    guard text.utf8.count <= 250, !texts.contains(where: { $0.contains(Self.separator) }) else { return nil }
    return .text(text)
  }

  init?(_ text: String) {
    let parts = text.split(separator: Self.separator, omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 20, let origin = Origin(rawValue: parts[0]), let presence = Presence(rawValue: parts[5]) else {
      return nil
    }
    self.init(origin, parts[1])
    organ = parts[2]
    level = parts[3]
    side = Side(rawValue: parts[4])
    self.presence = presence
    size = Double(parts[6])
    solid = Double(parts[7])
    noduleType = parts[8]
    status = parts[9]
    category = parts[10]
    series = Int(parts[11])
    image = Int(parts[12])
    entity = parts[13]
    policy = parts[14]
    isToldApart = parts[15] == "1"
    note = parts[16]
    label = parts[17]
    sample = parts[18]
    short = Double(parts[19])
  }

  /// What it is, from a term of the list of findings.
  init(_ origin: Origin, _ term: Term) {
    self.init(origin, term.canonical)
    isToldApart = term.broader.contains("told-apart")
  }

  /// Fills in where it is, from a term of the list of places. What is not listed is a place of its own, and never taken for another.
  mutating func place(at term: Term?, named name: String) {
    guard let term else {
      if !name.isEmpty, name.utf8.count < 60 { organ = Self.unlisted + name.lowercased() }
      return
    }
    level = ["upper", "middle", "lower"].first { term.broader.contains($0) } ?? ""
    side = Side.allCases.first { term.broader.contains("\($0.rawValue)-sided") } ?? side
    organ = term.broader.first { !$0.hasSuffix("-sided") && $0 != level } ?? term.canonical
  }
}

extension Observation {
  /// What a label of a study says; `nil` where it names no finding of the list, or nobody knows whether it is of image or note.
  init?(_ record: Record, _ report: Report) {
    guard let name = record.text(.concept),
      let concept = report.term(name, in: Vocabulary.findings)
        ?? report.term(name.lowercased(), in: Vocabulary.findings),
      let exports = record.definition(of: .asset)?.exports, let modality = exports["modality"]?.text
    else { return nil }
    self.init(Self.texts.contains(modality) ? .note : .image, concept)
    if let place = record.text(.findingPlace) {
      let term = report.term(place, in: Vocabulary.places) ?? report.term(place.lowercased(), in: Vocabulary.places)
      self.place(at: term, named: place)
    }
    if let written = record.text(.findingSide) { side = Side(rawValue: written) }
    presence = record.text(.presence).flatMap { Presence(rawValue: $0) } ?? .present
    size = record.number(.longAxis)
    short = record.number(.shortAxis)
    solid = record.number(.solidPart)
    noduleType = record.text(.noduleType) ?? ""
    status = record.text(.noduleStatus) ?? ""
    if let system = record.text(.categorySystem), let value = record.text(.categoryValue) {
      let canonical = report.term(system, in: Vocabulary.categories)?.canonical ?? system
      category = [canonical, record.text(.categoryVersion) ?? "", value].joined(separator: "/")
    }
    series = record.number(.citedSeries).flatMap { Int(exactly: $0) } ?? exports["seriesNumber"]?.integer
    image = record.number(.imageNumber).flatMap { Int(exactly: $0) }
    if let thing = record.text(.entity), let sample = record.context("id")?.text { entity = sample + "/" + thing }
    if origin == .note { note = (record.context("id")?.text ?? "") + "/" + (record.text(.asset) ?? "") }
    policy = record.context("uncertain")?.text ?? ""
    if let id = record.text(.labelID), id.utf8.count <= Adjudications.longestLabel {
      label = id
      sample = Adjudications.name(ofSample: record)
    }
  }

  /// What `init` reads.
  static let fields: [Field] = [
    .concept, .findingPlace, .findingSide, .presence, .longAxis, .shortAxis, .solidPart, .noduleType, .noduleStatus,
    .categorySystem, .categoryVersion, .categoryValue, .citedSeries, .imageNumber, .entity, .asset, .labelID,
  ]

  private static let texts: Set = ["text", "document"]
}
