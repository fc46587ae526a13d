import Facts
import Files
import Findings
import Manifest

extension Workspace {
  /// Members of `concord.json` in which files are named, by themselves or in patterns.
  private static let naming = [
    "include", "exclude", "files", "vocabularies", "splits", "decisions", "gold", "alignments",
  ]

  /// The edits of a dataset's configuration: names of files and beginnings of patterns that lie in what is moved.
  func configurationEdits(for moves: [FileMove], at root: String) -> FileEdits? {
    let path = Paths.join(root, DatasetConfiguration.fileName)
    // One that is moved takes all below its folder along, or is another folder's from then on.
    guard !moves.contains(where: { $0.target(of: path) != nil }) else { return nil }
    let open = documents.values.first { $0.path?.utf8.elementsEqual(path.utf8) == true && $0.keeping != .dropped }
    let document: Document
    if let open {
      document = open.document
    } else if let bytes = try? FileSystem.regularFile(path, limit: 4 << 20) {
      document = Document(bytes, syntax: .json, shape: .whole)
    } else {
      return nil
    }
    guard document.problemCount == 0, let tree = document.tree(of: .document) else { return nil }
    var edits: [TextEdit] = []
    for name in Self.naming {
      guard let member = tree.member(name, of: 0) else { continue }
      for node in member..<Int(tree.nodes[member].subtreeEnd) {
        if tree.nodes[node].kind == .string, let written = tree.string(of: node) {
          note(written, at: tree.nodes[node].range)
        }
        // Here the name of a member is the name of files.
        if name == "files", node != member, let written = tree.key(of: node) {
          note(written, at: tree.nodes[node].keyRange)
        }
      }
    }
    func note(_ written: String, at range: Range<Int>) {
      // What is one name or pattern without a folder is for files anywhere.
      let isPath = written.utf8.contains(UInt8(ascii: "/")) || FileSystem.exists(Paths.join(root, written))
      guard isPath, !written.hasPrefix("**/"), let text = moves.rewritten(written, in: root, movedTo: root) else {
        return
      }
      edits.append(TextEdit(range: range, replacement: JSONLiteral.quoted(Array(text.utf8))))
    }
    guard !edits.isEmpty else { return nil }
    edits.sort { $0.range.lowerBound < $1.range.lowerBound }
    return open.map { FileEdits($0, edits) } ?? FileEdits(path: path, document, edits)
  }
}
