import Facts
import Files
import Manifest
import Ontology

/// The vocabularies of one dataset: what its files say now, on top of what plugins bring.
struct TermDesk: Sendable {
  let configuration: DatasetConfiguration
  /// By id: what documents are judged by.
  private(set) var lists: [String: TermList] = [:]
  /// What was read last, by file.
  private(set) var parts: [String: VocabularyPart] = [:]
  /// The ids of lists that are being read for the first time: they are not missing.
  private(set) var awaited: Set<String> = []
  /// Counts changes that are still to be taken up.
  var generation: Int
  /// Something changed that is not read yet: what is judged by the lists is not settled.
  var isPending = false
  /// One reading at a time: a large list takes a while, and typing goes on.
  var isReading = false

  init(_ configuration: DatasetConfiguration, generation: Int) {
    self.configuration = configuration
    self.generation = generation
  }

  /// Where a named file is and what it is now; `nil` if it is not there, or outside the dataset.
  static func file(_ named: NamedVocabulary, root: String) -> VocabularyText.Place? {
    guard let path = try? FileSystem.resolved(Paths.join(root, named.file)), let real = try? FileSystem.resolved(root),
      Paths.relative(path, to: real) != nil, let status = FileSystem.status(of: path), status.kind == .file
    else { return nil }
    return .file(path: path, status)
  }

  /// The desk with these texts, which are all there are; lists of which nothing changed are those that were there before.
  ///
  /// Lists that are awaited are not there yet: nothing is missed in them. Cost: see `VocabularyLoader`.
  func reading(
    _ texts: [VocabularyText], _ loader: VocabularyLoader, over base: [String: TermList], awaiting: Set<String> = []
  ) -> TermDesk {
    var next = self
    next.awaited = awaiting
    next.parts = [:]
    for text in texts { next.parts[text.named.file] = loader.part(text, before: parts[text.named.file]) }
    let mappings = next.mappings
    let isMappedAlike = mappings.map(\.sha256) == self.mappings.map(\.sha256)
    next.lists = base
    for id in Set(base.keys).union(configuration.vocabularies.map(\.id)) {
      let own = next.parts(of: id)
      let before = parts(of: id)
      let isSame =
        isMappedAlike && own.count == before.count && zip(own, before).allSatisfy { $0.part.isSame(as: $1.part) }
      if isSame, let known = lists[id] {
        next.lists[id] = known
      } else if !own.isEmpty || !mappings.isEmpty {
        next.lists[id] = Self.list(of: own, in: configuration.root, over: base[id], mappings) ?? base[id]
      }
    }
    for id in awaiting { next.lists[id] = nil }
    return next
  }

  /// Says that somebody compiles a file for the cache.
  mutating func noteRenewal(of file: String) { parts[file]?.isCacheStale = false }

  /// The files of a list, in the order of the configuration: later ones lie over earlier ones.
  private func parts(of id: String) -> [(file: String, part: VocabularyPart)] {
    configuration.vocabularies.filter { $0.id == id }.compactMap { named in
      parts[named.file].flatMap { $0.terms == nil ? nil : (named.file, $0) }
    }
  }

  private var mappings: [VocabularyPart] {
    configuration.vocabularies.compactMap { parts[$0.file] }.filter { $0.terms == nil }
  }

  private static func list(
    of own: [(file: String, part: VocabularyPart)], in root: String, over base: TermList?, _ mappings: [VocabularyPart]
  ) -> TermList? {
    let indexes = own.reversed().compactMap(\.part.terms) + [base?.index].compactMap(\.self)
    let stack = TermStack(indexes, MappedRelations(mappings.flatMap(\.mappings)))
    let hashes = (own.isEmpty ? [base?.sha256 ?? ""] : own.map(\.part.sha256)) + mappings.map(\.sha256)
    return stack.map { stack in
      TermList(
        stack.joined,
        sha256: hashes.count == 1 ? hashes[0] : Digest.sha256(Array(hashes.joined(separator: "\n").utf8)),
        files: own.reversed().map { Paths.join(root, $0.file) } + (base?.files ?? []))
    }
  }
}
