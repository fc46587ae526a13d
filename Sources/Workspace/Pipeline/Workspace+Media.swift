import Facts
import Files
import Findings
import Manifest
import PluginHost
import WorkerProtocol

extension Workspace {
  /// Files whose headers are read at one time, each an open descriptor.
  private static let mediaAtOnce = 16

  /// What is known of the media a record names; what is not is put down to be read.
  func mediaFacts(of result: HostResult, _ id: RecordID, in state: DocumentState) -> [StatedFact] {
    guard library.media != nil, let kind = library.plan.kinds[HostFacts.media] else { return [] }
    return result.media.compactMap { media in
      guard let known = state.mediaHeaders[media.path] else {
        state.mediaQueue[media.path, default: []].append(id)
        return nil
      }
      return known.map { header in
        StatedFact(
          kind: kind, key: FactKey(text: Array(media.path.utf8), in: state.id), places: [.init("", media.place)],
          payload: header)
      }
    }
  }

  /// Reads what was put down, and looks at the records again that name it.
  func readMedia(_ state: DocumentState) async {
    while !state.isClosed, !state.mediaQueue.isEmpty {
      let batch = state.mediaQueue.keys.prefix(Self.mediaAtOnce)
      let root = state.configuration?.root ?? state.path.map { Paths.folder(of: $0) }
      let allowed = root.flatMap { try? FileSystem.resolved($0) }
      let (document, reader) = (state.path, library.media)
      let headers = await withTaskGroup(of: (String, [UInt8]?).self) { group in
        for path in batch {
          group.addTask { (path, await Self.header(of: path, document: document, allowed: allowed, reader)) }
        }
        return await group.reduce(into: [:]) { $0[$1.0] = .some($1.1) }
      }
      for (path, header) in headers {
        state.mediaHeaders[path] = header
        for record in state.mediaQueue.removeValue(forKey: path) ?? [] where header != nil {
          state.hostQueue.addHot(record)
        }
      }
    }
    state.readsMedia = false
    state.awaitsPublication = true
    drive(state)
  }

  /// `width height orientation` in decimal, or `missing` and the path of another file that may be meant; `nil` for what is not
  /// there, is no image known here, or lies outside of the dataset.
  private static func header(of written: String, document: String?, allowed: String?, _ reader: MediaReader?) async
    -> [UInt8]?
  {
    guard let reader, let document, let allowed, !written.contains("://") else { return nil }
    let folder = Paths.folder(of: document)
    guard let path = file(written, in: folder, within: allowed) else {
      return MediaNames.others(written).first { file($0, in: folder, within: allowed) != nil }.map {
        Array((HostFacts.missing + $0).utf8)
      }
    }
    guard case .header(let header) = await reader.header(of: path) else { return nil }
    return Array("\(header.width) \(header.height) \(header.orientation)".utf8)
  }

  /// The file that a path means, if it is there and lies within the dataset.
  private static func file(_ written: String, in folder: String, within allowed: String) -> String? {
    let named = Paths.join(folder, written)
    // Most are not there, and to follow links takes a look at each folder on the way.
    guard FileSystem.exists(named), let path = try? FileSystem.resolved(named), Paths.relative(path, to: allowed) != nil
    else { return nil }
    return path
  }
}
