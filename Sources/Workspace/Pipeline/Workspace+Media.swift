import Facts
import Files
import Findings
import Manifest
import PluginHost

extension Workspace {
  /// What is known of the files a record names; what is not is put down to be looked at.
  func mediaFacts(of result: HostResult, _ id: RecordID, in state: DocumentState) -> [StatedFact] {
    return result.media.compactMap { media in
      guard let kind = library.plan.kinds[media.file.kind] else { return nil }
      if state.isSilent(media.file) { return nil }
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
    let folder = state.path.map { Paths.folder(of: $0) } ?? ""
    while !state.isClosed, !state.mediaQueue.isEmpty {
      let finder = state.mediaFinder ?? mediaFinder(for: state)
      state.mediaFinder = finder
      state.mediaChanged = []
      let batch = Array(state.mediaQueue.keys.prefix(MediaFinder.mostAtOnce))
      let looks = await finder?.look(at: batch) ?? batch.map { ($0, nil) }
      let silent = await finder?.silent
      for (file, known) in looks {
        // What changed meanwhile may have been looked at before: it waits for the next look.
        if !state.mediaChanged.isEmpty, state.mediaChanged.contains(Paths.join(folder, file.path)) { continue }
        state.mediaHeaders[file] = .some(known)
        for record in state.mediaQueue.removeValue(forKey: file) ?? [] where known != nil {
          state.hostQueue.addHot(record)
        }
      }
      if let silent, silent.count > state.silentMedia.count, state.mediaFinder === finder {
        state.silentMedia = silent
        state.mediaQueue = state.mediaQueue.filter { !state.isSilent($0.key) }
      }
    }
    state.readsMedia = false
    // During the first walk there is nothing to show yet.
    if state.scan == nil { state.awaitsPublication = true }
    drive(state)
  }

  /// Of what lies outside of the dataset nothing is known.
  private func mediaFinder(for state: DocumentState) -> MediaFinder? {
    guard let folder = state.path.map({ Paths.folder(of: $0) }),
      let root = try? FileSystem.resolved(state.configuration?.root ?? folder)
    else { return nil }
    return MediaFinder(folder: folder, root: root, reader: library.media)
  }

  /// Looks again at files that changed, and at the records that name them.
  ///
  /// A file that nothing was known of has no fact, and is looked at when its document is opened again. Cost: what the document
  /// names, and of that only where something changed.
  func noteMedia(changed paths: [String]) {
    let changed = Set(paths)
    for state in documents.values where !state.mediaHeaders.isEmpty || state.readsMedia {
      guard let folder = state.path.map({ Paths.folder(of: $0) }) else { continue }
      if state.readsMedia { state.mediaChanged.formUnion(changed) }
      state.mediaFinder = nil
      state.silentMedia = []
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

extension DocumentState {
  /// Whether nothing is said of a file, whatever it is called, so that it is not looked for. A report counts the pictures that are
  /// not there.
  fileprivate func isSilent(_ file: MediaFile) -> Bool {
    !silentMedia.isEmpty && file.sort != .picture && silentMedia.contains(MediaPlace(of: file.path))
  }
}
