import Manifest
import Schema

/// A place in a source of an alignment, of which the dataset's own files know what may stand there.
struct ConfigurationSpot {
  enum Part: Equatable {
    /// A pattern of files.
    case files
    /// Where in the files the entries are.
    case records
    /// A path in an entry.
    case path
    /// A name that the subject has and the source does not yet.
    case names([String])
  }

  var part: Part
  /// Of the source that is being written; empty where none is.
  var files: String
  var records: String?

  /// `nil` anywhere else.
  init?(_ place: CursorPlace) {
    let tree = place.tree
    let source: Int
    var name: String?
    switch place.role {
    case .value(let node):
      guard node > 0, let key = tree.key(of: node) else { return nil }
      (source, name) = (Int(tree.nodes[node].parent), key)
    case .key(let object, _): source = object
    }
    guard let alignment = Self.object(around: source, in: "sources", of: tree),
      Self.object(around: alignment, in: "alignments", of: tree) == 0
    else { return nil }
    let subject = AgreementReader.strings("subject", of: alignment, in: tree)
    func text(_ name: String) -> String? { tree.member(name, of: source).flatMap { tree.string(of: $0) } }
    files = text("files") ?? ""
    records = text("records")
    guard let name else {
      part = .names(subject.filter { tree.member($0, of: source) == nil })
      return
    }
    switch name {
    case "files": part = .files
    case "records": part = .records
    case "value": part = .path
    default:
      guard subject.contains(name) || ClaimDeclaration.Quality(rawValue: name) != nil else { return nil }
      part = .path
    }
  }

  /// The object that has the list of this name in which another one stands.
  private static func object(around element: Int, in name: String, of tree: RecordTree) -> Int? {
    guard element > 0 else { return nil }
    let list = Int(tree.nodes[element].parent)
    guard list > 0, tree.nodes[list].kind == .array, tree.key(of: list) == name else { return nil }
    return Int(tree.nodes[list].parent)
  }
}
