import Facts
import Files
import Manifest
import Ontology

/// The vocabularies of one dataset: what its files say now, on top of what plugins bring.
struct TermDesk {
  let configuration: DatasetConfiguration
  /// By id: what documents are judged by.
  private(set) var lists: [String: TermList] = [:]
  /// What was read last, by file; an open document goes before the file.
  private(set) var sources: [String: Source] = [:]
  /// Counts changes that are still to be taken up.
  var generation = 0

  struct Source: Sendable {
    var named: NamedVocabulary
    var bytes: [UInt8]
  }

  init(_ configuration: DatasetConfiguration) { self.configuration = configuration }

  mutating func take(_ sources: [String: Source], _ lists: [String: TermList]) {
    self.sources = sources
    self.lists = lists
  }

  /// The text of a named file on the disk; `nil` if it is not there, too large or outside the dataset.
  static func read(_ named: NamedVocabulary, root: String) -> [UInt8]? {
    guard let path = try? FileSystem.resolved(Paths.join(root, named.file)), let real = try? FileSystem.resolved(root),
      Paths.relative(path, to: real) != nil
    else { return nil }
    return try? FileSystem.regularFile(path, limit: VocabularyFile.limit)
  }

  /// The lists that files and plugins make together. Lists of which nothing changed are those that were there before.
  ///
  /// Cost: reading each changed file, and sorting its terms.
  static func lists(
    of sources: [Source], over base: [String: TermList], before: (sources: [String: Source], lists: [String: TermList])
  ) -> [String: TermList] {
    let mappings = sources.flatMap { VocabularyFile.mappings($0.bytes, path: $0.named.file) ?? [] }
    let mappingsBefore = before.sources.values.map(\.named.file).sorted()
      .flatMap { file in before.sources[file].flatMap { VocabularyFile.mappings($0.bytes, path: file) } ?? [] }
    var lists = base
    var files: [String: [Source]] = [:]
    for source in sources where VocabularyFile.mappings(source.bytes, path: source.named.file) == nil {
      files[source.named.id, default: []].append(source)
    }
    for id in Set(base.keys).union(files.keys) {
      let named = files[id] ?? []
      let isSame =
        mappings == mappingsBefore
        && named.map(\.bytes) == before.sources.values.filter { $0.named.id == id }.map(\.bytes)
      if isSame, let known = before.lists[id] {
        lists[id] = known
        continue
      }
      if named.isEmpty, mappings.isEmpty { continue }
      var vocabulary = base[id]?.vocabulary ?? Vocabulary(id: id, version: "", terms: [])
      for source in named {
        var read = VocabularyFile.read(
          source.bytes, path: source.named.file, id: id, columns: source.named.columns)
        read.id = id
        vocabulary = vocabulary.overlaid(by: read)
      }
      let hash = Digest.sha256(named.map { Digest.sha256($0.bytes) }.joined(separator: "\n").utf8.map { $0 })
      lists[id] = TermList(
        mappings.isEmpty ? vocabulary : vocabulary.applying(mappings),
        sha256: named.count == 1 ? Digest.sha256(named[0].bytes) : hash)
    }
    return lists
  }
}
