import Findings
import Manifest

/// Our own keywords (`x-…`) and the editors' that report something.
extension SchemaCompiler {
  private static let ownKeywords: Set<String> = [
    "x-role", "x-field", "x-geometry", "x-defines", "x-references", "x-term", "x-claim", "x-media", "x-interval",
    "x-unit", "x-embedded", "x-private", "x-rule", "x-positions", "x-color", "x-file",
  ]

  /// Index of the vocabulary entry, or `noIndex`. Sets the place's flags.
  mutating func compileVocabulary(_ subject: inout Subject) -> UInt32 {
    var vocabulary = Vocabulary()
    var isTime = false
    for (keyword, value) in subject.members.sorted(by: { $0.value < $1.value }) {
      if keyword.hasPrefix("x-") {
        checkMembers(of: keyword, value, subject)
      } else {
        checkEditorKeyword(keyword, value, subject)
      }
      switch keyword {
      case "x-role": compileRole(value, subject, &vocabulary)
      case "x-field":
        if let name = text(value, keyword, subject) { vocabulary.field = field(name) }
      case "x-unit":
        if let unit = text(value, keyword, subject), let scale = Self.seconds[unit] {
          vocabulary.scale = scale
          isTime = true
        }
      case "x-geometry": vocabulary.geometry = compileGeometry(value, subject)
      case "x-interval": compileInterval(value, subject, &vocabulary)
      case "x-defines": compileDefines(value, subject, &vocabulary)
      case "x-references": compileReferences(value, subject, &vocabulary)
      case "x-term": compileTerm(value, subject, &vocabulary)
      case "x-claim": compileClaim(value, subject, &vocabulary)
      case "x-media": compileMedia(value, subject, &vocabulary)
      case "x-embedded": compileEmbedded(value, subject, &vocabulary)
      case "x-color": compileColor(value, subject, &vocabulary)
      case "x-file": if subject.kind(value) == .true { vocabulary.display = .file }
      case "x-positions": checkPositions(value, subject)
      case "x-private": vocabulary.isPrivate = subject.kind(value) != .false
      case "deprecationMessage": vocabulary.deprecation = subject.tree.plainString(of: value)
      case "deprecated":
        if subject.kind(value) == .true, vocabulary.deprecation == nil { vocabulary.deprecation = "" }
      case "x-rule": break
      default: checkSpelling(keyword, value, subject)
      }
    }
    let rule = compileRule(&subject)
    if vocabulary.geometry != nil || vocabulary.interval != nil, vocabulary.field == noIndex {
      vocabulary.field = field(vocabulary.interval != nil ? "interval" : Self.name(of: vocabulary.geometry!.form))
    }
    if isTime, vocabulary.field != noIndex { timeFields.insert(vocabulary.field) }
    guard !vocabulary.isEmpty || rule != noIndex else { return noIndex }
    if !vocabulary.isEmpty { subject.flags.insert(.isMarked) }
    if vocabulary.deprecation != nil { code.warnsOfUse = true }
    if let display = vocabulary.display { code.displays.insert(display) }
    vocabulary.rule = rule
    code.vocabularies.append(VocabularyNote(vocabulary))
    return UInt32(clamping: code.vocabularies.count - 1)
  }

  private static let seconds: [String: Double] = [
    "s": 1, "ms": 1e-3, "us": 1e-6, "µs": 1e-6, "ns": 1e-9, "min": 60, "h": 3600,
  ]

  private mutating func checkSpelling(_ keyword: String, _ value: Int, _ subject: Subject) {
    guard keyword.hasPrefix("x-"), !Self.ownKeywords.contains(keyword),
      let near = Suggestion.nearest(keyword, among: Self.ownKeywords.sorted())
    else { return }
    report("`\(keyword)` is no keyword here. Did you mean `\(near)`?", subject.document, value)
  }

  private func field(_ name: String) -> UInt32? { fieldNames.firstIndex(of: name).map { UInt32(clamping: $0) } }

  private mutating func field(_ name: String) -> UInt32 {
    if let known: UInt32 = field(name) { return known }
    fieldNames.append(name)
    return UInt32(clamping: fieldNames.count - 1)
  }

  private static func name(of form: RoleTable.Geometry) -> String { "\(form)" }

  mutating func text(_ value: Int, _ keyword: String, _ subject: Subject) -> String? {
    if let text = subject.tree.plainString(of: value) { return text }
    report("`\(keyword)` must be text.", subject.document, value)
    return nil
  }

  private mutating func compileRole(_ value: Int, _ subject: Subject, _ vocabulary: inout Vocabulary) {
    guard let name = text(value, "x-role", subject) else { return }
    guard let role = RoleTable.Role.allCases.first(where: { $0 != .none && "\($0)" == name }) else {
      report("`x-role` must be `asset`, `region`, `entity`, `link` or `event`.", subject.document, value)
      return
    }
    vocabulary.role = role
  }

  private mutating func compileGeometry(_ value: Int, _ subject: Subject) -> GeometryDeclaration? {
    let members = subject.tree.membersByKey(of: value)
    let type = members["type"].flatMap { subject.tree.plainString(of: $0) }
    guard let form = RoleTable.Geometry.allCases.first(where: { $0 != .none && "\($0)" == type }) else {
      report("`x-geometry` needs a `type`: `box`, `polygon`, `interval`, `point` or `cuboid`.", subject.document, value)
      return nil
    }
    var geometry = GeometryDeclaration(
      form: form, convention: form == .interval ? .startEnd : .xywh, unit: .absolute(1))
    if let node = members["convention"] {
      let name = subject.tree.plainString(of: node)
      if let found = GeometryDeclaration.Convention.allCases.first(where: { $0.rawValue == name }) {
        geometry.convention = found
      } else {
        report(
          "`convention` must be `xywh`, `xyxy`, `cxcywh`, `corners`, `start-end` or `start-duration`.",
          subject.document, node)
        geometry.unit = .other
        return geometry
      }
    }
    if let unit = members["unit"].flatMap({ subject.tree.plainString(of: $0) }) {
      switch unit {
      case "px": geometry.unit = .absolute(1)
      case "percent": geometry.unit = .relative(0.01)
      case "unit": geometry.unit = .relative(1)
      case "m", "deg", "rad": geometry.unit = form == .cuboid ? .absolute(1) : .other
      default: geometry.unit = Self.seconds[unit].map { .absolute($0) } ?? .other
      }
    }
    if let size = members["size"] {
      let named = subject.tree.membersByKey(of: size)
      let listed = subject.kind(size) == .array ? Array(subject.tree.children(of: size)) : []
      geometry.width = path(named["width"] ?? listed.first, subject)
      geometry.height = path(named["height"] ?? listed.dropFirst().first, subject)
    }
    if let list = members["members"], subject.kind(list) == .array {
      geometry.members = subject.tree.children(of: list).compactMap { subject.tree.plainString(of: $0) }
    }
    return geometry
  }

  private mutating func compileColor(_ value: Int, _ subject: Subject, _ vocabulary: inout Vocabulary) {
    switch subject.tree.plainString(of: value) {
    case "hex": vocabulary.display = .hexColor
    case "rgb": vocabulary.display = .rgbColor
    default: report("`x-color` must be `hex` (`\"#FF8000\"`) or `rgb` (`[255, 128, 0]`).", subject.document, value)
    }
  }

  private mutating func checkPositions(_ value: Int, _ subject: Subject) {
    let isList = subject.kind(value) == .array && subject.tree.nodes[value].childCount > 0
    if isList, SchemaEvaluator.positions(at: value, in: subject.tree) != nil { return }
    report(
      "`x-positions` must list what stands where: names, or objects with a `name` and a `description`.",
      subject.document, value)
  }

  private func path(_ node: Int?, _ subject: Subject) -> RecordPath? {
    node.flatMap { subject.tree.plainString(of: $0) }.flatMap(RecordPath.init)
  }

  private mutating func compileInterval(_ value: Int, _ subject: Subject, _ vocabulary: inout Vocabulary) {
    let members = subject.tree.membersByKey(of: value)
    let unit = members["unit"].flatMap { subject.tree.plainString(of: $0) } ?? "s"
    if let start = path(members["start"], subject) {
      vocabulary.interval = IntervalDeclaration(
        start: start, end: path(members["end"], subject), duration: path(members["duration"], subject),
        scale: Self.seconds[unit])
    } else {
      let convention: GeometryDeclaration.Convention =
        members["duration"] != nil ? .startDuration : .startEnd
      vocabulary.geometry = GeometryDeclaration(
        form: .interval, convention: convention, unit: Self.seconds[unit].map { .absolute($0) } ?? .other)
    }
  }
}
