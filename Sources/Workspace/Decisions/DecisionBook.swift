import Facts
import Files
import Findings
import Manifest

/// The decisions of one dataset, found by what they are about. Kept line by line, so that a change costs its lines.
struct DecisionBook: Sendable {
  /// Where they are kept.
  let path: String
  private let root: String
  /// By line, as the document names it.
  private(set) var lines: [RecordID: Decision] = [:]
  /// Those that count, by kind of finding.
  private var byKind: [UInt64: Set<RecordID>] = [:]
  /// How many that count each rule has.
  private var rules: [String: Int] = [:]
  /// Files that are named and not there: they have another name now.
  private var missing: Set<String> = []

  /// More bytes than this are not read.
  static let sizeLimit = 256 << 20

  init(path: String, root: String) {
    self.path = path
    self.root = root
  }

  /// Everything that a file of decisions says. Cost: linear.
  init(path: String, root: String, of document: Document) {
    self.init(path: path, root: root)
    for record in document.records() { take(record.id, of: document) }
    noteFiles()
  }

  /// Whether nothing is accepted.
  var isEmpty: Bool { byKind.isEmpty }

  /// Whether some findings of a rule are accepted.
  func isDecided(_ rule: String) -> Bool { rules[rule] != nil }

  /// A kind of finding, with its rule.
  struct Kind: Hashable {
    var rule: String
    var kind: UInt64
  }

  /// Takes a line as it is now; the kinds of which something else may be accepted than before.
  @discardableResult
  mutating func take(_ line: RecordID, of document: Document) -> Set<Kind> {
    let decision = document.tree(of: line).flatMap { Decision($0) }
    let before = lines[line]
    guard decision != before else { return [] }
    if let before, before.isReasoned {
      byKind[before.fingerprint.kind]?.remove(line)
      if byKind[before.fingerprint.kind]?.isEmpty == true { byKind[before.fingerprint.kind] = nil }
      rules[before.rule, default: 1] -= 1
      if rules[before.rule] == 0 { rules[before.rule] = nil }
    }
    lines[line] = decision
    if let decision, decision.isReasoned {
      byKind[decision.fingerprint.kind, default: []].insert(line)
      rules[decision.rule, default: 0] += 1
      if let file = decision.file, !isThere(file) { missing.insert(file) }
    }
    return Set(
      [before, decision].compactMap { $0 }.filter(\.isReasoned).map { Kind(rule: $0.rule, kind: $0.fingerprint.kind) })
  }

  /// Looks which of the files are there; whether that is other than before. Cost: a look at each file.
  @discardableResult
  mutating func noteFiles() -> Bool {
    let before = missing
    missing = Set(lines.values.compactMap(\.file)).filter { !isThere($0) }
    return missing != before
  }

  private func isThere(_ file: String) -> Bool { FileSystem.status(of: Paths.join(root, file)) != nil }

  // MARK: What is accepted

  /// The decisions on findings of one document, by their index.
  ///
  /// Cost: a hash for each finding of a rule on which there is a decision, and a reading of its entry where that fits.
  func acceptances(
    of findings: [Finding], in path: String?, _ identities: () -> FindingIdentities
  ) -> Acceptances {
    var found = Acceptances()
    guard !isEmpty else { return found }
    let relative = path.flatMap { Paths.relative($0, to: root) }
    var waiting: [Int] = []
    for (index, finding) in findings.enumerated() where rules[finding.rule] != nil {
      guard let lines = byKind[Fingerprint.kind(of: finding)] else { continue }
      if lines.contains(where: { self.lines[$0]?.scope == .label }) {
        waiting.append(index)
      } else if let line = lines.max() {
        found.note(index, line, self.lines[line])
      }
    }
    guard !waiting.isEmpty else { return found }
    var reader = identities()
    let fingerprints = reader.fingerprints(of: waiting.map { findings[$0] })
    for (index, fingerprint) in zip(waiting, fingerprints) {
      guard let line = line(on: fingerprint, in: relative) else { continue }
      found.note(index, line, lines[line])
    }
    return found
  }

  /// The line that accepts a finding of a file: the last one about just this finding, else the last about its kind.
  private func line(on fingerprint: Fingerprint, in file: String?) -> RecordID? {
    let all = byKind[fingerprint.kind] ?? []
    let own = all.filter { line in
      guard let decision = lines[line], decision.scope == .label, decision.fingerprint == fingerprint else {
        return false
      }
      guard let named = decision.file else { return true }
      return file?.utf8.elementsEqual(named.utf8) ?? false || missing.contains(named)
    }
    return own.max() ?? all.filter { lines[$0]?.scope == .kind }.max()
  }
}

/// What is accepted of a document's findings, and by which lines.
struct Acceptances: Sendable {
  private(set) var byFinding: [Int: Int] = [:]
  private(set) var decisions: [(line: RecordID, decision: Decision)] = []
  private var numbers: [RecordID: Int] = [:]

  fileprivate mutating func note(_ finding: Int, _ line: RecordID, _ decision: Decision?) {
    guard let decision else { return }
    if numbers[line] == nil {
      numbers[line] = decisions.count
      decisions.append((line, decision))
    }
    byFinding[finding] = numbers[line]
  }
}
