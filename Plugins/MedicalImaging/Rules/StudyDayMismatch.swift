import PluginKit

/// A study that is of one day in one file and of another in the next.
struct StudyDayMismatch: GroupRule {
  static let info = RuleInfo(
    id: "study-day-mismatch", severity: .error,
    summary: "A study has the same day wherever it stands.",
    why:
      "Days that were shifted to hide who a patient is must be shifted alike, or the note belongs to another examination than the image.",
    source: "Studies meet by their unique identifier. Days are not shown, only how far they are apart.",
    message:
      "Here this study is {days} {days#day|days} later than elsewhere. If days were shifted, shift both alike; else correct the one that is wrong.",
    messages: [
      "earlier":
        "Here this study is {days} {days#day|days} earlier than elsewhere. If days were shifted, shift both alike; else correct the one that is wrong.",
      "other": "The other day",
    ],
    good: [
      samples(#""2019-03-01""#, #""2019-03-01""#), samples(#""2019-03-01""#, #""2019""#),
      samples(#""2019-03-01""#, #""20190301""#),
    ],
    bad: [samples(#""2019-03-01""#, #"⟪"2019-03-04"⟫"#)])
  static let reads = Reads(fields: [.studyDay, .studyUID], needs: [.studyDay])
  static let kind = FactKind("medical-imaging/study-day")
  static let states = [kind]
  static let fewest = 2
  static let most: Int? = 1024

  func state(_ record: Record, _ report: inout Report) {
    guard let day = record.first(.studyDay), let text = day.value.text, let uid = record.text(.studyUID), !uid.isEmpty,
      let number = Self.day(text)
    else { return }
    report.state(
      Self.kind, key: .key(FactKey(shared: "study-day:" + uid)), at: day, payload: .text(String(number.number)))
  }

  /// `20190301` as headers write it, or `2019-03-01`; anything less exact is no day.
  private static func day(_ text: String) -> Day? {
    guard text.utf8.count == 8, text.utf8.allSatisfy({ (48...57).contains($0) }) else { return Day(text) }
    return Day("\(text.prefix(4))-\(text.dropFirst(4).prefix(2))-\(text.suffix(2))")
  }

  func group(_ group: Group, _ report: inout Report) {
    let days = group.facts.compactMap { fact in Int(fact.text).map { (fact: fact, day: $0) } }
    var counts: [Int: (count: Int, first: Int)] = [:]
    for (index, entry) in days.enumerated() { counts[entry.day, default: (0, index)].count += 1 }
    // What most say is taken for right; of equally many, what stands first.
    guard counts.count > 1,
      let usual = counts.min(by: { ($1.value.count, $0.value.first) < ($0.value.count, $1.value.first) })
    else { return }
    for entry in days where entry.day != usual.key {
      report.finding(
        at: entry.fact, entry.day > usual.key ? "" : "earlier", ["days": abs(entry.day - usual.key)],
        related: [Related(at: days[usual.value.first].fact, "other")], fold: String(entry.day - usual.key))
    }
  }

  private static func samples(_ first: String, _ second: String) -> String {
    #"{"concord": "1.0", "domain": "medical-imaging", "samples": [{"id": "s1", "studyUid": "1.2.3", "studyDate": \#(first), "sources": []}, "#
      + #"{"id": "s2", "studyUid": "1.2.3", "studyDate": \#(second), "sources": []}]}"#
  }
}
