import Facts
import Findings
import Manifest
import Ontology
import Schema

/// Says what is wrong with the terms a record names.
struct TermJudge {
  let dialect: Dialect
  /// By id; what is not here is not checked.
  let lists: [String: TermList]

  /// One use with what it is judged by.
  private struct Case {
    var text: [UInt8]
    var place: Place
    var number: Int
    var declaration: TermDeclaration
    var list: TermList
  }

  func uses(of result: HostResult, at places: PlaceMaker) -> [KnownTermUse] {
    let declarations = dialect.program.declarations.terms
    return result.terms.compactMap { use in
      guard declarations.indices.contains(use.declaration), !use.text.isEmpty,
        let list = lists[declarations[use.declaration].ontology]
      else { return nil }
      let each = Case(
        text: use.text, place: places.place(use.range), number: use.declaration,
        declaration: declarations[use.declaration], list: list)
      var known = KnownTermUse(key: TermList.key(each.declaration.ontology, use.text), list: list.id)
      if let term = each.list.find(each.text, each.declaration.form) {
        known.finding = judge(term, each)
        let others = term.replacedBy + [each.declaration.under].compactMap(\.self)
        if known.finding != nil { known.others = others.map { TermList.key(list.id, Array($0.utf8)) } }
      } else {
        known.finding = finding(TermRules.unknown, each)
        known.isUnknown = true
        known.guess = KnownTermUse.Guess(
          list: list, text: String(decoding: use.text, as: UTF8.self), branch: each.declaration.under,
          isID: each.declaration.form == .id)
      }
      return known
    }
  }

  private func judge(_ term: Term, _ each: Case) -> Finding? {
    if term.isDeprecated { return deprecated(term, each) }
    guard let branch = each.declaration.under, !each.list.isUnder(term.id, branch) else { return nil }
    let name = each.list.term(Array(branch.utf8))?.label ?? branch
    return finding(TermRules.unknown, each, key: TermRules.outside, [.init("branch", name)])
  }

  private func deprecated(_ term: Term, _ each: Case) -> Finding {
    let label = Message.Argument("label", term.label)
    let known = term.replacedBy.compactMap { each.list.term(Array($0.utf8)) }.prefix(8)
    guard let first = known.first else { return finding(TermRules.deprecated, each, [label]) }
    if term.replacedBy.count == 1 {
      var found = finding(
        TermRules.deprecated, each, key: TermRules.meant,
        [label, .init("id", first.id), .init("successor", first.label)])
      if !first.isDeprecated { found.fixes = [fix(first, each, isCertain: true)] }
      return found
    }
    let ids = known.map { "\($0.id) (\($0.label))" }.joined(separator: ", ")
    var found = finding(TermRules.deprecated, each, key: TermRules.successors, [label, .init("ids", ids)])
    found.fixes = known.map { fix($0, each, isCertain: false) }
    return found
  }

  /// Where both will do, whoever wrote an id goes on with ids.
  private func isWrittenByID(_ each: Case) -> Bool {
    switch each.declaration.form {
    case .id: true
    case .prefLabel, .label: false
    case .any: each.list.term(each.text) != nil
    }
  }

  private func fix(_ term: Term, _ each: Case, isCertain: Bool) -> Fix {
    let text = isWrittenByID(each) ? term.id : term.label
    return Fix(
      title: Message(TermRules.use, [.init("id", term.id), .init("label", term.label)]), isCertain: isCertain,
      action: .edits([.replace(each.place, JSONString.encode(text.utf8))]))
  }

  private func finding(
    _ rule: RuleInfo, _ each: Case, key: String = "", _ arguments: [Message.Argument] = []
  ) -> Finding {
    let word = String(decoding: each.text.prefix(200), as: UTF8.self)
    let declared = each.declaration.rule
    return Finding(
      rule: declared.id ?? rule.id, severity: declared.severity ?? rule.severity, place: each.place,
      message: Message(
        declared.messages[""] == nil ? key : HostRules.termKey(dialect.id, each.number),
        [.init("text", word), .init("list", each.list.id)] + arguments), fold: word)
  }
}
