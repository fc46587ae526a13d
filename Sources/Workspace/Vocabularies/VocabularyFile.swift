import Files
import Findings
import Manifest
import Ontology

/// A vocabulary file that a dataset names.
package struct NamedVocabulary: Sendable, Hashable {
  /// What formats call it; the file's name without its ending where `concord.json` doesn't say.
  package var id: String
  /// Below the dataset's root.
  package var file: String
  /// Of a table: the name of a column to the term's member.
  package var columns: [String: String] = [:]
}

/// Reads vocabularies in whichever form they are written.
enum VocabularyFile {
  /// A list of more bytes than this is not read. A table is read row by row, and a million terms fit; JSON needs its whole tree.
  static func limit(_ path: String) -> Int { isTable(path) ? 256 << 20 : 64 << 20 }

  static func isTable(_ path: String) -> Bool {
    let path = path.lowercased()
    return [".csv", ".tsv", ".tab", ".txt"].contains { path.hasSuffix($0) }
  }

  /// Calls `body` with each term as it is read. The result is the list's version.
  static func read(_ bytes: [UInt8], _ named: NamedVocabulary, _ body: (Term) -> Void) -> String {
    var problems: [VocabularyProblem] = []
    guard !isTable(named.file) else {
      TermTable.read(bytes, mapping: ColumnMapping(named.columns), problems: &problems, body)
      return ""
    }
    return TermJSON.read(RecordTree(parsing: bytes), id: named.id, problems: &problems, body).version
  }

  /// The terms as they are compiled, the list's version, and what is wrong with it.
  static func records(
    _ bytes: [UInt8], _ named: NamedVocabulary
  ) -> (records: TermRecords, version: String, problems: [VocabularyProblem]) {
    var problems: [VocabularyProblem] = []
    guard !isTable(named.file) else {
      let records = TermTable.records(bytes, mapping: ColumnMapping(named.columns), problems: &problems)
      return (records, "", problems)
    }
    var records = TermRecords()
    let head = TermJSON.read(RecordTree(parsing: bytes), id: named.id, problems: &problems) { records.add($0) }
    return (records, head.version, problems)
  }

  /// The rows of a table that maps terms to terms; `nil` for a list of terms.
  static func mappings(_ bytes: [UInt8], path: String) -> [Mapping]? {
    var problems: [VocabularyProblem] = []
    return isTable(path) ? Mapping.read(csv: bytes, problems: &problems) : nil
  }
}

extension DatasetConfiguration {
  /// Reads `vocabularies`: a list of files, or of objects with `file`, `id` and `columns`; or an object by id of either.
  ///
  /// A file outside the dataset is left out.
  static func vocabularies(_ node: Int?, in tree: RecordTree) -> [NamedVocabulary] {
    guard let node else { return [] }
    return tree.children(of: node).prefix(nameLimit).compactMap { entry in
      let file = tree.string(of: entry) ?? tree.member("file", of: entry).flatMap { tree.string(of: $0) }
      guard let file, !file.isEmpty, !file.hasPrefix("/"), !file.split(separator: "/").contains(".."),
        !file.utf8.contains(0)
      else { return nil }
      let id = tree.key(of: entry) ?? tree.member("id", of: entry).flatMap { tree.string(of: $0) }
      var named = NamedVocabulary(id: id ?? Self.stem(of: file), file: file)
      if let columns = tree.member("columns", of: entry), tree.nodes[columns].kind == .object {
        for column in tree.children(of: columns) { named.columns[tree.key(of: column) ?? ""] = tree.string(of: column) }
      }
      return named
    }
  }

  /// Files beyond these are not read.
  private static let nameLimit = 256

  private static func stem(of file: String) -> String {
    let name = Paths.name(of: file)
    return name.split(separator: ".", omittingEmptySubsequences: false).first.map(String.init) ?? name
  }

  /// What the dataset calls a file as a vocabulary; `nil` if it is none of its.
  func vocabulary(at path: String) -> NamedVocabulary? {
    guard let relative = Paths.relative(path, to: root) else { return nil }
    return vocabularies.first { Paths.join("/", $0.file) == Paths.join("/", relative) }
  }
}
