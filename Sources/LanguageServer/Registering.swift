import JSONCodec
import JSONRPC
import LanguageServerProtocol

/// What is asked for while the session runs, of clients that let themselves be asked.
extension LanguageServer {
  /// Files on disk whose changes matter.
  var watchedFiles: [Registration] {
    let globs = engine.watchedGlobs
    guard session.client.registersWatchers, !globs.isEmpty else { return [] }
    let watchers = globs.map { JSONValue.object([.init("globPattern", .string($0))]) }
    return [
      Registration(
        id: "watched-files", method: "workspace/didChangeWatchedFiles",
        registerOptions: ["watchers": .array(watchers)])
    ]
  }

  /// Changes of the section `concord` alone.
  var watchedConfiguration: [Registration] {
    guard session.client.registersConfiguration else { return [] }
    return [
      Registration(
        id: "configuration", method: "workspace/didChangeConfiguration", registerOptions: ["section": "concord"])
    ]
  }

  /// In the order of the calls; whether the client does it is its own matter.
  func register(_ registrations: [Registration]) async {
    guard !registrations.isEmpty else { return }
    let connection = connection
    Task { _ = try? await connection.call("client/registerCapability", ["registrations": registrations]) }
  }

  /// Offers to lay files out as the settings want it, or takes that back.
  func registerFormatting() async {
    let wanted = Self.formattingRegistrations(session)
    let old = registeredFormatting
    guard wanted != old else { return }
    registeredFormatting = wanted
    let connection = connection
    let before = formattingChange
    // One after the other: the same ids are given back and taken again.
    formattingChange = Task {
      await before?.value
      if !old.isEmpty {
        let gone = old.map { ["id": .string($0.id), "method": .string($0.method)] as JSONValue }
        // The protocol's own spelling.
        _ = try? await connection.call("client/unregisterCapability", ["unregisterations": JSONValue.array(gone)])
      }
      if !wanted.isEmpty {
        _ = try? await connection.call("client/registerCapability", ["registrations": wanted])
      }
    }
  }

  /// Languages whose files are laid out: an editor's own formatter for `json` is not competed with unless somebody wants that.
  private static func formattingRegistrations(_ session: Session) -> [Registration] {
    let settings = [session.settings] + session.folders.compactMap { session.folderSettings[$0] }
    let isOn = settings.contains { $0.formatting != false }
    guard isOn else { return [] }
    let languages = ["jsonl", "ndjson", "jsonlines"] + (settings.contains { $0.formatting == true } ? ["json"] : [])
    let selector = JSONValue.array(languages.map { ["language": .string($0)] })
    var all: [Registration] = []
    func add(_ method: String, _ more: JSONValue.Member...) {
      all.append(
        Registration(
          id: method, method: "textDocument/" + method,
          registerOptions: .object([.init("documentSelector", selector)] + more)))
    }
    if session.client.registersFormatting { add("formatting") }
    if session.client.registersRangeFormatting { add("rangeFormatting") }
    if session.client.registersOnTypeFormatting {
      add("onTypeFormatting", .init("firstTriggerCharacter", .string(OnTypeFormattingFeature.trigger)))
    }
    return all
  }
}
