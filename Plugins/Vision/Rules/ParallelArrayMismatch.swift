import PluginKit

/// Two lists that belong together, entry by entry, and are not of one length; or numbers that a list of names lacks.
struct ParallelArrayMismatch: GroupRule {
  static let info = RuleInfo(
    id: "parallel-array-mismatch", severity: .error,
    summary: "Lists that belong together have as many entries each, and every number has its name.",
    why: "Programs go through both lists side by side: from the gap on, everything belongs to its neighbor.",
    source:
      "SageMaker Ground Truth: `objects` beside `annotations`, `class-map` for `class_id`. VIA: x and y of all points.",
    message:
      "There are {count} entries here, but {other} boxes. Programs go through both side by side, so each needs one.",
    messages: [
      "lengths": "There are {other} numbers for x and {count} for y. Each point needs one of both.",
      "class": "No class has the number {value} here, so nobody can tell what this is.",
      "boxes": "The boxes",
      "names": "The names of the numbers",
    ],
    good: [
      line(classes: [0, 1], notes: 2),
      #"{"a.png9": {"filename": "a.png", "size": 9, "regions": [{"shape_attributes": {"name": "polygon", "all_points_x": [1, 9, 5], "all_points_y": [1, 1, 7]}, "region_attributes": {}}], "file_attributes": {}}}"#,
    ],
    bad: [
      line(classes: [0, 1], notes: 1, isMarked: true),
      line(classes: [0, 7], notes: 2, isMarked: true),
      #"{"a.png9": {"filename": "a.png", "size": 9, "regions": [{"shape_attributes": {"name": "polygon", "all_points_x": [1, 9, 5], "all_points_y": ⟪[1, 1, 7, 7]⟫}, "region_attributes": {}}], "file_attributes": {}}}"#,
    ])
  static let reads = Reads(
    fields: [.listX, .listY, .parallelList, .parallelNotes, .classNames, .classNumber],
    lookups: [
      .definition(of: .parallelList), .definition(of: .parallelNotes), .definition(of: .classNames),
      .definition(of: .classNumber),
    ])
  static let kind = FactKind("vision/parallel")
  static let states = [kind]
  /// The names are read in their own entry: there may be hundreds.
  static let needsRecords = true
  static let fewest = 2

  private enum Part: Double { case list, notes, names, number }

  func state(_ record: Record, _ report: inout Report) {
    if let x = record.first(.listX), let y = record.first(.listY), x.value.kind == .array, y.value.kind == .array,
      x.value.count != y.value.count
    {
      report.finding(at: y, "lengths", ["count": y.value.count, "other": x.value.count])
    }
    func state(_ part: Part, _ field: Field, _ kind: Value.Kind) {
      guard let item = record.first(field), item.value.kind == kind, let line = record.definition(of: field) else {
        return
      }
      let number = kind == .number ? item.value.number ?? -1 : Double(item.value.count)
      // A list's place is its opening bracket: what stands in it are entries of their own.
      let place = part == .list ? item.place.part(offset: 0, count: 1) : item.place
      report.state(Self.kind, key: .key(line.key), at: place, payload: .numbers(part.rawValue, number))
    }
    state(.list, .parallelList, .array)
    state(.notes, .parallelNotes, .array)
    state(.names, .classNames, .object)
    state(.number, .classNumber, .number)
  }

  /// Of one line.
  func group(_ group: Group, _ report: inout Report) {
    var parts: [Part: [(fact: Fact, number: Double)]] = [:]
    for fact in group.facts {
      let numbers = fact.numbers
      guard numbers.count == 2, let part = Part(rawValue: numbers[0]) else { continue }
      parts[part, default: []].append((fact, numbers[1]))
    }
    // Where several jobs have labelled one picture, nothing here says which lists are of one.
    guard let lists = parts[.list], lists.count == 1 else { return }
    if let notes = parts[.notes], notes.count == 1, notes[0].number != lists[0].number {
      report.finding(
        at: notes[0].fact, "", ["count": notes[0].number, "other": lists[0].number],
        related: [Related(at: lists[0].fact, "boxes")])
    }
    guard let names = parts[.names], names.count == 1,
      let named = group.record(of: names[0].fact)?.first(.classNames)?.value
    else { return }
    let known = Set(named.children.compactMap { $0.key.flatMap(Double.init) })
    for number in parts[.number] ?? [] where !known.contains(number.number) && !known.isEmpty {
      report.finding(
        at: number.fact, "class", ["value": number.number], related: [Related(at: names[0].fact, "names")],
        fold: "class \(number.number)")
    }
  }

  /// A line with so many boxes; what is wrong in it may be marked.
  private static func line(classes: [Int], notes: Int, isMarked: Bool = false) -> String {
    let boxes = classes.enumerated().map { place, number in
      let written = isMarked && number > 1 ? "⟪\(number)⟫" : "\(number)"
      return #"{"class_id": \#(written), "left": \#(9 * place), "top": 1, "width": 9, "height": 9}"#
    }
    let sure = "[" + (0..<notes).map { _ in #"{"confidence": 0.9}"# }.joined(separator: ", ") + "]"
    let objects = isMarked && notes != classes.count ? "⟪\(sure)⟫" : sure
    return "//- labels.manifest\n"
      + #"{"source-ref": "s3://a/b.png", "boxes": {"image_size": [{"width": 640, "height": 480, "depth": 3}], "annotations": ["#
      + boxes.joined(separator: ", ")
      + #"]}, "boxes-metadata": {"objects": \#(objects), "class-map": {"0": "cup", "1": "book"}, "type": "groundtruth/object-detection", "human-annotated": "yes", "creation-date": "2026-11-02T09:12:44"}}"#
  }
}
