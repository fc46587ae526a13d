/// Which of a document's rules are hidden, because a finding of another rule explains theirs.
struct Gates {
  let hidden: Set<String>

  /// Rules that silence each other in a circle: the first by name stays. Only findings of `standing` rules explain others.
  init(rules: Set<String>, standing: Set<String>, info: (String) -> RuleInfo?) {
    var targets: [String: [String]] = [:]
    for rule in standing {
      let silenced = info(rule)?.silences.filter { $0 != rule && rules.contains($0) } ?? []
      if !silenced.isEmpty { targets[rule] = silenced }
    }
    var hidden: Set<String> = []
    for (rule, silenced) in targets {
      for target in silenced where target > rule || !Self.reaches(rule, from: target, targets) { hidden.insert(target) }
    }
    self.hidden = hidden
  }

  private static func reaches(_ goal: String, from start: String, _ targets: [String: [String]]) -> Bool {
    var seen: Set<String> = [start]
    var next = [start]
    while let rule = next.popLast() {
      if rule == goal { return true }
      for target in targets[rule] ?? [] where seen.insert(target).inserted { next.append(target) }
    }
    return false
  }
}
