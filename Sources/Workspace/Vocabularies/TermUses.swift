import Facts
import Findings
import Manifest
import Ontology

/// A value that names a term, as the document remembers it.
struct KnownTermUse {
  /// Of its vocabulary and text.
  var key: FactKey
  /// The keys of other terms that its finding speaks of.
  var others: [FactKey] = []
  /// The vocabulary's id.
  var list: String
  var finding: Finding?
  /// It is not in the list.
  var isUnknown = false
  /// Where to look for what was probably meant.
  var guess: Guess?

  struct Guess {
    var list: TermList
    var text: String
    var branch: String?
    /// What is written is the id, rather than the name.
    var isID: Bool
  }

  /// The finding with what was probably meant. That is searched for only when it is to be shown: of a wrong list nobody wants guesses.
  var told: Finding? {
    guard var finding, let guess, let term = guess.list.meant(by: guess.text, under: guess.branch) else {
      return finding
    }
    let arguments = [Message.Argument("id", term.id), .init("label", term.label)]
    if finding.message.key.isEmpty { finding.message.key = TermRules.meant }
    finding.message.arguments += arguments
    finding.fixes = [
      Fix(
        title: Message(TermRules.use, arguments), isCertain: false,
        action: .edits([.replace(finding.place, JSONString.encode((guess.isID ? term.id : term.label).utf8))]))
    ]
    return finding
  }

  /// Whether something else may be said of it now that these texts mean something else in these lists.
  ///
  /// What is unknown was compared with the whole list.
  func isTouched(by changes: TermChanges, lists: Set<String>) -> Bool {
    (isUnknown && lists.contains(list)) || changes.wholeLists.contains(list) || changes.keys.contains(key)
      || others.contains(where: changes.keys.contains)
  }
}

/// The terms that the records of a document name, counted as they come and go, so that nothing has to look at all of them.
struct TermUses {
  private(set) var byRecord: [RecordID: [KnownTermUse]] = [:]
  /// Records of which there is something to say.
  private var flagged: Set<RecordID> = []
  private var counts: [String: Count] = [:]

  private struct Count {
    var all = 0
    var unknown = 0
    /// Each unknown text with how often it stands here.
    var texts: [FactKey: Int] = [:]
  }

  /// Different unknown labels that a list must lack before the list itself is to blame.
  private static let manyUnknown = 16
  /// What is to be said may be other than when somebody asked last.
  private var hasNews = false
  /// The lists that were to blame then, with how many labels they lack and of how many.
  private var blames: [String: [Int]] = [:]

  var isEmpty: Bool { byRecord.isEmpty }
  var hasFindings: Bool { !flagged.isEmpty }

  mutating func set(_ uses: [KnownTermUse], of record: RecordID) {
    let before = byRecord.removeValue(forKey: record) ?? []
    for use in before { count(use, by: -1) }
    if flagged.remove(record) != nil { hasNews = true }
    guard !uses.isEmpty else { return }
    byRecord[record] = uses
    for use in uses { count(use, by: 1) }
    if uses.contains(where: { $0.finding != nil }) { flagged.insert(record) }
    if flagged.contains(record) { hasNews = true }
  }

  private mutating func count(_ use: KnownTermUse, by step: Int) {
    counts[use.list, default: Count()].all += step
    guard use.isUnknown else { return }
    counts[use.list]?.unknown += step
    let left = (counts[use.list]?.texts[use.key] ?? 0) + step
    counts[use.list]?.texts[use.key] = left == 0 ? nil : left
  }

  /// What is to be said, if that is other than when this was asked last: where a list lacks more than a tenth of the labels, one
  /// finding says so.
  ///
  /// Cost: the records of which there is something to say, if what is said of one has changed.
  mutating func takeNews() -> [Finding]? {
    let blamed = counts.filter { $0.value.texts.count >= Self.manyUnknown && $0.value.unknown > $0.value.all / 10 }
    let blames = blamed.mapValues { [$0.unknown, $0.all] }
    guard hasNews || blames != self.blames else { return nil }
    (hasNews, self.blames) = (false, blames)
    return findings(blamed)
  }

  private mutating func findings(_ blamed: [String: Count]) -> [Finding] {
    var first: [String: Finding] = [:]
    var findings: [Finding] = []
    for record in flagged {
      for index in (byRecord[record] ?? []).indices {
        guard let use = byRecord[record]?[index], let finding = use.finding else { continue }
        guard use.isUnknown, blamed[use.list] != nil else {
          // Searched for once: in a list of a million terms that takes its time.
          let told = use.guess == nil ? finding : use.told ?? finding
          if use.guess != nil {
            byRecord[record]?[index].finding = told
            byRecord[record]?[index].guess = nil
          }
          findings.append(told)
          continue
        }
        if let known = first[use.list], !Self.precedes(finding.place, known.place) { continue }
        first[use.list] = finding
      }
    }
    for (list, count) in blamed {
      guard let finding = first[list] else { continue }
      findings.append(
        Finding(
          rule: TermRules.unknown.id, severity: finding.severity, place: finding.place,
          message: Message(
            TermRules.many,
            [.init("list", list), .init("unknown", String(count.unknown)), .init("count", String(count.all))]),
          count: count.unknown))
    }
    return findings
  }

  private static func precedes(_ a: Place, _ b: Place) -> Bool {
    a.record == b.record ? a.start < b.start : a.record < b.record
  }
}
