import Facts
import Findings
import Manifest

/// Reads how claims are compared, from `concord.json` or a plugin's file of agreements.
enum AgreementReader {
  /// An agreement, without whose claims it compares; `nil` if it says no way to compare that there is.
  static func agreement(_ node: Int, in tree: RecordTree, id: String?) -> Agreement? {
    guard let property = tree.member("property", of: node).flatMap({ tree.string(of: $0) }), !property.isEmpty,
      let compare = tree.member("compare", of: node), let rule = comparison(compare, in: tree)
    else { return nil }
    let severity = tree.member("severity", of: node).flatMap { tree.string(of: $0) }.flatMap { Severity(name: $0) }
    let isAdjudicated = tree.member("adjudication", of: node).map { tree.nodes[$0].kind == .true } ?? false
    return Agreement(
      id: id, property: property, modalities: strings("modalities", of: node, in: tree), rule: rule,
      collection: tree.member("collect", of: node).flatMap { tree.string(of: $0) }.map(collection) ?? .each,
      requires: strings("requires", of: node, in: tree), severity: severity ?? .error, isAdjudicated: isAdjudicated)
  }

  /// The rule that an agreement of a plugin is reported under; `nil` without an id.
  static func rule(_ node: Int, in tree: RecordTree, plugin: String) -> RuleInfo? {
    func text(_ name: String) -> String? { tree.member(name, of: node).flatMap { tree.string(of: $0) } }
    guard let id = text("id"), !id.isEmpty else { return nil }
    return RuleInfo(
      id: plugin + "/" + id, form: .declared, severity: text("severity").flatMap { Severity(name: $0) } ?? .error,
      summary: text("summary") ?? AgreementRules.disagrees.summary, why: text("why") ?? AgreementRules.disagrees.why,
      messages: AgreementRules.messages(own: text("message")), good: strings("good", of: node, in: tree),
      bad: strings("bad", of: node, in: tree))
  }

  private static func comparison(_ node: Int, in tree: RecordTree) -> ComparisonRule? {
    func text(_ name: String) -> String? { tree.member(name, of: node).flatMap { tree.string(of: $0) } }
    func number(_ name: String) -> Double? {
      tree.member(name, of: node).flatMap { tree.double(of: $0) }.flatMap { $0.isFinite && $0 >= 0 ? $0 : nil }
    }
    switch text("by") ?? tree.string(of: node) {
    case "equal": return .equal
    case "ontology":
      let mode = OntologyMode(rawValue: text("mode") ?? OntologyMode.canonical.rawValue)
      return text("ontology").flatMap { name in mode.map { .ontology(name: name, mode: $0) } }
    case "number": return .number(absolute: number("absolute"), relative: number("relative"), unit: text("unit"))
    case "interval":
      let contains = tree.member("contains", of: node).map { tree.nodes[$0].kind == .true } ?? false
      return .interval(overlap: number("overlap"), contains: contains, start: number("start"), end: number("end"))
    case "text": return .text(maximumWER: number("maximumWER"), maximumCER: number("maximumCER"))
    case "box": return .box(minimumIoU: number("minimumIoU") ?? 0.5)
    case "set": return .set
    case "multiset": return .multiset
    case "turns":
      let skipsOverlap = tree.member("skipOverlap", of: node).map { tree.nodes[$0].kind == .true } ?? false
      return .turns(
        maximumDER: number("maximumDER") ?? 0,
        scope: DiarizationError.Scope(collar: number("collar") ?? 0, skipsOverlap: skipsOverlap))
    default: return nil
    }
  }

  private static func collection(_ text: String) -> ClaimCollection {
    switch text {
    case "count": return .count
    case "sequence": return .sequence
    default:
      guard text.hasPrefix("sum"), text.dropFirst(3).first == "(", text.hasSuffix(")") else {
        return text == "sum" ? .sum(path: "") : .each
      }
      return .sum(path: String(text.dropFirst(4).dropLast()))
    }
  }

  static func strings(_ name: String, of node: Int, in tree: RecordTree) -> [String] {
    guard let list = tree.member(name, of: node), tree.nodes[list].kind == .array else { return [] }
    return tree.children(of: list).compactMap { tree.string(of: $0) }
  }
}
