/// The edition of JSON Schema a document is written in. Later ones compare greater.
enum Draft: UInt8, Comparable, Sendable {
  case draft4 = 4
  case draft6 = 6
  case draft7 = 7
  case draft2019 = 19
  case draft2020 = 20

  static func < (a: Draft, b: Draft) -> Bool { a.rawValue < b.rawValue }

  /// The edition a `$schema` names; `nil` if it names none that is known.
  init?(dialect uri: String) {
    guard uri.utf8Contains("json-schema.org/") else { return nil }
    if uri.utf8Contains("2020-12") {
      self = .draft2020
    } else if uri.utf8Contains("2019-09") {
      self = .draft2019
    } else if uri.utf8Contains("draft-07") {
      self = .draft7
    } else if uri.utf8Contains("draft-06") {
      self = .draft6
    } else if uri.utf8Contains("draft-04") {
      self = .draft4
    } else {
      return nil
    }
  }

  var idKeyword: String { self == .draft4 ? "id" : "$id" }
  /// Up to draft-07 nothing beside `$ref` counts.
  var refHidesSiblings: Bool { self <= .draft7 }
}

extension String {
  /// Whether the text holds `part`, compared byte by byte.
  func utf8Contains(_ part: String) -> Bool {
    let whole = Array(utf8)
    let wanted = Array(part.utf8)
    guard !wanted.isEmpty, whole.count >= wanted.count else { return wanted.isEmpty }
    return (0...(whole.count - wanted.count)).contains { whole[$0..<($0 + wanted.count)].elementsEqual(wanted) }
  }
}
