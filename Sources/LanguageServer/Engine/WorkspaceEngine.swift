import Findings
package import JSONCodec
import Manifest
package import Workspace

/// The workspace as the protocol sees it: URIs, positions and messages instead of paths, bytes and findings.
///
/// It is there before the workspace is, so that a client has its answer to `initialize` while plugins are still loaded.
package actor WorkspaceEngine: DocumentEngine {
  package nonisolated let publications: AsyncStream<EnginePublication>
  package nonisolated var watchedGlobs: [String] {
    ["**/concord.json", "**/*.{csv,tsv,json,jsonl,ndjson,jsonlines,manifest,rttm,ctm,stm}"]
  }

  private let loading: Task<Workspace, Never>
  var workspace: Workspace { get async { await loading.value } }
  private(set) var encoding = PositionEncoding.utf16
  private var language: String?
  var shownLanguage: String { language ?? "en" }
  private var limits = ServerLimits()
  /// Folders the client opened.
  var folders: [String] = []
  /// Folders that somebody had checked.
  var checkedFolders: [String] = []
  /// The most findings that are shown of a file that nobody has open.
  private static let fileLimit = 100

  package init(_ loading: Task<Workspace, Never>) {
    self.loading = loading
    let (stream, continuation) = AsyncStream.makeStream(of: EnginePublication.self)
    publications = stream
    Task { [weak self] in
      for await update in await loading.value.publications {
        guard let publication = await self?.publication(of: update) else { break }
        continuation.yield(publication)
      }
      continuation.finish()
    }
  }

  private func publication(of update: DocumentUpdate) async -> EnginePublication {
    let document = await reading(snapshot(update.snapshot))
    return EnginePublication(
      uri: update.uri, document: document, completeness: .init(update.completeness),
      findings: document.findings(), faults: document.snapshot.faults,
      ceiling: document.snapshot.ceilingText,
      dataset: update.snapshot.joined.map { .init(root: $0.root, revision: $0.revision) })
  }

  private func reading(_ snapshot: DocumentSnapshot, limit: Int = .max) async -> WorkspaceReading {
    await WorkspaceReading(
      snapshot: snapshot, workspace: workspace, encoding: encoding, findingLimit: min(limit, limits.findings))
  }

  private func snapshot(_ snapshot: DocumentSnapshot) -> DocumentSnapshot {
    guard let language else { return snapshot }
    return snapshot.inLanguage(language)
  }

  package func begin(_ options: EngineOptions) async {
    encoding = options.encoding
    language = options.settings.language ?? options.locale
    await use(readerOf: options.settings)
    if !options.clientWatchesFiles { await workspace.watchFolders() }
    await use(options.settings.limits)
    await use(folders: options.folders, shown: options.settings.scope == .workspace ? options.folders : [])
  }

  package func configure(_ settings: ServerSettings) async {
    language = settings.language ?? language
    await use(readerOf: settings)
    if settings.limits != limits { await use(settings.limits) }
  }

  /// Whoever maintains a dataset sees what a reviewer does.
  private func use(readerOf settings: ServerSettings) async {
    await workspace.use(actor: settings.actor, isReviewer: settings.role != .annotator)
  }

  private func use(_ limits: ServerLimits) async {
    self.limits = limits
    await workspace.use(memoryLimit: limits.memory)
    await workspace.limitPlugins(memory: limits.memory, callTime: limits.time)
  }

  package func open(_ uri: String, languageID: String, version: Int, text: [UInt8]) async {
    await workspace.open(uri, path: Paths.path(ofURI: uri), languageID: languageID, version: version, text: text)
  }

  package func change(_ uri: String, version: Int, changes: [ContentChange]) async {
    let encoding = encoding
    let edits = changes.map { change in
      change.range.map { DocumentEdit.positions($0.start, $0.end, encoding, change.text) } ?? .whole(change.text)
    }
    await workspace.change(uri, version: version, edits: edits)
  }

  package func saved(_ uri: String) async { await workspace.saved(uri) }
  package func close(_ uri: String) async { await workspace.close(uri) }

  package func filesChanged(_ changes: [FileChange]) async {
    await workspace.filesChanged(changes.compactMap { Paths.path(ofURI: $0.uri) })
  }

  package func retryPlugins() async { await workspace.retryPlugins() }

  package func snapshot(_ uri: String) async -> (any DocumentReading)? {
    guard let found = await workspace.snapshot(uri) else { return nil }
    return await reading(snapshot(found))
  }

  package func text(of page: CompletionPage) async -> String? { await workspace.text(of: page) }

  package func symbols(for query: String) async -> [ShownID] {
    await workspace.symbols(for: query, encoding: encoding).map { symbol in
      let span = ShownPlace.Span(start: symbol.start, end: symbol.end)
      return ShownID(
        name: symbol.name, kind: symbol.kind, place: ShownPlace(uri: symbol.uri, range: span, selection: span))
    }
  }

  package nonisolated var readingProgress: AsyncStream<ReadingProgress> { passedOn(\.readingProgress) }
  /// What the workspace has to say, once it is there.
  private nonisolated func passedOn<Element: Sendable>(
    _ words: @escaping @Sendable (Workspace) -> AsyncStream<Element>
  ) -> AsyncStream<Element> {
    let (stream, continuation) = AsyncStream.makeStream(of: Element.self)
    let listening = Task { [loading] in
      for await word in words(await loading.value) { continuation.yield(word) }
      continuation.finish()
    }
    continuation.onTermination = { _ in listening.cancel() }
    return stream
  }

  package func stopReading(_ root: String) async { await workspace.stopReading(root) }
  package nonisolated var wordsOfFiles: AsyncStream<Void> { passedOn(\.wordsOfFiles) }
  package func takeFileNews() async -> [String] { await workspace.takeFileNews().map(Paths.uri(ofPath:)) }

  package func file(_ uri: String) async -> FileFindings? {
    guard let path = Paths.path(ofURI: uri), let (found, number) = await workspace.fileSnapshot(path) else {
      return nil
    }
    let document = await reading(snapshot(found), limit: Self.fileLimit)
    let findings = document.findings()
    return findings.isEmpty ? nil : FileFindings(document: document, findings: findings, number: number)
  }

  package func settledFiles() async -> [(uri: String, number: UInt64)] {
    await workspace.settledFiles().map { (Paths.uri(ofPath: $0.path), $0.number) }
  }

  package func edits(ofRecipe recipe: JSONValue) async throws(EngineError) -> [DocumentEdits] {
    if let request = ActionRequest(recipe) { return try await edits(of: request) }
    guard let request = RecipeRequest(recipe) else {
      throw EngineError("This fix is not known here. Ask for it again.")
    }
    guard let (found, edits) = await workspace.edits(of: request) else {
      throw EngineError("The fix can't be worked out any more: the text has changed. Ask for it again.")
    }
    let reading = await reading(found)
    return [reading.documentEdits(edits)]
  }

  private func edits(of request: ActionRequest) async throws(EngineError) -> [DocumentEdits] {
    guard let files = await workspace.edits(of: request), !files.isEmpty else {
      throw EngineError("This can't be done any more: the text has changed. Ask for it again.")
    }
    return documentEdits(files)
  }

  func documentEdits(_ files: [FileEdits]) -> [DocumentEdits] {
    files.map { file in
      DocumentEdits(
        uri: file.clientURI, document: FileText(document: file.document, version: file.version),
        isOpen: file.uri != nil, isNew: file.isNew, encoding: encoding,
        edits: file.edits.map { ($0.range, $0.replacement) })
    }
  }

  package func place(toGoOnAfter recipe: JSONValue) async -> ShownPlace? {
    guard let request = ActionRequest(recipe), request.asksForReason,
      let (file, offset) = await workspace.reasonPlace(of: request)
    else { return nil }
    let position = file.document.position(at: offset, in: encoding)
    let span = ShownPlace.Span(start: position, end: position)
    return ShownPlace(uri: file.clientURI, range: span, selection: span)
  }
}

/// A file's text, open or on disk.
private struct FileText: PositionedText {
  let document: Document
  let version: Int

  func position(at offset: Int, in encoding: PositionEncoding) -> LinePosition {
    document.position(at: offset, in: encoding)
  }
}

extension FileEdits {
  fileprivate var clientURI: String { uri ?? Paths.uri(ofPath: path) }
}

extension ActionRequest {
  init?(_ value: JSONValue) {
    guard let uri = value["uri"]?.string, let act = value["act"]?.string.flatMap({ Act(rawValue: $0) }),
      let fingerprint = value["fingerprint"]?.string.flatMap({ Fingerprint($0) })
    else { return nil }
    self.init(uri: uri, act: act, fingerprint: fingerprint)
  }

  var json: JSONValue {
    ["uri": .string(uri), "act": .string(act.rawValue), "fingerprint": .string(fingerprint.text)]
  }
}

extension EnginePublication.Completeness {
  init(_ completeness: DocumentUpdate.Completeness) {
    switch completeness {
    case .partial: self = .partial
    case .touched: self = .touched
    case .settled: self = .settled
    }
  }
}

extension RecipeRequest {
  init?(_ value: JSONValue) {
    guard let uri = value["uri"]?.string, let plugin = value["plugin"]?.string, let recipe = value["recipe"]?.string,
      let argument = value["argument"]?.string, let scope = value["scope"]?.integer.flatMap({ UInt8(exactly: $0) }),
      let scope = Fix.RecipeScope(rawValue: scope), let label = value["record"]?.string.flatMap({ UInt64($0) })
    else { return nil }
    self.init(
      uri: uri, plugin: plugin, recipe: recipe, argument: argument, scope: scope, record: RecordID(label: label))
  }

  var json: JSONValue {
    [
      "uri": .string(uri), "plugin": .string(plugin), "recipe": .string(recipe), "argument": .string(argument),
      "scope": .integer(Int64(scope.rawValue)), "record": .string(String(record.label)),
    ]
  }
}
