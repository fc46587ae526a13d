import PluginKit

/// A value that may tell who somebody is, in a member kept for such values.
struct Identifying {
  enum Kind: String { case name, birth, place }
  let kind: Kind
  let value: Value

  static func all(in record: Record) -> [Identifying] {
    var out: [Identifying] = []
    for field in record.all(.identifyingName) { out += names(in: field.value) }
    for field in record.all(.identifyingAttribute) {
      guard let values = field.value["Value"], values.kind == .array else { continue }
      switch field.value.key {
      case "00100030":
        out += values.children.filter { isDay($0.text ?? "") }.map { Identifying(kind: .birth, value: $0) }
      case "00101040", "00102154":
        out += values.children.filter { !isMadeUp($0.text ?? "") }.map { Identifying(kind: .place, value: $0) }
      case "00080050":
        // A hospital's number looks like any other.
        continue
      default: out += values.children.flatMap { names(in: $0) }
      }
    }
    return out
  }

  /// A text, or an object with the name in several scripts, or a list of them.
  private static func names(in value: Value) -> [Identifying] {
    switch value.kind {
    case .string: isName(value.text ?? "") ? [Identifying(kind: .name, value: value)] : []
    case .object: value.children.flatMap { names(in: $0) }
    case .array: value.children.flatMap { names(in: $0) }
    default: []
    }
  }

  /// Two words of letters and more; anything with a digit or a word for a stand-in is made up.
  private static func isName(_ text: String) -> Bool {
    let parts = text.split(whereSeparator: { "^= ,".contains($0) })
    return parts.count >= 2 && !isMadeUp(text)
      && parts.allSatisfy { part in part.allSatisfy { $0.isLetter || "-.'".contains($0) } }
  }

  private static func isDay(_ text: String) -> Bool {
    text.utf8.count == 8 && text.utf8.allSatisfy { (48...57).contains($0) } && !text.hasSuffix("0101")
      && !text.hasPrefix("0000")
  }

  private static func isMadeUp(_ text: String) -> Bool {
    let upper = text.uppercased()
    return upper.allSatisfy { " ^-=.*X0".contains($0) } || standIns.contains { upper.contains($0) }
  }

  private static let standIns = [
    "ANON", "PHANTOM", "TEST", "PATIENT", "SUBJECT", "REMOVED", "DEIDENT", "DE-IDENT", "REDACT", "UNKNOWN", "NONE",
    "CASE", "DUMMY", "DOE", "SAMPLE", "EXAMPLE", "VOLUNTEER", "CONTROL", "STUDY", "CLINIC", "HOSPITAL",
  ]
}
