import Findings
import Manifest
package import Workspace

extension WorkspaceEngine {
  package func use(folders: [String], shown: [String]) async {
    self.folders = folders.compactMap(Paths.path(ofURI:))
    // What somebody had checked stays shown, whatever the settings say.
    let settled = shown.compactMap(Paths.path(ofURI:))
    let shown = settled + checkedFolders.filter { !settled.contains($0) }
    await workspace.showFiles(!shown.isEmpty, below: shown)
  }

  package func edits(forMoves moves: [(from: String, to: String)]) async -> [DocumentEdits] {
    let moves = moves.compactMap { move -> FileMove? in
      guard let from = Paths.path(ofURI: move.from), let to = Paths.path(ofURI: move.to) else { return nil }
      return FileMove(from: from, to: to)
    }
    return documentEdits(await workspace.edits(for: moves))
  }

  package func namings(of uris: [String]) async -> (places: Int, files: Int) {
    await workspace.namings(of: uris.compactMap(Paths.path(ofURI:)))
  }

  package func noteMoved(_ uris: [String]) async { await workspace.noteMoved(uris.compactMap(Paths.path(ofURI:))) }

  package func nextDisagreement(after offset: Int, in uri: String) async -> ShownDisagreement? {
    let found = await workspace.nextDisagreement(
      after: offset, in: uri, language: shownLanguage, encoding: encoding)
    return found.map { found in
      let span = ShownPlace.Span(start: found.start, end: found.end)
      return ShownDisagreement(
        place: ShownPlace(uri: found.uri, range: span, selection: span), rule: found.rule, message: found.message)
    }
  }

  package func check(folder uri: String) async -> FolderReport? {
    guard let path = Paths.path(ofURI: uri) else { return nil }
    let folder = path.hasSuffix("/") ? String(path.dropLast()) : path
    if !folders.contains(folder) { folders.append(folder) }
    if !checkedFolders.contains(folder) { checkedFolders.append(folder) }
    return await workspace.check(folder: folder, among: folders)
  }

  package func place(of address: RecordAddress, in uri: String) async -> ShownRecord? {
    guard let found = await workspace.place(of: address, in: uri) else { return nil }
    let span = ShownPlace.Span(
      start: found.document.position(at: found.range.lowerBound, in: encoding),
      end: found.document.position(at: found.range.upperBound, in: encoding))
    return ShownRecord(
      place: ShownPlace(uri: uri, range: span, selection: span), text: found.text, isOpen: found.version != nil,
      fileSize: found.document.byteCount)
  }

  package func page(of rule: String) async -> (markdown: String, address: String?)? {
    let library = await workspace.library
    return library.page(of: rule, shownLanguage).map { ($0.markdown, library.pageAddress(of: rule)) }
  }
}
