import Findings
import Manifest

/// One line of a file of decisions as it is written: the reason stands first and is empty, for whoever decides to fill in.
struct DecisionLine {
  var rule: String
  /// As they were shown; none of what must not be.
  var values: [String]
  var actor: String?
  /// Seconds since 1970.
  var time: Int
  var scope: Decision.Scope
  var file: String?
  var fingerprint: Fingerprint
  var concord: String
  /// Versions by id.
  var plugins: [(String, String)]
  var vocabularies: [(String, String)]

  /// What the line begins with; the cursor goes behind it.
  static let start = "{\"reason\": \""

  var text: [UInt8] {
    var members: [(String, String)] = [("rule", Self.quoted(rule))]
    members.append(("values", "[" + values.map(Self.quoted).joined(separator: ", ") + "]"))
    if let actor { members.append(("actor", Self.quoted(actor))) }
    members.append(("time", Self.quoted(Self.rfc3339(time))))
    members.append(("scope", Self.quoted(scope.rawValue)))
    if let file { members.append(("file", Self.quoted(file))) }
    members.append(("fingerprint", Self.quoted(fingerprint.text)))
    var versions: [(String, String)] = concord.isEmpty ? [] : [("concord", Self.quoted(concord))]
    if !plugins.isEmpty { versions.append(("plugins", Self.object(plugins.map { ($0.0, Self.quoted($0.1)) }))) }
    if !vocabularies.isEmpty {
      versions.append(("vocabularies", Self.object(vocabularies.map { ($0.0, Self.quoted($0.1)) })))
    }
    members.append(("versions", Self.object(versions)))
    return Array((Self.start + "\", " + Self.object(members).dropFirst()).utf8)
  }

  private static func object(_ members: [(String, String)]) -> String {
    "{" + members.map { quoted($0.0) + ": " + $0.1 }.joined(separator: ", ") + "}"
  }

  private static func quoted(_ text: String) -> String {
    String(decoding: JSONLiteral.quoted(Array(text.utf8)), as: UTF8.self)
  }

  /// `2026-03-01T09:30:00Z`.
  static func rfc3339(_ seconds: Int) -> String {
    let seconds = max(0, seconds)
    // Years begin in March, so that the day that some have more is the last; 400 of them are 146,097 days.
    let days = seconds / 86_400 + 719_468
    let (era, dayOfEra) = (days / 146_097, days % 146_097)
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shifted = (5 * dayOfYear + 2) / 153
    let day = dayOfYear - (153 * shifted + 2) / 5 + 1
    let month = shifted < 10 ? shifted + 3 : shifted - 9
    let year = era * 400 + yearOfEra + (month <= 2 ? 1 : 0)
    let date = [padded(year, 4), padded(month, 2), padded(day, 2)].joined(separator: "-")
    let clock = [seconds / 3600 % 24, seconds / 60 % 60, seconds % 60].map { padded($0, 2) }.joined(separator: ":")
    return date + "T" + clock + "Z"
  }

  private static func padded(_ number: Int, _ width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
  }
}
