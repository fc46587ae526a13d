import JSONCodec
import JSONRPC
import LanguageServerProtocol

/// Sends findings as they come: pushes them, or tells a client that pulls that there is news. Never both.
actor DiagnosticsPublisher {
  private struct DocumentState {
    var gate = PublicationGate()
    var pause: TypingPause
    var latest: EnginePublication?
    /// What the client has, by push or pull.
    var sent: (version: Int, findings: [ShownFinding])?
    var timer: Task<Void, Never>?
    var isHeld = false
  }

  private let connection: Connection
  private let start = ContinuousClock.now
  private var session = Session()
  private var documents: [String: DocumentState] = [:]
  /// Files that nobody has open and of which the client was told something, with a hash of what.
  private var files: [String: Int] = [:]
  /// The client asks about them by itself.
  private var pullsFiles = false
  private var refresh: Task<Void, Never>?
  private var needsRefresh = false

  init(connection: Connection) { self.connection = connection }

  private var now: Duration { ContinuousClock.now - start }

  func use(_ session: Session) {
    self.session = session
    for uri in documents.keys { documents[uri]?.pause.pause = session.settings.typingPause }
  }

  // MARK: What the client did

  func opened(_ uri: String, version: Int) {
    documents[uri]?.timer?.cancel()
    var state = DocumentState(pause: TypingPause(pause: session.settings.typingPause))
    state.gate.edited(version: version, at: now)
    documents[uri] = state
    // What was told of the file as nobody had it open would stand beside what the client is going to ask for.
    if files.removeValue(forKey: uri) != nil, session.client.pullsDiagnostics { push(uri, version: nil, []) }
  }

  /// An edit is about to be made; what the engine finds waits until `edited` says which.
  func hold(_ uri: String) { documents[uri]?.isHeld = true }

  /// `edit` is what was typed where, and the value that became; `nil` when it was not typing.
  func edited(_ uri: String, version: Int, _ edit: (range: Range<Int>, length: Int, value: Range<Int>)?) {
    documents[uri]?.gate.edited(version: version, at: now)
    if let edit {
      documents[uri]?.pause.edited(edit.range, length: edit.length, value: edit.value, at: now)
    } else {
      documents[uri]?.pause.rested()
    }
    if documents[uri]?.isHeld == true {
      documents[uri]?.isHeld = false
      update(uri)
    }
  }

  func saved(_ uri: String) {
    documents[uri]?.pause.rested()
    update(uri)
  }

  func closed(_ uri: String) {
    guard let state = documents.removeValue(forKey: uri) else { return }
    state.timer?.cancel()
    let isShown = state.sent.map { !$0.findings.isEmpty } ?? false
    if isShown && !session.client.pullsDiagnostics { push(uri, version: nil, []) }
  }

  // MARK: What the engine found

  func received(_ publication: EnginePublication) {
    documents[publication.uri]?.latest = publication
    update(publication.uri)
  }

  // MARK: Files nobody has open

  /// Tells what is found in one now; `nil`: nothing.
  func received(_ file: FileFindings?, of uri: String) {
    guard documents[uri] == nil, !pullsFiles else { return }
    guard let file else {
      if files.removeValue(forKey: uri) != nil { push(uri, version: nil, []) }
      return
    }
    let hash = file.findings.hashValue
    guard files.updateValue(hash, forKey: uri) != hash else { return }
    push(uri, version: nil, session.diagnostics(file.findings, in: file.document))
  }

  /// From now on the client asks. What it was told by itself is taken back, so that nothing stands there twice.
  func letFilesBePulled() {
    pullsFiles = true
    for uri in files.keys.sorted() { push(uri, version: nil, []) }
    files = [:]
  }

  /// Publishes what is due now, or waits until it is.
  private func update(_ uri: String) {
    guard let state = documents[uri], !state.isHeld, let latest = state.latest,
      let due = state.gate.due(version: latest.document.version, latest.completeness, at: now)
    else { return }
    if due > now { wake(uri, at: due) } else { publish(uri, latest) }
  }

  private func publish(_ uri: String, _ publication: EnginePublication) {
    guard var state = documents[uri] else { return }
    let version = publication.document.version
    let (shown, next) = state.pause.admit(publication.findings, at: now)
    let isNews = state.sent.map { $0.version != version || $0.findings != shown } ?? true
    state.gate.published(at: now)
    state.timer?.cancel()
    state.timer = nil
    if !session.client.pullsDiagnostics {
      state.sent = (version, shown)
    }
    documents[uri] = state
    if let next { wake(uri, at: next) }
    guard isNews else { return }
    if !session.client.pullsDiagnostics {
      push(uri, version: version, session.diagnostics(shown, in: publication.document))
    } else if state.sent?.version == version, publication.completeness == .settled {
      // The client's answer is older than this; a version it has not asked about it will ask about by itself.
      askForPull()
    }
  }

  private func push(_ uri: String, version: Int?, _ diagnostics: [Diagnostic]) {
    let version = session.client.diagnosticsHaveVersions ? version : nil
    connection.notify(
      "textDocument/publishDiagnostics",
      PublishDiagnosticsParams(uri: uri, version: version, diagnostics: diagnostics), replacing: uri)
  }

  private func wake(_ uri: String, at time: Duration) {
    documents[uri]?.timer?.cancel()
    let instant = start + time
    documents[uri]?.timer = Task {
      try? await Task.sleep(until: instant, clock: .continuous)
      if !Task.isCancelled { update(uri) }
    }
  }

  // MARK: Pull

  /// The findings to answer a pull with. Those that wait for a pause come with a refresh, or late with the answer
  /// where the client knows no refresh.
  func answer(_ uri: String, version: Int, _ findings: [ShownFinding]) async throws(CancellationError) -> [ShownFinding]
  {
    while true {
      guard var state = documents[uri] else { return findings }
      let (shown, next) = state.pause.admit(findings, at: now)
      if next == nil || session.client.refreshesDiagnostics { state.sent = (version, shown) }
      documents[uri] = state
      guard let next else { return shown }
      if session.client.refreshesDiagnostics {
        wake(uri, at: next)
        return shown
      }
      do { try await Task.sleep(until: start + next, clock: .continuous) } catch { throw CancellationError() }
    }
  }

  /// Asks the client to pull again; one such request at a time.
  private func askForPull() {
    guard session.client.refreshesDiagnostics else { return }
    needsRefresh = true
    guard refresh == nil else { return }
    refresh = Task {
      while needsRefresh {
        needsRefresh = false
        _ = try? await connection.call("workspace/diagnostic/refresh", JSONValue.null)
      }
      refresh = nil
    }
  }
}
