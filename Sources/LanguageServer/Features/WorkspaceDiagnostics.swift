import JSONCodec
import JSONRPC
import LanguageServerProtocol

/// `workspace/diagnostic`: what is found in files that nobody has open; open ones are asked about by themselves.
///
/// Answered when all of them are settled. Who knows everything already waits until something changes. What did not change is left
/// out: no more need be known of it.
enum WorkspaceDiagnosticFeature: GlobalFeature {
  static let method = "workspace/diagnostic"
  static let effect = Effect.reads(.workspace)
  static let support = [
    Support(
      .workspaceDiagnostics, "What is wrong in files that nobody has open; told again only when it changes",
      test: "UnopenedFilesTests/aClientThatAsksIsAnsweredOnceAndThenWhenSomethingChanges")
  ]
  /// Files that are told of at a time.
  private static let part = 32

  static func respond(
    to params: WorkspaceDiagnosticParams, in context: ServerContext
  ) async throws(ResponseError) -> WorkspaceDiagnosticReport {
    await context.publisher.letFilesBePulled()
    let known = Dictionary(
      (params.previousResultIds ?? []).map { ($0.uri, $0.value) }, uniquingKeysWith: { first, _ in first })
    var pull = Pull(known, context)
    for await _ in context.engine.wordsOfFiles {
      let changed = await pull.changed()
      if Task.isCancelled { break }
      guard !changed.isEmpty || known.isEmpty else { continue }
      var parts = Parts(token: params.partialResultToken, connection: context.connection)
      // What does not fit into one answer comes with the next: the client does not know of it, and asks again.
      for uri in changed where !parts.isFull {
        if let (item, size) = await pull.item(uri) { parts.add(item, size: size) }
      }
      for (uri, id) in pull.unchanged.sorted(by: { $0.key < $1.key }) {
        parts.add(.init(uri: uri, resultId: id.text), size: uri.utf8.count + 128)
      }
      return parts.rest
    }
    throw ResponseError(.requestCancelled, "Cancelled")
  }

  /// What the client is told under: changes when what is found may be other, and says whether it is.
  private struct ResultID {
    /// Of a file in which nothing is found.
    static let nothing = Self(number: 0, hash: 0)
    /// Tells this server's numbers from those of one that ran before.
    private static let run = UInt32.random(in: 1 ... .max)

    var number: UInt64
    var hash: Int

    init(number: UInt64, hash: Int) { (self.number, self.hash) = (number, hash) }

    init?(_ text: String) {
      let parts = text.split(separator: ":")
      guard parts.count == 3, UInt32(parts[0]) == Self.run, let number = UInt64(parts[1]), let hash = Int(parts[2])
      else { return nil }
      self.init(number: number, hash: hash)
    }

    var text: String { "\(Self.run):\(number):\(hash)" }
  }

  /// One request, over all the times it looks whether there is something to say.
  private struct Pull {
    let known: [String: String]
    let context: ServerContext
    /// Files that changed in nothing that is shown, with what they are known under from now on.
    private(set) var unchanged: [String: ResultID] = [:]

    init(_ known: [String: String], _ context: ServerContext) {
      self.known = known
      self.context = context
    }

    /// Files of which something else is to be said than the client knows. What is found in a file is looked at once for each of
    /// its numbers.
    mutating func changed() async -> [String] {
      let files = await context.engine.settledFiles()
      var changed: [String] = []
      for (uri, number) in files {
        if Task.isCancelled { return [] }
        let id = unchanged[uri] ?? known[uri].flatMap(ResultID.init)
        guard id?.number != number else { continue }
        let hash = await context.engine.file(uri)?.findings.hashValue ?? 0
        if let id, id.hash == hash {
          unchanged[uri] = ResultID(number: number, hash: hash)
        } else {
          changed.append(uri)
        }
      }
      let left = Set(files.map(\.uri))
      return changed + known.keys.filter { !left.contains($0) && known[$0] != ResultID.nothing.text }.sorted()
    }

    /// What is told of a file, and how many bytes that takes at most.
    mutating func item(_ uri: String) async -> (WorkspaceDiagnosticReport.Item, size: Int)? {
      unchanged[uri] = nil
      let frame = uri.utf8.count + 128
      guard let file = await context.engine.file(uri) else {
        return known[uri].map { _ in (.init(uri: uri, resultId: ResultID.nothing.text, items: []), frame) }
      }
      let item = WorkspaceDiagnosticReport.Item(
        uri: uri, resultId: ResultID(number: file.number, hash: file.findings.hashValue).text,
        items: context.session.diagnostics(file.findings, in: file.document))
      return (item, file.findings.reduce(frame) { $0 + $1.writtenSize })
    }
  }

  /// The answer, as much at a time as the client takes.
  private struct Parts {
    let token: JSONValue?
    let connection: Connection
    private var items: [WorkspaceDiagnosticReport.Item] = []
    private var size = 0

    init(token: JSONValue?, connection: Connection) {
      self.token = token
      self.connection = connection
    }

    /// Whether something did not fit into the answer, which can't be sent in parts.
    private(set) var isFull = false

    mutating func add(_ item: WorkspaceDiagnosticReport.Item, size: Int) {
      if self.size + size > ReplyBudget.bytes { send() }
      if !items.isEmpty, self.size + size > ReplyBudget.bytes {
        isFull = true
        return
      }
      items.append(item)
      self.size += size
      if items.count == WorkspaceDiagnosticFeature.part { send() }
    }

    /// Hands over what there is, where the client takes parts.
    private mutating func send() {
      guard let token, !items.isEmpty else { return }
      connection.notify("$/progress", ProgressParams(token: token, value: rest))
      (items, size) = ([], 0)
    }

    var rest: WorkspaceDiagnosticReport { WorkspaceDiagnosticReport(items: items) }
  }
}
