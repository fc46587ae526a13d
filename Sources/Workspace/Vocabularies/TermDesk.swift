import Facts
import Files
import Manifest
import Ontology

/// The vocabularies of one dataset: what its files say now, on top of what plugins bring.
struct TermDesk: Sendable {
  let configuration: DatasetConfiguration
  /// By id: what documents are judged by.
  private(set) var lists: [String: TermList] = [:]
  /// What was read last, by file; an open document goes before the file.
  private(set) var sources: [String: Source] = [:]
  /// What the dataset's tables of mappings say.
  private var mappings: [Mapping] = []
  /// Counts changes that are still to be taken up.
  var generation: Int

  struct Source: Sendable {
    var named: NamedVocabulary
    var bytes: [UInt8]
  }

  init(_ configuration: DatasetConfiguration, generation: Int) {
    self.configuration = configuration
    self.generation = generation
  }

  /// The text of a named file on the disk; `nil` if it is not there, too large or outside the dataset.
  static func read(_ named: NamedVocabulary, root: String) -> [UInt8]? {
    guard let path = try? FileSystem.resolved(Paths.join(root, named.file)), let real = try? FileSystem.resolved(root),
      Paths.relative(path, to: real) != nil
    else { return nil }
    return try? FileSystem.regularFile(path, limit: VocabularyFile.limit)
  }

  /// The desk with other texts: lists of which nothing changed are those that were there before.
  ///
  /// Cost: reading each changed file, and sorting its terms.
  func reading(_ texts: [Source], over base: [String: TermList]) -> TermDesk {
    var next = self
    next.sources = Dictionary(texts.map { ($0.named.file, $0) }) { first, _ in first }
    next.mappings = []
    var files: [String: [Source]] = [:]
    for text in texts {
      if let found = VocabularyFile.mappings(text.bytes, path: text.named.file) {
        next.mappings += found
      } else {
        files[text.named.id, default: []].append(text)
      }
    }
    next.lists = base
    for id in Set(base.keys).union(files.keys) {
      let named = files[id] ?? []
      let before = sources.values.filter { $0.named.id == id }
      let isSame =
        next.mappings == mappings && named.count == before.count
        && named.allSatisfy { sources[$0.named.file]?.bytes == $0.bytes }
      if isSame, let known = lists[id] {
        next.lists[id] = known
      } else if !named.isEmpty || !next.mappings.isEmpty {
        next.lists[id] = Self.list(id, of: named, in: configuration.root, over: base[id], next.mappings)
      }
    }
    return next
  }

  private static func list(
    _ id: String, of files: [Source], in root: String, over base: TermList?, _ mappings: [Mapping]
  ) -> TermList {
    var vocabulary = base?.vocabulary ?? Vocabulary(id: id, version: "", terms: [])
    for file in files {
      var read = VocabularyFile.read(file.bytes, path: file.named.file, id: id, columns: file.named.columns)
      read.id = id
      vocabulary = vocabulary.overlaid(by: read)
    }
    let hashes = files.map { Digest.sha256($0.bytes) }
    return TermList(
      mappings.isEmpty ? vocabulary : vocabulary.applying(mappings),
      sha256: hashes.count == 1 ? hashes[0] : Digest.sha256(Array(hashes.joined(separator: "\n").utf8)),
      files: files.reversed().map { Paths.join(root, $0.named.file) } + (base?.files ?? []))
  }
}
