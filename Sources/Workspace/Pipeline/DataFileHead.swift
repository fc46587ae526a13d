import Files
import JSONCodec
import Manifest

/// What the samples at the beginning of a data file are made of.
enum DataFileHead {
  /// So much of a file is read.
  static let byteLimit = 1 << 18
  /// So many samples are looked at.
  static let sampleLimit = 256

  /// `all` or `first`, and the members of its samples as a JSON list, in the order in which they are met. `nil` of a file that
  /// is no list of objects, neither as one value nor line by line, or whose members' names are too long for a fact.
  static func members(of path: String) -> [UInt8]? {
    guard let head = try? FileSystem.head(of: path, limit: byteLimit) else { return nil }
    let isLines = Library.isLineSyntax(path: path, languageID: "")
    guard isLines || path.hasSuffix(".json") else { return nil }
    return members(in: head, isLines: isLines, isWhole: head.count < byteLimit)
  }

  static func members(in head: [UInt8], isLines: Bool, isWhole: Bool) -> [UInt8]? {
    guard let pattern = RecordShape.Pattern("/*") else { return nil }
    let document = Document(head, syntax: isLines ? .jsonl : .json, shape: RecordShape([pattern]))
    if !isLines {
      guard let root = document.tree(of: .document), root.nodes.first?.kind == .array else { return nil }
    }
    let records = Array(document.records().lazy.filter { $0.id != .document }.prefix(sampleLimit + 1))
    // The last of a text that ends early is itself only begun.
    let isAll = isWhole && records.count <= sampleLimit
    let looked = isAll ? records[...] : records.prefix(min(sampleLimit, max(0, records.count - 1)))
    var names: [[UInt8]] = []
    for record in looked {
      // What is broken is told in that file; here it may look like anything.
      guard document.problems(in: record.range, limit: 2).allSatisfy({ $0.code == .blankLine }),
        let tree = document.tree(of: record.id),
        tree.nodes.first?.kind == .object
      else { return nil }
      for child in tree.children(of: 0) where tree.nodes[child].hasKey {
        let name = tree.keyBytes(of: child)
        if !names.contains(name) { names.append(name) }
        guard names.count <= 64 else { return nil }
      }
    }
    guard !names.isEmpty else { return nil }
    guard let list = try? JSONCodec.encode(names.map { String(decoding: $0, as: UTF8.self) }) else { return nil }
    let payload = Array((isAll ? "all " : "first ").utf8) + list
    return payload.count <= HostFacts.payloadLimit ? payload : nil
  }
}
