import PluginKit

/// An examination that is called harmless though one of its findings is not.
struct ExamCategoryBelowFinding: GroupRule {
  static let info = RuleInfo(
    id: "exam-category-below-finding", severity: .warning,
    summary: "The category of an examination is no lower than that of any of its findings.",
    why: "The patient's next appointment goes by the examination's category, and comes too late.",
    source:
      "BI-RADS orders its categories 1, 2, 3, 6, 0, 4, 5; Lung-RADS goes by the most suspicious nodule. A higher one may be due to what nobody labelled.",
    message:
      "The examination is {exam}, and one of its findings is {finding}. Give the examination the higher one, or correct the finding.",
    messages: ["finding": "The finding", "take": "Write {finding}"],
    good: [
      exam("BI-RADS", "5", #""4""#, "3"), exam("BI-RADS", "5", #""0""#, "6"), exam("BI-RADS", "5", #""4""#, "4A"),
      exam("Lung-RADS", "2022", #""4B""#, "3"), exam("My scale", "1", #""1""#, "9"),
    ],
    bad: [
      exam("BI-RADS", "5", #"⟪"2"⟫"#, "4"), exam("BI-RADS", "5", #"⟪"0"⟫"#, "4A"),
      exam("Lung-RADS", "2022", #"⟪"2"⟫"#, "4B"),
    ])
  static let reads = Reads(
    fields: [.examSystem, .examValue, .categorySystem, .categoryValue, .origin, .entity],
    needs: [.examValue, .categoryValue], context: ["id"], vocabularies: [Vocabulary.categories])
  static let kind = FactKind("medical-imaging/exam-category")
  static let states = [kind]
  static let fewest = 2
  static let most: Int? = 512

  private static let orders = [
    "BI-RADS": [["1"], ["2"], ["3"], ["6"], ["0"], ["4", "4A", "4B", "4C"], ["5"]],
    "Lung-RADS": [["1"], ["2"], ["3"], ["4A"], ["4B"], ["4X"]],
  ]

  func state(_ record: Record, _ report: inout Report) {
    func state(_ field: FieldValue?, _ system: String?, _ sample: String?, _ thing: String) {
      guard let field, let value = field.value.text, let sample, thing.utf8.count < 64,
        let id = system.flatMap({ report.term($0, in: Vocabulary.categories)?.id }), let order = Self.orders[id],
        let rank = order.firstIndex(where: { $0.contains(Self.plain(value, id)) })
      else { return }
      report.state(
        Self.kind, key: .text(sample + "|" + id), at: field,
        payload: .text([thing, String(rank), value].joined(separator: "\u{1F}")))
    }
    state(record.first(.examValue), record.text(.examSystem), record.root["id"]?.text, Self.whole)
    // What a program thinks of a finding is nobody's category.
    if let origin = record.text(.origin), !["human", "mixed"].contains(origin) { return }
    state(
      record.first(.categoryValue), record.text(.categorySystem), record.context("id")?.text,
      record.text(.entity) ?? "")
  }

  /// Without the letter for other findings.
  private static func plain(_ value: String, _ system: String) -> String {
    system == "Lung-RADS" && value.hasSuffix("S") ? String(value.dropLast()) : value
  }

  private static let whole = "\u{1E}exam"

  func group(_ group: Group, _ report: inout Report) {
    let all = group.facts.compactMap { fact -> (fact: Fact, thing: String, rank: Int, value: String)? in
      let parts = fact.text.split(separator: "\u{1F}", omittingEmptySubsequences: false).map(String.init)
      guard parts.count == 3, let rank = Int(parts[1]) else { return nil }
      return (fact, parts[0], rank, parts[2])
    }
    guard let exam = all.first(where: { $0.thing == Self.whole }) else { return }
    // Where readers differ about a finding, nobody knows yet what it is.
    let findings = all.filter { $0.thing != Self.whole }
    let agreed = findings.filter { one in
      one.thing.isEmpty || findings.allSatisfy { $0.thing != one.thing || $0.rank == one.rank }
    }
    guard let highest = agreed.max(by: { $0.rank < $1.rank }), highest.rank > exam.rank else { return }
    report.finding(
      at: exam.fact, "", ["exam": "`\(exam.value)`", "finding": "`\(highest.value)`"],
      related: [Related(at: highest.fact, "finding")],
      fixes: [
        Fix("take", ["finding": "`\(highest.value)`"], edits: [.replace(exam.fact, with: JSON.quoted(highest.value))])
      ])
  }

  private static func exam(_ system: String, _ version: String, _ value: String, _ finding: String) -> String {
    let isBreast = system == "BI-RADS"
    return MedicalExample.study(
      #"{"id": "a1", "source": "\#(isBreast ? "mg" : "ct")", "kind": "classification", "label": "nodule", "category": {"system": "\#(system)", "version": "\#(version)", "value": "\#(finding)"}}"#,
      about:
        #"\#(isBreast ? #""pathology": "carcinoma", "# : "")"examCategory": {"system": "\#(system)", "version": "\#(version)", "value": \#(value)}"#
    )
  }
}
