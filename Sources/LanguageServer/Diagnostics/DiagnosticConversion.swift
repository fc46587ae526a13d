import Findings
import JSONCodec
import LanguageServerProtocol
import Manifest

/// What the client can take, worked out once.
struct Session: Sendable {
  var client = ClientCapabilities()
  var encoding = PositionEncoding.utf16
  var settings = ServerSettings()
  /// The folders that the client has open, as URIs.
  var folders: [String] = []
  /// What is set otherwise in one of them.
  var folderSettings: [String: ServerSettings] = [:]

  /// What is set for a document: in the innermost open folder around it, or everywhere.
  func settings(for uri: String) -> ServerSettings {
    let around = folders.filter { uri.utf8.starts(with: ($0.hasSuffix("/") ? $0 : $0 + "/").utf8) }
    let folder = around.max { $0.utf8.count < $1.utf8.count }
    return folder.flatMap { folderSettings[$0] } ?? settings
  }

  /// Folders of which every file is shown.
  var shownFolders: [String] { folders.filter { (folderSettings[$0] ?? settings).scope == .workspace } }

  func position(at offset: Int, in document: any PositionedText) -> Position {
    let position = document.position(at: offset, in: encoding)
    return Position(line: position.line, character: position.character)
  }

  func range(_ range: Range<Int>, in document: any PositionedText) -> PositionRange {
    PositionRange(
      start: position(at: range.lowerBound, in: document), end: position(at: range.upperBound, in: document))
  }

  func offset(of position: Position, in document: any DocumentReading) -> Int {
    document.offset(of: LinePosition(position), in: encoding)
  }

  /// Backwards ranges are turned around.
  func bytes(of range: PositionRange, in document: any DocumentReading) -> Range<Int> {
    let start = offset(of: range.start, in: document)
    let end = offset(of: range.end, in: document)
    return min(start, end)..<max(start, end)
  }
}

extension LinePosition {
  /// Negative numbers are the beginning.
  init(_ position: Position) { self.init(line: max(0, position.line), character: max(0, position.character)) }
}

extension Session {
  /// The messages for `findings`, with no more in them than the client takes.
  func diagnostics(_ findings: [ShownFinding], in document: any PositionedText) -> [Diagnostic] {
    let offsets = findings.flatMap { [$0.range.lowerBound, $0.range.upperBound] }
    let positions = document.positions(at: offsets, in: encoding).map {
      Position(line: $0.line, character: $0.character)
    }
    return findings.indices.map { index in
      diagnostic(findings[index], PositionRange(start: positions[index * 2], end: positions[index * 2 + 1]))
    }
  }

  private func diagnostic(_ finding: ShownFinding, _ range: PositionRange) -> Diagnostic {
    var diagnostic = Diagnostic(range: range, message: finding.message)
    if finding.count > 1 { diagnostic.message += " (\(finding.count) such places)" }
    diagnostic.severity = Int(finding.severity.rawValue)
    diagnostic.code = .string(finding.rule)
    diagnostic.source = "concord"
    if client.diagnosticsHaveRuleLinks, let page = finding.rulePage {
      diagnostic.codeDescription = CodeDescription(href: page)
    }
    let tags = finding.tags.map(\.rawValue).filter(client.diagnosticTags.contains)
    if !tags.isEmpty { diagnostic.tags = tags }
    if client.diagnosticsHaveRelated, !finding.related.isEmpty {
      diagnostic.relatedInformation = finding.related.map { place in
        let range = PositionRange(
          start: Position(line: place.start.line, character: place.start.character),
          end: Position(line: place.end.line, character: place.end.character))
        return DiagnosticRelatedInformation(location: Location(uri: place.uri, range: range), message: place.message)
      }
    }
    return diagnostic
  }

  /// A workspace edit of `edits`; with versions where the client checks them.
  func workspaceEdit(_ edits: [DocumentEdits]) -> WorkspaceEdit {
    let changes = edits.map { document in
      (
        document,
        document.edits.map {
          TextEdit(range: PositionRange($0.span), newText: String(decoding: $0.text, as: UTF8.self))
        }
      )
    }
    guard client.editsHaveVersions else {
      return WorkspaceEdit(changes: Dictionary(changes.map { ($0.0.uri, $0.1) }, uniquingKeysWith: { $0 + $1 }))
    }
    return WorkspaceEdit(
      documentChanges: changes.flatMap { document, edits -> [DocumentChange] in
        let edit = TextDocumentEdit(
          textDocument: .init(uri: document.uri, version: document.version), edits: edits)
        let isNew = document.isNew && client.editsCreateFiles
        return (isNew ? [.create(CreateFile(uri: document.uri))] : []) + [.edit(edit)]
      })
  }

  /// The same, with all edits to be looked at by the person before they are made. For clients that can.
  func workspaceEdit(_ edits: [DocumentEdits], confirmedAs label: String) -> WorkspaceEdit {
    let annotation = "concord"
    var edit = workspaceEdit(edits)
    edit.changeAnnotations = [annotation: ChangeAnnotation(label: label, needsConfirmation: true)]
    edit.documentChanges = edit.documentChanges?.map { change in
      guard case .edit(var document) = change else { return change }
      for index in document.edits.indices { document.edits[index].annotationId = annotation }
      return .edit(document)
    }
    return edit
  }
}
