import Findings
import JSONCodec
import JSONRPC
import LanguageServerProtocol
import Workspace

/// `concord.checkFolder(uri?)`: checks every file of the datasets in a folder, or in all that are open, and shows what is found from then
/// on. Answers, once nothing is waiting to be computed,
/// `{files, filesWithFindings, error, warning, information, hint}`, each a number.
enum CheckFolderCommand: EditorCommand {
  static let name = "concord.checkFolder"

  static func run(
    _ arguments: [JSONValue], token: JSONValue?, in context: ServerContext
  ) async throws(ResponseError) -> JSONValue {
    let folders = arguments.isEmpty || arguments[0] == .null ? context.session.folders : [arguments[0].string ?? ""]
    guard !folders.isEmpty else {
      throw ResponseError(.invalidParams, "`\(name)` takes a folder, because none is open")
    }
    func tell(_ value: WorkDoneProgress) {
      if let token { context.connection.notify("$/progress", ProgressParams(token: token, value: value)) }
    }
    tell(WorkDoneProgress(kind: "begin", title: "Concord checks", isCancellable: true))
    defer { tell(WorkDoneProgress(kind: "end")) }
    var total = FolderReport()
    for folder in folders {
      guard let report = await context.engine.check(folder: folder) else {
        throw ResponseError(.invalidParams, "`\(folder)` is no folder on this machine")
      }
      if Task.isCancelled { throw ResponseError(.requestCancelled, "Cancelled") }
      total.files += report.files
      total.filesWithFindings += report.filesWithFindings
      total.findings.merge(report.findings, uniquingKeysWith: +)
    }
    let counts = Severity.allCases.map { severity in
      JSONValue.Member(severity.name, .integer(Int64(total.findings[severity] ?? 0)))
    }
    return .object(
      [
        .init("files", .integer(Int64(total.files))),
        .init("filesWithFindings", .integer(Int64(total.filesWithFindings))),
      ] + counts)
  }
}
