import Facts
import Files
import Findings
import Manifest
import Schema

/// In `concord.json`, what the dataset's own files have: their names, their lists, and paths with the values they lead to.
extension Workspace {
  /// Entries that are looked at, from the beginning of at most so many files.
  private static let sampleLimit = 24
  private static let sampleFiles = 2
  /// Of a file that is not in memory, as much is looked at.
  private static let headSize = 1 << 20

  func addPaths(to maker: inout CompletionMaker) async {
    guard maker.dialect.id == DatasetFormat.id, let spot = ConfigurationSpot(maker.place),
      let path = maker.snapshot.path
    else { return }
    let root = Paths.folder(of: path)
    switch spot.part {
    case .names(let names): maker.add(names: names)
    case .files: maker.add(patterns: Self.patterns(of: await files(below: root), root: root))
    case .records: maker.add(lists: await lists(of: spot, root: root))
    case .path:
      // Whoever is to label independently sees no value that somebody else wrote.
      let showsValues = reader.map { $0.role == .reviewer || $0.actor == nil } ?? true
      maker.add(PathOffers(await samples(of: spot, root: root)), showsValues: showsValues)
    }
  }

  private func files(below root: String) async -> [String] {
    if let dataset = datasets[root] { return dataset.paths }
    return await Self.walk(root)
  }

  @concurrent
  private static func walk(_ root: String) async -> [String] { FileWalk(below: root, accepting: mayTakePart).files }

  /// Patterns that files fall under: a folder's of one kind, and where that is one alone, its name. With how many there are.
  private static func patterns(of files: [String], root: String) -> [(pattern: String, count: Int)] {
    var groups: [String: [String]] = [:]
    for file in files {
      guard let relative = Paths.relative(file, to: root), Paths.name(of: file) != DatasetConfiguration.fileName else {
        continue
      }
      let ending = relative.split(separator: ".").last.map(String.init) ?? ""
      let folder = relative.contains("/") ? Paths.folder(of: relative) + "/" : ""
      groups[folder + "*." + ending, default: []].append(relative)
    }
    return groups.sorted { $0.key < $1.key }.flatMap { pattern, files in
      [(pattern, files.count)] + (files.count <= 8 ? files.map { ($0, 1) } : [])
    }
  }

  // MARK: Documents that a source speaks of

  /// The first files of a source, with what is known of them where they are in memory.
  private func documents(of spot: ConfigurationSpot, root: String) async -> [(
    document: Document, state: DocumentState?
  )] {
    guard !spot.files.isEmpty else { return [] }
    func fits(_ path: String?) -> Bool {
      path.flatMap { Paths.relative($0, to: root) }.map { Paths.matches(spot.files, path: $0) } ?? false
    }
    let states = datasets[root]?.space.documents.values.filter { fits($0.path) }.sorted { $0.id < $1.id } ?? []
    guard states.isEmpty else { return states.prefix(Self.sampleFiles).map { ($0.document, $0) } }
    let found = await files(below: root).filter(fits).prefix(Self.sampleFiles)
    var documents: [(Document, DocumentState?)] = []
    for path in found {
      if let document = await Self.head(of: path, records: spot.records) { documents.append((document, nil)) }
    }
    return documents
  }

  /// What stands at the beginning of a file: the rest is missing, which breaks nothing before it.
  @concurrent
  private static func head(of path: String, records: String?) async -> Document? {
    guard let bytes = try? FileSystem.head(of: path, limit: headSize) else { return nil }
    let isLines = [".jsonl", ".ndjson", ".jsonlines", ".manifest"].contains { path.hasSuffix($0) }
    let pattern = records.flatMap { RecordShape.Pattern($0) } ?? (isLines ? RecordShape.Pattern("/*") : nil)
    return Document(bytes, syntax: isLines ? .jsonl : .json, shape: RecordShape([pattern].compactMap(\.self)))
  }

  /// Lists in the files, as `records` names them, with how many entries the first file has there.
  private func lists(of spot: ConfigurationSpot, root: String) async -> [(path: String, count: Int)] {
    guard let (document, _) = await documents(of: spot, root: root).first else { return [] }
    let bytes = document.bytes(in: 0..<min(document.byteCount, Self.headSize))
    let tree = RecordTree(parsing: bytes, syntax: document.syntax)
    var found: [(String, Int)] = []
    func look(_ node: Int, _ path: String, _ depth: Int) {
      guard depth < 4, !tree.nodes[node].flags.contains(.elided) else { return }
      switch tree.nodes[node].kind {
      case .object:
        for child in tree.children(of: node) {
          if let name = tree.key(of: child), !name.isEmpty, !name.contains("/") {
            look(child, path + "/" + name, depth)
          }
        }
      case .array:
        let elements = Array(tree.children(of: node))
        guard let first = elements.first(where: { tree.nodes[$0].kind == .object }) else { return }
        found.append((path + "/*", elements.count))
        look(first, path + "/*", depth + 1)
      default: break
      }
    }
    look(0, "", 0)
    return found
  }

  // MARK: Entries

  private func samples(of spot: ConfigurationSpot, root: String) async -> [PathOffers.Sample] {
    let pattern = spot.records.flatMap { RecordShape.Pattern($0) }
    return await documents(of: spot, root: root).flatMap { document, state in
      let place = SourcePlace(pattern, in: document)
      var records = place.type == 0 ? [document.record(.document)].compactMap(\.self) : []
      if place.type > 0 {
        records = Array(document.records().lazy.filter { $0.type == place.type }.prefix(Self.sampleLimit))
      }
      return records.flatMap { record -> [PathOffers.Sample] in
        guard let tree = document.tree(of: record.id) else { return [] }
        var sample = PathOffers.Sample(
          tree: tree, node: 0, outer: record.parent.flatMap { document.tree(of: $0) })
        if let state, let result = hostResult(of: record.id, in: state) {
          sample.tree = result.tree
          sample.privateNodes = Set(result.privateNodes)
          sample.named = result.meaning.references.compactMapValues {
            self.definition($0.key, $0.kinds, in: state.space)
          }
        }
        return place.nodes(in: sample.tree).prefix(Self.sampleLimit).map { node in
          var sample = sample
          sample.node = node
          return sample
        }
      }
    }
  }

  /// The record that says what a thing is.
  private func definition(_ key: FactKey, _ kinds: [FactKind], in space: FactSpace) -> RecordTree? {
    for kind in kinds {
      let found = space.store.facts(kind, key, limit: 1).facts.first?.fact.places.first?.place.record
      if let found, let tree = space.documents[found.document]?.document.tree(of: found.record) { return tree }
    }
    return nil
  }
}

extension CompletionMaker {
  fileprivate mutating func add(names: [String]) {
    for (index, name) in names.enumerated() {
      guard let rank = typed.rank(of: name) else { continue }
      var body = SnippetBody([UInt8(ascii: "\"")])
      body.addGap(1)
      body.add([UInt8(ascii: "\"")])
      add(
        CompletionItem(
          kind: .key, label: name, note: "where its files have it", rank: Self.rank(rank, group: 0, index),
          filter: insertion.filter(for: name), edit: insertion.key(Array(name.utf8), body)))
    }
  }

  fileprivate mutating func add(patterns: [(pattern: String, count: Int)]) {
    for (index, found) in patterns.enumerated() {
      add(text: found.pattern, note: found.count == 1 ? "1 file" : "\(found.count) files", index, kind: .path)
    }
  }

  fileprivate mutating func add(lists: [(path: String, count: Int)]) {
    for (index, list) in lists.enumerated() {
      add(text: list.path, note: list.count == 1 ? "1 entry" : "\(list.count) entries", index, kind: .value)
    }
  }

  /// What was typed before `??` stays; behind a `|`, what can be done to what the path leads to.
  fileprivate mutating func add(_ offers: PathOffers, showsValues: Bool) {
    let text = String(decoding: place.typed, as: UTF8.self)
    let parts = text.components(before: "??")
    let open = parts.rest.components(before: "|")
    let paths =
      open.before.isEmpty
      ? offers.paths.map { ($0, offers.examples[$0] ?? []) } : offers.changed(open.before.trimmed)
    let before = parts.before.isEmpty ? "" : parts.before.trimmed + " ?? "
    for (index, (path, examples)) in paths.enumerated() {
      let shown = examples.map { $0.count > 24 ? $0.prefix(23) + "…" : $0 }.joined(separator: ", ")
      add(text: before + path, note: showsValues && !shown.isEmpty ? shown : nil, index, kind: .value)
    }
  }

  private mutating func add(text: String, note: String?, _ index: Int, kind: CompletionItem.Kind) {
    guard let rank = typed.rank(of: text) else { return }
    add(
      CompletionItem(
        kind: kind, label: text, note: note, rank: Self.rank(rank, group: 0, index),
        filter: insertion.filter(for: text),
        edit: insertion.value(SnippetBody(JSONString.encode(Array(text.utf8))))))
  }
}

extension String {
  /// What stands before the last separator, and behind it; without one, nothing and everything.
  fileprivate func components(before separator: String) -> (before: String, rest: String) {
    guard let range = ranges(of: separator).last else { return ("", self) }
    return (String(self[..<range.lowerBound]), String(self[range.upperBound...]))
  }

  fileprivate var trimmed: String {
    String(drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
  }
}
