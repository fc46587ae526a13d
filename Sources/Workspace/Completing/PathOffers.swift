import Facts
import Manifest
import Schema

/// Paths that lead to something in entries of a dataset's files, with what they lead to there.
struct PathOffers {
  /// An entry to look at.
  struct Sample {
    var tree: RecordTree
    /// The entry in the tree.
    var node: Int
    /// The record around, if it has one.
    var outer: RecordTree?
    /// What values name, by node: the entries that say what they are.
    var named: [UInt32: RecordTree] = [:]
    /// Values that identify a person.
    var privateNodes: Set<UInt32> = []
  }

  /// In the order in which they were met.
  private(set) var paths: [String] = []
  /// A few values of each that differ.
  private(set) var examples: [String: [String]] = [:]

  private static let pathLimit = 200
  private static let exampleLimit = 3
  private static let depth = 4

  init(_ samples: [Sample]) {
    for sample in samples {
      collect(sample.node, "", 0, in: sample)
      if let outer = sample.outer { collectMembers(of: outer, "../") }
    }
  }

  private mutating func collect(_ object: Int, _ prefix: String, _ depth: Int, in sample: Sample) {
    let tree = sample.tree
    guard tree.nodes[object].kind == .object, !tree.nodes[object].flags.contains(.elided) else { return }
    for child in tree.children(of: object) {
      guard let name = tree.key(of: child), Self.canBeWritten(name) else { continue }
      let path = prefix + name
      if tree.nodes[child].kind == .object, depth < Self.depth {
        collect(child, path + "/", depth + 1, in: sample)
      } else {
        note(path, sample.privateNodes.contains(UInt32(clamping: child)) ? nil : Self.shown(child, in: tree))
      }
      if let named = sample.named[UInt32(clamping: child)] { collectMembers(of: named, path + " -> ") }
    }
  }

  /// Those that are a value and not more.
  private mutating func collectMembers(of tree: RecordTree, _ prefix: String) {
    guard tree.nodes[0].kind == .object else { return }
    for child in tree.children(of: 0) {
      guard let name = tree.key(of: child), Self.canBeWritten(name) else { continue }
      guard tree.nodes[child].kind != .object, tree.nodes[child].kind != .array else { continue }
      note(prefix + name, Self.shown(child, in: tree))
    }
  }

  private mutating func note(_ path: String, _ example: String?) {
    if examples[path] == nil {
      guard paths.count < Self.pathLimit else { return }
      paths.append(path)
      examples[path] = []
    }
    guard let example, !example.isEmpty, let known = examples[path], known.count < Self.exampleLimit,
      !known.contains(example)
    else { return }
    examples[path]?.append(example)
  }

  /// Names that a path would read as something else.
  private static func canBeWritten(_ name: String) -> Bool {
    !name.isEmpty && name != ".."
      && !name.utf8.contains { $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "|") || $0 == UInt8(ascii: "\"") }
      && !name.contains("->") && !name.contains("??") && name.first != " " && name.last != " "
  }

  /// `nil` where what stands there is no single value, or a long one.
  private static func shown(_ node: Int, in tree: RecordTree) -> String? {
    guard tree.nodes[node].kind != .array, let value = ClaimValueText(of: node, in: tree) else { return nil }
    return String(decoding: value.text, as: UTF8.self)
  }

  // MARK: Changes

  private static let changes = ["stem", "lower", #"split("/", -1)"#, #"regex("(.*)")"#]

  /// The same path with something done to what it leads to, and what comes of that.
  func changed(_ path: String) -> [(path: String, examples: [String])] {
    Self.changes.map { change in
      let done = (try? ClaimPath("v | " + change))?.alternatives.first
      let results = (examples[path] ?? []).compactMap { example -> String? in
        let tree = RecordTree(
          parsing: Array(#"{"v": "#.utf8) + JSONString.encode(Array(example.utf8)) + [UInt8(ascii: "}")])
        return done?.value(in: tree, from: 0).map { String(decoding: $0.text, as: UTF8.self) }
      }
      return (path + " | " + change, results)
    }
  }
}
