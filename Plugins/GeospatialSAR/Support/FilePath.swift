import PluginKit

/// Where a file lies, and where what it links to lies.
struct FilePath {
  /// What the host calls the place of a record's file.
  static let context = "concord/path"

  private var steps: [Substring]

  /// `nil` of a text that is no file.
  init?(_ record: Record) {
    guard let path = record.context(Self.context)?.text else { return nil }
    steps = path.split(separator: "/")
  }

  var name: String { steps.last.map(String.init) ?? "" }
  /// The folder it lies in, so that files of one name in two folders are not taken for each other.
  var folder: String { steps.dropLast().joined(separator: "/") }
  var key: FactKey { FactKey(shared: "file:" + steps.joined(separator: "/")) }

  /// What a link leads to, seen from the file that has it.
  static func key(of link: String, from path: FilePath?) -> FactKey {
    guard let path, !link.contains("://"), !link.hasPrefix("/") else { return FactKey(shared: "link:" + link) }
    var steps = Array(path.steps.dropLast())
    for step in link.split(separator: "/") {
      switch step {
      case ".": continue
      case "..": if !steps.isEmpty { steps.removeLast() }
      default: steps.append(step)
      }
    }
    return FactKey(shared: "file:" + steps.joined(separator: "/"))
  }
}
