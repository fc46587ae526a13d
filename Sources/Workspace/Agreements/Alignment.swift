import Facts
import Findings
import Manifest
import Schema

/// Files that were not made to meet, and how they do: an entry of `alignments` in `concord.json`.
struct Alignment: Sendable {
  var name: String
  /// How its claims are compared.
  var agreement: Agreement
  var sources: [Source]
  /// Where it stands in `concord.json`.
  var range: Range<Int>

  struct Source: Sendable {
    /// A pattern of paths below the dataset's root.
    var files: String
    /// `nil`: each line of a list of lines, any other file whole.
    var records: RecordShape.Pattern?
    var claim: ClaimDeclaration
    var range: Range<Int>
    /// Where each path stands that it reads, by the path as written.
    var pathRanges: [String: Range<Int>]
  }

  static let limit = 64
  static let sourceLimit = 32
  /// Parts of what labels are about.
  static let subjectLimit = 16
}

/// What in `concord.json` can't be used, and why.
struct ConfigurationProblem: Sendable, Hashable {
  var rule: String
  var message: Message
  var range: Range<Int>
}

/// Reads alignments; what can't be used is told and left out.
struct AlignmentReader {
  let tree: RecordTree
  private(set) var problems: [ConfigurationProblem] = []

  init(_ tree: RecordTree) { self.tree = tree }

  /// The alignments in a list, at most `Alignment.limit`.
  mutating func alignments(_ node: Int?) -> [Alignment] {
    guard let node, tree.nodes[node].kind == .array else { return [] }
    var found: [Alignment] = []
    for (index, child) in tree.children(of: node).prefix(Alignment.limit).enumerated() {
      if let alignment = alignment(child, index) { found.append(alignment) }
    }
    return found
  }

  private mutating func alignment(_ node: Int, _ index: Int) -> Alignment? {
    let subject = strings(tree.member("subject", of: node))
    let property = text("property", of: node) ?? ""
    guard (1...Alignment.subjectLimit).contains(subject.count), let list = tree.member("sources", of: node),
      tree.nodes[list].kind == .array
    else {
      return nil
    }
    let name = text("name", of: node) ?? property
    guard let agreement = AgreementReader.agreement(node, in: tree, id: nil) else { return nil }
    var sources: [Alignment.Source] = []
    for child in tree.children(of: list).prefix(Alignment.sourceLimit) {
      if let source = source(child, subject, agreement) { sources.append(source) }
    }
    return Alignment(
      name: name.isEmpty ? String(index + 1) : name, agreement: agreement, sources: sources,
      range: tree.member("name", of: node).map { tree.nodes[$0].range } ?? tree.nodes[node].range)
  }

  private mutating func source(_ node: Int, _ subject: [String], _ agreement: Agreement) -> Alignment.Source? {
    guard let files = text("files", of: node), !files.isEmpty else { return nil }
    var ranges: [String: Range<Int>] = [:]
    var isWhole = true
    var pattern: RecordShape.Pattern?
    if let member = tree.member("records", of: node), let written = tree.string(of: member), written != "/" {
      pattern = RecordShape.Pattern(written)
      if pattern == nil {
        report(AlignmentRules.path, "records", member, [.init("path", written)])
        isWhole = false
      }
    }
    var parts: [ClaimPath] = []
    for name in subject {
      guard let member = tree.member(name, of: node) else {
        report(AlignmentRules.path, "part", node, [.init("name", name)])
        isWhole = false
        continue
      }
      if let path = path(member, &ranges) { parts.append(path) } else { isWhole = false }
    }
    var claim = ClaimDeclaration(subject: parts, property: agreement.property)
    if case .sum(let path) = agreement.collection, !path.isEmpty {
      claim.value = try? ClaimPath(path)
    } else if agreement.collection == .count, tree.member("value", of: node) == nil {
      claim.value = parts.first
    } else if let member = tree.member("value", of: node) {
      claim.value = path(member, &ranges)
      if claim.value == nil { isWhole = false }
    } else {
      report(AlignmentRules.path, "part", node, [.init("name", "value")])
      isWhole = false
    }
    if case .turns = agreement.rule {
      claim.times = times(node, &ranges)
      if claim.times == nil { isWhole = false }
    }
    for quality in ClaimDeclaration.Quality.allCases {
      guard let member = tree.member(quality.rawValue, of: node) else { continue }
      if quality == .modality, let text = tree.string(of: member), ClaimDeclaration.isModality(text) {
        claim.modality = text
      } else {
        claim.qualities[quality] = path(member, &ranges)
      }
    }
    guard isWhole else { return nil }
    return Alignment.Source(
      files: files, records: pattern, claim: claim, range: tree.nodes[node].range, pathRanges: ranges)
  }

  /// Where a source says from when to when; told of where it does not.
  private mutating func times(_ node: Int, _ ranges: inout [String: Range<Int>]) -> ClaimDeclaration.Times? {
    func path(_ name: String, _ reader: inout Self) -> ClaimPath? {
      guard let member = reader.tree.member(name, of: node) else { return nil }
      return reader.path(member, &ranges)
    }
    let missing = tree.member("start", of: node) == nil ? "start" : "end"
    guard let start = path("start", &self) else {
      if missing == "start" { report(AlignmentRules.path, "part", node, [.init("name", missing)]) }
      return nil
    }
    let end = path("end", &self)
    let duration = path("duration", &self)
    guard end != nil || duration != nil else {
      report(AlignmentRules.path, "part", node, [.init("name", missing)])
      return nil
    }
    return ClaimDeclaration.Times(start: start, end: end, duration: duration)
  }

  private mutating func path(_ node: Int, _ ranges: inout [String: Range<Int>]) -> ClaimPath? {
    let written = tree.string(of: node) ?? ""
    do {
      let path = try ClaimPath(written)
      guard path.alternatives.allSatisfy({ $0.follows.count < 2 && ($0.up == 0 || $0.follows.isEmpty) }) else {
        report(AlignmentRules.path, "far", node, [.init("path", written)])
        return nil
      }
      ranges[written] = tree.nodes[node].range
      return path
    } catch {
      report(AlignmentRules.path, "", node, [.init("path", written), .init("reason", error.message)])
      return nil
    }
  }

  private mutating func report(_ rule: RuleInfo, _ key: String, _ node: Int, _ arguments: [Message.Argument]) {
    problems.append(
      ConfigurationProblem(rule: rule.id, message: Message(key, arguments), range: tree.nodes[node].range))
  }

  private func text(_ name: String, of node: Int) -> String? {
    tree.member(name, of: node).flatMap { tree.string(of: $0) }
  }

  private func strings(_ node: Int?) -> [String] {
    guard let node else { return [] }
    if let single = tree.string(of: node) { return [single] }
    guard tree.nodes[node].kind == .array else { return [] }
    return tree.children(of: node).compactMap { tree.string(of: $0) }
  }
}
