import PluginKit

/// A pair whose two answers are the same.
struct PreferenceChosenEqualsRejected: RecordRule {
  static let info = RuleInfo(
    id: "preference-chosen-equals-rejected", severity: .error,
    summary: "The better and the worse answer differ.",
    why: "From two equal answers nothing can be learned but noise.",
    source: "Public sets had 144 of 220 pairs with equal answers, and no trainer looked.",
    message: "Both answers are the same, so neither is better. Find the other one, or take the pair out.",
    messages: [
      "folded": "The two answers differ only in spaces and capitals. Is one of them better for that?",
      "near": "The two answers have nearly the same words. Is this the pair you meant?",
      "other": "The other answer",
    ],
    good: [
      #"[{"prompt": "2 + 2?", "chosen": "4", "rejected": "5"}]"#,
      #"[{"prompt": "Hi", "chosen": [{"role": "assistant", "content": "Hello!"}], "rejected": [{"role": "assistant", "content": "What?"}]}]"#,
    ],
    bad: [
      #"[{"prompt": "2 + 2?", "chosen": "4", "rejected": ⟪" 4"⟫}]"#,
      #"[{"prompt": "2 + 2?", "chosen": "It is four.", "rejected": ⟪"it is  four."⟫}]"#,
      #"{"concord": "1.0", "domain": "instruction-data", "samples": [{"id": "s1", "sources": [], "annotations": [{"id": "a", "kind": "message", "role": "assistant", "text": "Hello!"}, {"id": "p", "kind": "preference", "chosen": "a", "rejected": ⟪"a"⟫}]}]}"#,
      #"[{"prompt": "Hi", "chosen": [{"role": "assistant", "content": "Hello!"}], "rejected": ⟪[{"role": "assistant", "content": "Hello!"}]⟫}]"#,
    ])
  static let reads = Reads(fields: Answer.fields + [.chosen, .rejected, .better, .worse])

  /// Share of word runs.
  static let nearlySame = 0.98
  /// Below so many runs a single word is a difference that matters.
  static let fewestRuns = 60

  func check(_ record: Record, _ report: inout Report) {
    if let better = record.first(.better), let worse = record.first(.worse), let id = better.value.text,
      let other = worse.value.text, id.utf8.elementsEqual(other.utf8)
    {
      report.finding(at: worse, related: [Related(at: better, "other")])
    }
    guard let chosen = Answer(.chosen, of: record), let rejected = Answer(.rejected, of: record), !chosen.isEmpty,
      !rejected.isEmpty, let texts = chosen.texts, let others = rejected.texts
    else { return }
    guard let key = message(texts.joined(separator: "\n"), others.joined(separator: "\n")) else { return }
    let severity: Severity? = key == "" ? nil : key == "folded" ? .warning : .information
    report.finding(at: rejected.field, key, severity: severity, related: [Related(at: chosen.field, "other")])
  }

  private func message(_ a: String, _ b: String) -> String? {
    if trimmed(a).elementsEqual(trimmed(b)) { return "" }
    let (first, second) = (Text.folded(a), Text.folded(b))
    if first == second { return "folded" }
    // Lengths alone rule most pairs out.
    let (shorter, longer) = (min(first.count, second.count), max(first.count, second.count))
    guard Double(shorter) >= Double(longer) * 0.9 else { return nil }
    let runs = Shingles.set(of: first, size: 3)
    guard runs.count >= Self.fewestRuns else { return nil }
    return Shingles.overlap(runs, Shingles.set(of: second, size: 3)) >= Self.nearlySame ? "near" : nil
  }

  private func trimmed(_ text: String) -> Substring.UTF8View.SubSequence {
    let isSpace = { (byte: UInt8) in byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 }
    let head = Substring(text).utf8.drop(while: isSpace)
    guard let last = head.lastIndex(where: { !isSpace($0) }) else { return head.prefix(0) }
    return head[...last]
  }
}
