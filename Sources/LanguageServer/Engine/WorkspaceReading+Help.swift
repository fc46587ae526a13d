import Manifest
import Workspace

extension WorkspaceReading {
  var byteCount: Int { snapshot.document.byteCount }

  func isSettled() async -> Bool { await workspace.isSettled(snapshot.uri) }

  func declarations(at offset: Int) async -> (origin: Range<Int>, places: [ShownPlace])? {
    await snapshot.declarations(at: offset, in: workspace).map { ($0.origin, $0.places.map(shown)) }
  }

  func typeDefinitions(at offset: Int) async -> (origin: Range<Int>, places: [ShownPlace])? {
    await snapshot.typeDefinitions(at: offset, in: workspace).map { ($0.origin, $0.places.map(shown)) }
  }

  func signature(at offset: Int) async -> ListSignature? { snapshot.signature(at: offset) }

  func selections(at offset: Int) async -> [Range<Int>] { snapshot.selections(at: offset) }

  func meanings(in range: Range<Int>, limit: Int) async -> [MeaningfulText]? {
    snapshot.meanings(in: range, limit: limit)
  }

  func links(limit: Int) async -> [FileLink] { snapshot.fileLinks(limit: limit) }

  func linkedFile(at offset: Int) async throws(EngineError) -> String {
    switch await snapshot.linkedFile(at: offset, in: workspace) {
    case .success(let address): return address
    case .failure(let error): throw EngineError(error.message)
    }
  }

  func colors(limit: Int) async -> [ShownColor] { snapshot.colors(limit: limit) }

  func text(of color: ShownColor) async -> String? { snapshot.text(of: color) }
}
