import PluginKit

/// A code with the list it comes from and what it means.
struct Code {
  let whole: Value
  let code: Value?
  let scheme: String
  let text: String
  let meaning: String

  /// `nil` where something that is no code stands.
  init?(_ value: Value?) {
    guard let value, value.kind == .object else { return nil }
    whole = value
    code = value["CodeValue"]
    scheme = value["CodingSchemeDesignator"]?.text ?? ""
    text = code?.text ?? ""
    meaning = value["CodeMeaning"]?.text ?? ""
  }

  init?(_ field: FieldValue?) { self.init(field?.value) }

  /// In a list of the plugin, if its scheme is one that the list holds.
  func term(in vocabulary: String, _ report: Report) -> Term? {
    guard Self.schemes.contains(scheme), !text.isEmpty else { return nil }
    return report.term(text, in: vocabulary)
  }

  /// The side it names; `nil` for anything but left and right.
  func side(_ report: Report) -> Side? {
    guard let term = term(in: Vocabulary.laterality, report) else { return nil }
    return Side(rawValue: term.id)
  }

  /// The side that belongs to what it names: the left atrium is on the left. From the list, else from the first word.
  func ownSide(_ report: Report) -> Side? {
    if let term = term(in: Vocabulary.segments, report) {
      return Side.allCases.first { term.broader.contains("\($0.rawValue)-sided") }
    }
    let first = meaning.split(whereSeparator: { " ,-_".contains($0) }).first.map { $0.lowercased() }
    return first.flatMap { Side(rawValue: $0) }
  }

  /// A code as it stands in JSON, to put into a file.
  static func json(_ code: String, _ meaning: String) -> String {
    #"{"CodeValue": \#(JSON.quoted(code)), "CodingSchemeDesignator": "SCT", "CodeMeaning": \#(JSON.quoted(meaning))}"#
  }

  private static let schemes: Set = ["SCT", "SRT", "SNM3", "99SDM", "DCM", "UCUM"]
}

/// A side of the body.
enum Side: String, CaseIterable {
  case left, right
  var other: Side { self == .left ? .right : .left }
}
