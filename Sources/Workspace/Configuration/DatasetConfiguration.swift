package import Findings
import Files
import Manifest

/// What a dataset's `concord.json` says; its folder is the dataset's root.
package struct DatasetConfiguration: Sendable {
  package static let fileName = "concord.json"

  package var root: String
  /// SHA-256 of the file's bytes.
  package var hash: String
  package var include: [String] = []
  package var exclude: [String] = []
  /// Which format the files of a pattern have, in the order written; the last that fits wins.
  package var formats: [Association] = []
  package var levels: [RuleLevel] = []
  /// What the files of a pattern are for (`train`, `test`), in the order written; the last that fits wins.
  package var splits: [Split] = []
  /// Vocabulary files of the dataset, in the order written.
  package var vocabularies: [NamedVocabulary] = []
  /// The file that keeps what was decided, below the root.
  package var decisions = DecisionFormat.fileName
  /// Files of it that are joined.
  var alignments: [Alignment] = []
  /// What in it can't be used.
  var problems: [ConfigurationProblem] = []
  /// By plugin id: the settings object as JSON.
  package var settings: [String: [UInt8]] = [:]

  package struct Association: Sendable, Hashable {
    package var pattern: String
    package var dialect: String
  }

  package struct Split: Sendable, Hashable {
    package var pattern: String
    package var name: String
  }

  package struct RuleLevel: Sendable, Hashable {
    package var rule: String
    /// `nil`: everywhere in the dataset.
    package var pattern: String?
    /// `nil`: off.
    package var severity: Severity?
  }

  /// The configuration of the nearest `concord.json` in the file's folder or above it.
  ///
  /// `open` gives what an editor has of a file, which goes before the file.
  package static func governing(_ path: String, open: (String) -> [UInt8]? = { _ in nil }) -> DatasetConfiguration? {
    var folder = Paths.folder(of: path)
    for _ in 0..<256 {
      let candidate = Paths.join(folder, fileName)
      if let bytes = open(candidate) ?? (try? FileSystem.regularFile(candidate, limit: 4 << 20)) {
        return DatasetConfiguration(bytes, root: folder)
      }
      if folder == "/" || folder == "." { return nil }
      folder = Paths.folder(of: folder)
    }
    return nil
  }

  package init(_ bytes: [UInt8], root: String) {
    self.root = root
    hash = Digest.sha256(bytes)
    let tree = RecordTree(parsing: bytes)
    include = Self.strings(tree.member("include", of: 0), in: tree)
    exclude = Self.strings(tree.member("exclude", of: 0), in: tree)
    for file in Self.members(tree.member("files", of: 0), in: tree) {
      guard let dialect = tree.string(of: file) else { continue }
      formats.append(Association(pattern: tree.key(of: file) ?? "", dialect: dialect))
    }
    for plugin in Self.members(tree.member("plugins", of: 0), in: tree) {
      guard let object = tree.member("settings", of: plugin) else { continue }
      settings[tree.key(of: plugin) ?? ""] = Array(tree.text(of: object))
    }
    for split in Self.members(tree.member("splits", of: 0), in: tree) {
      splits += Self.strings(split, in: tree).map { Split(pattern: $0, name: tree.key(of: split) ?? "") }
    }
    var reader = AlignmentReader(tree)
    alignments = reader.alignments(tree.member("alignments", of: 0))
    problems = reader.problems
    vocabularies = Self.vocabularies(tree.member("vocabularies", of: 0), in: tree)
    for rule in Self.members(tree.member("rules", of: 0), in: tree) {
      let isList = tree.nodes[rule].kind == .array
      for entry in isList ? Array(tree.children(of: rule)) : [rule] {
        readLevels(entry, of: tree.key(of: rule) ?? "", in: tree)
      }
    }
    if let file = tree.member("decisions", of: 0).flatMap({ tree.string(of: $0) }), Self.isInside(file) {
      decisions = file
    }
  }

  /// Whether a name is one of a file below the root.
  private static func isInside(_ file: String) -> Bool {
    !file.isEmpty && !file.hasPrefix("/") && !file.split(separator: "/").contains("..") && !file.utf8.contains(0)
  }

  package var decisionsPath: String { Paths.join(root, decisions) }

  /// Whether a file is the one that keeps what was decided.
  func keepsDecisions(_ path: String) -> Bool {
    Paths.join("/", decisions).utf8.elementsEqual(Paths.join("/", Paths.relative(path, to: root) ?? "").utf8)
  }

  /// `"rule": "off"`, or `{"severity": "hint", "reason": "…", "files": ["pattern"]}`, or a list of either, of which the last that
  /// fits a file counts.
  private mutating func readLevels(_ node: Int, of rule: String, in tree: RecordTree) {
    let named = tree.string(of: node) ?? tree.member("severity", of: node).flatMap { tree.string(of: $0) }
    guard let named, named == "off" || Severity(name: named) != nil else { return }
    let patterns = Self.strings(tree.member("files", of: node), in: tree)
    for pattern in patterns.isEmpty ? [nil] : patterns.map(Optional.some) {
      levels.append(RuleLevel(rule: rule, pattern: pattern, severity: Severity(name: named)))
    }
  }

  /// What the dataset says of a rule in a file: `nil`, nothing; else its severity, or off.
  package func level(of rule: String, in path: String) -> RuleLevel? {
    let relative = Paths.relative(path, to: root) ?? path
    return levels.last { level in
      level.rule.utf8.elementsEqual(rule.utf8) && (level.pattern.map { Paths.matches($0, path: relative) } ?? true)
    }
  }

  /// The format it names for a file; the last pattern that fits wins.
  package func dialect(of path: String) -> String? {
    let relative = Paths.relative(path, to: root) ?? path
    return formats.last { Paths.matches($0.pattern, path: relative) }?.dialect
  }

  /// What rules are told of a file where its own entries say nothing: under `split` what it is for, under other names the plugins'
  /// settings of that name. JSON text.
  func context(_ name: String, of path: String) -> [UInt8]? {
    if name == "split" {
      let relative = Paths.relative(path, to: root) ?? path
      return splits.last { Paths.matches($0.pattern, path: relative) }.map { JSONLiteral.quoted(Array($0.name.utf8)) }
    }
    for plugin in settings.keys.sorted() {
      let tree = RecordTree(parsing: settings[plugin] ?? [])
      if let member = tree.member(name, of: 0) { return Array(tree.text(of: member)) }
    }
    return nil
  }

  /// Whether the file belongs to the dataset.
  package func covers(_ path: String) -> Bool {
    guard let relative = Paths.relative(path, to: root) else { return false }
    if exclude.contains(where: { Paths.matches($0, path: relative) }) { return false }
    return include.isEmpty || include.contains { Paths.matches($0, path: relative) }
  }

  private static func strings(_ node: Int?, in tree: RecordTree) -> [String] {
    guard let node else { return [] }
    if let single = tree.string(of: node) { return [single] }
    guard tree.nodes[node].kind == .array else { return [] }
    return tree.children(of: node).compactMap { tree.string(of: $0) }
  }

  private static func members(_ node: Int?, in tree: RecordTree) -> [Int] {
    guard let node, tree.nodes[node].kind == .object else { return [] }
    return Array(tree.children(of: node))
  }
}
