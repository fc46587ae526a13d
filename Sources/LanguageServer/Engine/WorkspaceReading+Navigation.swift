import JSONCodec
import Manifest
import Workspace

extension WorkspaceReading {
  func definitions(at offset: Int) async -> (origin: Range<Int>, places: [ShownPlace])? {
    guard let (origin, places) = await snapshot.definitions(at: offset, in: workspace) else { return nil }
    return (origin, places.map(shown))
  }

  func shown(_ place: DefinitionPlace) -> ShownPlace {
    ShownPlace(uri: place.uri, range: span(place.range, in: place), selection: span(place.selection, in: place))
  }

  private func span(_ range: Range<Int>, in place: DefinitionPlace) -> ShownPlace.Span {
    func position(_ offset: Int) -> LinePosition {
      var position = place.document.position(at: offset, in: encoding)
      position.line += place.firstLine
      return position
    }
    return ShownPlace.Span(start: position(range.lowerBound), end: position(range.upperBound))
  }

  func occurrences(at offset: Int, withDefinitions: Bool) async throws(EngineError) -> [ShownPlace] {
    let found = await snapshot.occurrences(
      at: offset, withDefinitions: withDefinitions, encoding: encoding, in: workspace)
    guard let found else { throw outOfDate }
    return found.map { occurrence in
      let span = ShownPlace.Span(start: occurrence.start, end: occurrence.end)
      return ShownPlace(uri: occurrence.uri, range: span, selection: span)
    }
  }

  func highlights(at offset: Int) async throws(EngineError) -> [ShownOccurrence] {
    guard let found = await snapshot.highlights(at: offset, encoding: encoding, in: workspace) else { throw outOfDate }
    return found.map { ShownOccurrence(range: $0.range, isDefinition: $0.isDefinition) }
  }

  private var outOfDate: EngineError { EngineError("The text has changed since. Try again.") }

  func renameStart(at offset: Int) async throws(EngineError) -> (range: Range<Int>, text: String?) {
    do throws(RenameRefusal) {
      let start = try await snapshot.renameStart(at: offset, in: workspace)
      return (start.range, start.text)
    } catch {
      throw EngineError(error.message)
    }
  }

  func rename(at offset: Int, to name: String) async throws(EngineError) -> ShownRename {
    do throws(RenameRefusal) {
      let renaming = try await snapshot.rename(at: offset, to: name, encoding: encoding, in: workspace)
      let words = renaming.words(in: snapshot.language)
      return ShownRename(
        files: renaming.files.map { file in
          DocumentEdits(
            uri: file.uri, version: file.version,
            edits: file.edits.map { (ShownPlace.Span(start: $0.start, end: $0.end), $0.replacement) })
        },
        summary: ShownRename.Summary(
          title: words.title, question: words.question, confirm: words.confirm, cancel: words.cancel,
          cancelled: words.cancelled))
    } catch {
      throw EngineError(error.message)
    }
  }

  func hints(in range: Range<Int>) async -> (hints: [ShownHint], isComplete: Bool) {
    // Asked first: what becomes known in between does no harm.
    let isComplete = await workspace.isSettled(snapshot.uri)
    let hints = await snapshot.hints(in: range, in: workspace)
    return (hints.map { ShownHint(offset: $0.offset, text: $0.text) }, isComplete)
  }

  func folds(limit: Int) async -> [ClosedRange<Int>] { snapshot.folds(limit: limit) }

  func symbols() async -> [ShownSymbol] { await snapshot.outline(in: workspace).map(ShownSymbol.init) }
}

extension WorkspaceReading {
  func lenses() async throws(EngineError) -> [ShownLens] {
    guard let found = await snapshot.lenses(in: workspace) else { throw outOfDate }
    // Over the first line, what is in the file; then what its ids are for.
    let counts = snapshot.hasCounts ? [ShownLens(range: 0..<0, subject: Self.counts)] : []
    return counts + found.map { ShownLens(range: $0.range, subject: $0.subject.json) }
  }

  private static let counts: JSONValue = "counts"

  func lens(_ subject: JSONValue) async -> String? {
    if subject == Self.counts { return await snapshot.counts(in: workspace) }
    guard let subject = LensSubject(subject) else { return nil }
    return await snapshot.words(of: subject, in: workspace)
  }
}

extension LensSubject {
  init?(_ value: JSONValue) {
    guard let numbers = value.array, numbers.count == 3, let kind = numbers[0].integer.flatMap({ UInt16(exactly: $0) }),
      let high = numbers[1].string.flatMap({ UInt64($0) }), let low = numbers[2].string.flatMap({ UInt64($0) })
    else { return nil }
    self.init(kind: kind, high: high, low: low)
  }

  var json: JSONValue { [.integer(Int64(kind)), .string(String(high)), .string(String(low))] }
}

extension ShownSymbol {
  init(_ item: OutlineItem) {
    self.init(
      name: item.name, detail: item.detail, kind: Kind(item.kind), range: item.range, selection: item.selection,
      children: item.children.map(ShownSymbol.init))
  }
}

extension ShownSymbol.Kind {
  init(_ kind: OutlineItem.Kind) {
    self =
      switch kind {
      case .list, .array: .array
      case .record(.asset): .file
      case .record(.region): .struct
      case .record(.link): .interface
      case .record(.event): .event
      case .record, .object: .object
      case .text: .string
      case .number: .number
      case .flag: .boolean
      case .empty: .null
      case .rest: .field
      }
  }
}
