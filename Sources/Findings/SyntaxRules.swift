package import Manifest

/// The rules about text that is not well formed: one for each kind of problem.
package enum SyntaxRules {
  /// Message key of the fix, where there is one.
  package static let fix = "fix"

  /// In the order of `SyntaxProblem.Code`.
  package static let all: [RuleInfo] = SyntaxProblem.Code.allCases.map(info)

  package static func id(_ code: SyntaxProblem.Code) -> String { "syntax/\(code.rawValue)" }

  /// The finding for a problem. `place` is where its range stands in its record.
  package static func finding(_ problem: SyntaxProblem, at place: Place) -> Finding {
    let fixes = problem.replacement.map { replacement in
      Fix(title: Message(fix), isCertain: true, action: .edits([.text(place, replacement)]))
    }
    return Finding(
      rule: id(problem.code), severity: words(for: problem.code).severity, place: place, fixes: fixes.map { [$0] } ?? []
    )
  }

  private static func info(_ code: SyntaxProblem.Code) -> RuleInfo {
    let words = words(for: code)
    return RuleInfo(
      id: id(code), form: .declared, severity: words.severity, summary: words.summary, why: words.why,
      source: tableCodes.contains(code) ? "RFC 4180" : "RFC 8259", messages: ["": words.message, fix: words.fix],
      good: words.good, bad: words.bad)
  }
}
