import Facts
import Files
import Findings
import Manifest
import PluginHost
import WorkerProtocol

extension Workspace {
  /// Files whose headers are read at one time, each an open descriptor.
  private static let mediaAtOnce = 16

  /// What is known of the files a record names; what is not is put down to be looked at.
  func mediaFacts(of result: HostResult, _ id: RecordID, in state: DocumentState) -> [StatedFact] {
    return result.media.compactMap { media in
      guard let kind = library.plan.kinds[media.file.kind] else { return nil }
      guard let known = state.mediaHeaders[media.file] else {
        state.mediaQueue[media.file, default: []].append(id)
        return nil
      }
      return known.map { header in
        StatedFact(
          kind: kind, key: FactKey(text: Array(media.file.path.utf8), in: state.id), places: [.init("", media.place)],
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
      let looks = await withTaskGroup(of: (MediaFile, Look).self) { group in
        for file in batch {
          group.addTask { (file, await Self.look(at: file, document: document, allowed: allowed, reader)) }
        }
        return await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
      }
      for (file, look) in looks {
        let known = await payload(look, in: state)
        state.mediaHeaders[file] = .some(known)
        for record in state.mediaQueue.removeValue(forKey: file) ?? [] where known != nil {
          state.hostQueue.addHot(record)
        }
      }
    }
    state.readsMedia = false
    state.awaitsPublication = true
    drive(state)
  }

  /// What came of looking for a file.
  private enum Look: Sendable {
    case known([UInt8])
    case unknown
    /// It is not there; whether others are has not been looked at.
    case absent(MediaFolder)
  }

  private func payload(_ look: Look, in state: DocumentState) async -> [UInt8]? {
    switch look {
    case .known(let payload): return payload
    case .unknown: return nil
    case .absent(let folder):
      if state.mediaFolders[folder] == nil {
        state.mediaFolders[folder] = await Task.detached(priority: .utility) { folder.holdsAny }.value
      }
      return state.mediaFolders[folder] == true ? Array(HostFacts.missing.utf8) : nil
    }
  }

  /// Of what lies outside of the dataset nothing is known.
  private static func look(at file: MediaFile, document: String?, allowed: String?, _ reader: MediaReader?) async
    -> Look
  {
    guard let document, let allowed, !file.path.isEmpty, !file.path.contains("://") else { return .unknown }
    let folder = Paths.folder(of: document)
    guard let path = found(file.path, in: folder, within: allowed) else {
      if let other = MediaNames.others(file.path).first(where: { found($0, in: folder, within: allowed) != nil }) {
        return .known(Array("\(HostFacts.missing) \(other)".utf8))
      }
      guard let place = MediaFolder(of: Paths.join(folder, file.path)), FileSystem.exists(place.path),
        let resolved = try? FileSystem.resolved(place.path),
        resolved == allowed || Paths.relative(resolved, to: allowed) != nil
      else { return .unknown }
      return .absent(place)
    }
    switch file.sort {
    case .other: return .known(Array("there".utf8))
    case .data: return .known(DataFileHead.members(of: path) ?? Array("there".utf8))
    case .picture:
      guard case .header(let header) = await reader?.header(of: path) else { return .known(Array("there".utf8)) }
      return .known(Array("\(header.width) \(header.height) \(header.orientation)".utf8))
    case .sound:
      guard case .sound(let header) = await reader?.header(of: path) else { return .known(Array("there".utf8)) }
      return .known(
        Array("\(HostFacts.sound) \(header.rate) \(header.channels) \(header.frames) \(header.bits)".utf8))
    }
  }

  /// The file that a path means, if it is there and lies within the dataset.
  static func found(_ written: String, in folder: String, within allowed: String) -> String? {
    let named = Paths.join(folder, written)
    // Most are not there, and to follow links takes a look at each folder on the way.
    guard FileSystem.exists(named), let path = try? FileSystem.resolved(named), Paths.relative(path, to: allowed) != nil
    else { return nil }
    return path
  }

  /// Looks again at files that changed, and at the records that name them.
  ///
  /// A file that nothing was known of has no fact, and is looked at when its document is opened again. Cost: what the document
  /// names, and of that only where something changed.
  func noteMedia(changed paths: [String]) {
    let changed = Set(paths)
    for state in documents.values where !state.mediaHeaders.isEmpty {
      guard let folder = state.path.map({ Paths.folder(of: $0) }) else { continue }
      state.mediaFolders = [:]
      let names = state.mediaHeaders.keys.filter { changed.contains(Paths.join(folder, $0.path)) }
      for name in names {
        state.mediaHeaders[name] = nil
        guard let kind = library.plan.kinds[name.kind] else { continue }
        for fact in state.space.store.facts(kind, FactKey(text: Array(name.path.utf8), in: state.id), limit: .max).facts
        {
          state.hostQueue.addHot(fact.fact.places[0].place.record.record)
        }
      }
      if !names.isEmpty { drive(state) }
    }
  }
}
