import PluginKit

/// One code that means two things.
struct CodeTripletDrift: GroupRule {
  static let info = RuleInfo(
    id: "code-triplet-drift", severity: .warning,
    summary: "A code has the same meaning wherever it stands.",
    why: "One of the two names another thing, and programs go by the code.",
    source:
      "DICOM PS3.3, section 8.8: the meaning is that of the code. Capitals, signs and the order of words don't count.",
    message:
      "{code} is called *{own}* here and *{other}* elsewhere. Look the code up, and correct the one that is wrong.",
    messages: ["other": "Here it is called so"],
    good: [
      MedicalExample.segment(type: MedicalExample.tissue),
      MedicalExample.segment(category: MedicalExample.code("85756007", "tissue"), type: MedicalExample.tissue),
    ],
    bad: [
      MedicalExample.segment(
        type: #"{"CodeValue": "85756007", "CodingSchemeDesignator": "SCT", "CodeMeaning": ⟪"Muscle"⟫}"#)
    ])
  static let reads = Reads(fields: [.coded])
  static let kind = FactKind("medical-imaging/code")
  static let states = [kind]
  static let fewest = 2
  static let most: Int? = 512

  func state(_ record: Record, _ report: inout Report) {
    for field in record.all(.coded) {
      // Codes of a list of one's own mean what its owner says.
      guard let code = Code(field), !code.text.isEmpty, !code.scheme.hasPrefix("99"), !code.scheme.isEmpty,
        !code.meaning.isEmpty,
        // More does not fit a fact.
        code.scheme.utf8.count + code.text.utf8.count + code.meaning.utf8.count < 240,
        let place = code.whole["CodeMeaning"]
      else { continue }
      report.state(
        Self.kind, key: .key(FactKey(shared: "code:\(code.scheme)|\(code.text)")), at: place,
        payload: .text(code.scheme + " " + code.text + "\u{1F}" + code.meaning))
    }
  }

  func group(_ group: Group, _ report: inout Report) {
    var counts: [[String]: (count: Int, first: Int)] = [:]
    let meanings = group.facts.map { fact in
      fact.text.split(separator: "\u{1F}", maxSplits: 1).last.map(String.init) ?? ""
    }
    let folded = meanings.map(Self.words)
    for (index, words) in folded.enumerated() { counts[words, default: (0, index)].count += 1 }
    // What most say is taken for right; of equally many, what stands first.
    guard counts.count > 1,
      let usual = counts.min(by: { ($1.value.count, $0.value.first) < ($0.value.count, $1.value.first) })
    else { return }
    for index in folded.indices where folded[index] != usual.key {
      let fact = group.facts[index]
      let code = fact.text.split(separator: "\u{1F}", maxSplits: 1).first.map(String.init) ?? ""
      report.finding(
        at: fact, "", ["code": "`\(code)`", "own": meanings[index], "other": meanings[usual.value.first]],
        related: [Related(at: group.facts[usual.value.first], "other")], fold: code)
    }
  }

  private static func words(_ text: String) -> [String] {
    text.lowercased().split(whereSeparator: { !$0.isLetter && !$0.isNumber }).map(String.init).sorted()
  }
}
