import Files
import Manifest
import Ontology

/// Reads vocabularies: from the cache where that has them, as what has changed since an index was made, or as a whole.
struct VocabularyLoader: Sendable {
  var cache: VocabularyCache?

  /// Changes that are laid over an index of so many terms; if there are more it is compiled anew.
  private static func changeLimit(_ count: Int) -> Int { min(10_000, max(1_000, count / 8)) }

  /// Whether the text is read at once, so that whoever asks may wait: it is small, or the cache has it.
  func isQuick(_ text: VocabularyText) -> Bool {
    if text.byteCount <= VocabularyCache.floor { return true }
    guard case .file(let path, let status) = text.place else { return false }
    return cache?.find(origin(text.named, path, status))?.origin.covers(status) ?? false
  }

  /// What the text says; `before` is what it said last, so that only what has changed is compiled. `nil` if it can't be read.
  ///
  /// Cost: nothing for a file that has not changed; a pass over the bytes for a table of which lines have; otherwise reading all, and compiling it
  /// if much has changed.
  func part(_ text: VocabularyText, before: VocabularyPart?) -> VocabularyPart? {
    switch text.place {
    case .open(let document):
      return part(document.allBytes(), of: text.named, origin: nil, before: before, base: before?.terms?.base)
    case .file(let path, let status):
      if let before, before.status == status { return before }
      let wanted = origin(text.named, path, status)
      let kept = status.size < VocabularyCache.floor ? nil : cache?.find(wanted)
      if let kept, kept.origin.covers(status) { return Self.part(kept, status) }
      guard let read = try? FileSystem.statedFile(path, limit: VocabularyFile.limit(path)) else { return nil }
      var origin = wanted
      (origin.status, origin.sha256) = (read.status, Digest.sha256(read.bytes))
      if let kept, kept.origin.sha256 == origin.sha256 { return Self.part(kept, read.status) }
      var part = part(
        read.bytes, of: text.named, origin: origin, before: before, base: before?.terms?.base ?? kept?.index)
      if before == nil, let kept, part?.terms?.base === kept.index { part?.isCacheStale = true }
      return part
    }
  }

  /// Compiles a file whose index on the disk is old and puts the new one there, for whoever starts next. What is in use stays as it is.
  func renew(_ text: VocabularyText) {
    guard case .file(let path, let status) = text.place,
      let read = try? FileSystem.statedFile(path, limit: VocabularyFile.limit(path))
    else { return }
    var origin = origin(text.named, path, status)
    (origin.status, origin.sha256) = (read.status, Digest.sha256(read.bytes))
    _ = compiled(read.bytes, text.named, &origin)
  }

  private func origin(_ named: NamedVocabulary, _ path: String, _ status: FileSystem.Status) -> VocabularyOrigin {
    VocabularyOrigin(
      path: path, id: named.id, columns: named.columns, status: status, readAt: FileSystem.now, sha256: "")
  }

  private static func part(
    _ kept: (index: CompiledVocabulary, origin: VocabularyOrigin), _ status: FileSystem.Status
  ) -> VocabularyPart {
    VocabularyPart(
      content: .terms(TermIndex(kept.index)), sha256: kept.origin.sha256, status: status, faults: kept.origin.faults,
      faultRow: kept.origin.faultRow)
  }

  private func part(
    _ bytes: [UInt8], of named: NamedVocabulary, origin: VocabularyOrigin?, before: VocabularyPart?,
    base: CompiledVocabulary?
  ) -> VocabularyPart? {
    guard bytes.count <= VocabularyFile.limit(named.file) else { return nil }
    let sha256 = origin?.sha256 ?? Digest.sha256(bytes)
    if var before, before.sha256 == sha256 {
      before.status = origin?.status
      return before
    }
    var part = VocabularyPart(content: .mappings([]), sha256: sha256, status: origin?.status)
    if let mappings = VocabularyFile.mappings(bytes, path: named.file) {
      part.content = .mappings(mappings)
    } else if let base, let change = Self.change(bytes, named, from: base) {
      part.content = .terms(TermIndex(base).applying(change))
    } else {
      var origin = origin
      part.content = .terms(compiled(bytes, named, &origin))
      (part.faults, part.faultRow) = (origin?.faults ?? 0, origin?.faultRow ?? 0)
    }
    return part
  }

  /// What differs from an index; `nil` if that is much.
  private static func change(
    _ bytes: [UInt8], _ named: NamedVocabulary, from base: CompiledVocabulary
  ) -> VocabularyChange? {
    let limit = changeLimit(base.count)
    if VocabularyFile.isTable(named.file),
      let change = TermDifference.ofLines(
        bytes, mapping: ColumnMapping(named.columns), from: base, limit: limit)
    {
      return change
    }
    var difference = TermDifference(from: base, limit: limit)
    var isLittle = true
    let version = VocabularyFile.read(bytes, named) { term in isLittle = isLittle && difference.add(term) }
    return isLittle ? difference.change(version: version) : nil
  }

  /// The whole list anew. With an origin it goes to the cache, and is used from there.
  private func compiled(_ bytes: [UInt8], _ named: NamedVocabulary, _ origin: inout VocabularyOrigin?) -> TermIndex {
    guard var known = origin else {
      let (records, version, _) = VocabularyFile.records(bytes, named)
      return TermIndex(records, id: named.id, version: version)
    }
    defer { origin = known }
    return compiled(bytes, named, &known)
  }

  private func compiled(_ bytes: [UInt8], _ named: NamedVocabulary, _ origin: inout VocabularyOrigin) -> TermIndex {
    let (records, version, problems) = VocabularyFile.records(bytes, named)
    origin.faults = problems.count
    if let first = problems.first, case .cell(let row, _) = first.place { origin.faultRow = row }
    guard bytes.count >= VocabularyCache.floor, let cache else {
      return TermIndex(records, id: named.id, version: version)
    }
    let index = CompiledVocabulary.compile(records, id: named.id, version: version, source: origin.bytes)
    // Mapped, its memory is shared with other servers and the plugins' processes.
    if cache.keep(index, of: origin), let kept = cache.find(origin), kept.origin == origin {
      return TermIndex(kept.index)
    }
    return TermIndex(compiled: index)
  }
}
