import PluginKit

/// Points that speak against the choice, or are no points.
struct PreferenceScoreInvalid: RecordRule {
  static let info = RuleInfo(
    id: "preference-score-invalid", severity: .error,
    summary: "Points are numbers, and the better answer has the more of them.",
    why: "The choice and the points say opposite things; the model learns one of them.",
    source:
      "The strength of a preference goes from -3 to 3 in the common sets; points from 0 to 4 (HelpSteer), from 1 to 5 and from 1 to 10 (UltraFeedback).",
    message:
      "The better answer has {chosen} points and the worse one {rejected}. Either the points or the sides are exchanged.",
    messages: [
      "text": "Points must be a number, without quotes.",
      "kind": "Points must be a number.",
      "strength": "How much better an answer is goes from -3 to 3. Here it is {value}.",
      "none": "This says that neither answer is better, yet one is named the better one.",
      "rated":
        "The better answer has {chosen} points and the worse one {rejected}. Either the points or the sides are exchanged.",
      "scale": "Points here go from {low} to {high}. Here they are {value}.",
      "other": "The worse answer's points",
      "number": "Write the number {value}",
    ],
    good: [
      #"[{"prompt": "2 + 2?", "chosen": "4", "rejected": "5", "score_chosen": 9.5, "score_rejected": 1}]"#,
      #"[{"prompt": "2 + 2?", "chosen": "4", "rejected": "5", "score_chosen": 9, "score_rejected": 9}]"#,
      #"[{"prompt": "2 + 2?", "chosen": "4", "rejected": "5", "score_chosen": null, "score_rejected": 9}]"#,
      #"[{"prompt": "2 + 2?", "response_1": "4", "response_2": "four", "preference_strength": 0}]"#,
      #"[{"prompt": "2 + 2?", "response": "4", "helpfulness": 4, "correctness": 4, "coherence": 4, "complexity": 0, "verbosity": 0}]"#,
      #"[{"instruction": "2 + 2?", "completions": [{"response": "4", "annotations": {"honesty": {"Rating": "N/A", "Rationale": "Nothing to say."}, "truthfulness": {"Rating": "5", "Rationale": "It is."}}, "overall_score": 9.5, "critique": "Short."}]}]"#,
    ],
    bad: [
      #"[{"prompt": "2 + 2?", "chosen": "4", "rejected": "5", "score_chosen": ⟪1⟫, "score_rejected": 9.5}]"#,
      #"[{"prompt": "2 + 2?", "chosen": "4", "rejected": "5", "score_chosen": ⟪"9.5"⟫, "score_rejected": 1}]"#,
      #"[{"prompt": "2 + 2?", "chosen": "4", "rejected": "5", "preference_strength": ⟪4⟫}]"#,
      #"[{"prompt": "2 + 2?", "chosen": "4", "rejected": "5", "preference_strength": ⟪0⟫}]"#,
      #"{"concord": "1.0", "domain": "instruction-data", "samples": [{"id": "s", "sources": [], "annotations": [{"id": "a", "kind": "message", "role": "assistant", "text": "4", "rating": 2}, {"id": "b", "kind": "message", "role": "assistant", "text": "5", "rating": 5}, {"id": "p", "kind": "preference", "chosen": ⟪"a"⟫, "rejected": "b"}]}]}"#,
      #"[{"prompt": "2 + 2?", "response_1": "4", "response_2": "5", "preference_strength": ⟪-4⟫}]"#,
      #"[{"context": [{"role": "user", "content": "2 + 2?"}], "response1": "4", "response2": "5", "overall_preference": ⟪"-2"⟫}]"#,
      #"[{"prompt": "2 + 2?", "response": "4", "helpfulness": ⟪5⟫, "correctness": 4}]"#,
      #"[{"instruction": "2 + 2?", "completions": [{"response": "4", "annotations": {"honesty": {"Rating": ⟪"7"⟫, "Rationale": "It is."}}, "overall_score": ⟪11⟫, "critique": "Short."}]}]"#,
    ])
  static let reads = Reads(
    fields: [.chosenScore, .rejectedScore, .strength, .better, .worse, .chosen] + scales.map(\.field),
    lookups: [.definition(of: .better), .definition(of: .worse)])

  private static let scales: [(field: Field, low: Double, high: Double)] = [
    (.pointsOfFour, 0, 4), (.pointsOfFive, 1, 5), (.pointsOfTen, 1, 10),
  ]

  func check(_ record: Record, _ report: inout Report) {
    let fields = [Field.chosenScore, .rejectedScore, .strength].flatMap { record.all($0) }
    for field in fields where field.value.number == nil { say(field.value, &report) }
    if let chosen = record.first(.chosenScore), let rejected = record.first(.rejectedScore),
      let better = chosen.value.number, let worse = rejected.value.number, better < worse
    {
      report.finding(
        at: chosen, "", ["chosen": better, "rejected": worse], related: [Related(at: rejected, "other")])
    }
    if let side = record.first(.better), let better = record.definition(of: .better)?.exports["rating"]?.number,
      let worse = record.definition(of: .worse)?.exports["rating"]?.number, better < worse
    {
      report.finding(at: side, "rated", ["chosen": better, "rejected": worse])
    }
    for (field, low, high) in Self.scales {
      for points in record.all(field) { check(points.value, low, high, &report) }
    }
    guard let strength = record.first(.strength), let value = strength.value.number else { return }
    if value.magnitude > 3 {
      report.finding(at: strength, "strength", ["value": value])
    } else if value == 0, record.first(.chosen) != nil {
      report.finding(at: strength, "none", severity: .warning)
    }
  }

  /// Who writes points of five in quotes may write that none apply.
  private func check(_ value: Value, _ low: Double, _ high: Double, _ report: inout Report) {
    let written = high == 5 ? value.text.flatMap { JSON(parsing: $0)?.number } : nil
    guard let points = value.number ?? written else {
      return high == 5 && value.text?.uppercased() == "N/A" ? () : say(value, &report)
    }
    if points < low || points > high {
      report.finding(at: value, "scale", ["low": low, "high": high, "value": points])
    }
  }

  private func say(_ value: Value, _ report: inout Report) {
    guard !value.isMalformed, value.kind != .missing, value.kind != .null else { return }
    guard let text = value.text else { return report.finding(at: value, "kind") }
    let isNumber = Double(text).map(\.isFinite) == true && JSON(parsing: text)?.number != nil
    let fix = Fix("number", ["value": text], isCertain: true, edits: [.replace(value, with: text)])
    report.finding(at: value, isNumber ? "text" : "kind", fixes: isNumber ? [fix] : [])
  }
}
