import PluginKit

/// What may be written where a call gives its arguments: those that are not there yet, with an empty place for their values or each
/// of the values that a tool lists. What is there already stays; what is half typed is finished.
struct ArgumentOffers {
  struct Offer {
    let label: String
    /// All arguments, with the new one.
    let text: String
  }

  /// Values of one list, and arguments of one tool, beyond these are not offered.
  private static let most = 32

  private let properties: [String: JSON]
  /// Those that must be there first, then by name.
  private let names: [String]
  private let required: [String]

  /// `nil` for a tool that wants to know nothing.
  init?(_ tool: Tools.Declared) {
    guard case .object(let properties)? = tool.parameters?["properties"], !properties.isEmpty else { return nil }
    let required = (tool.parameters?["required"]?.array ?? []).compactMap(\.text).filter { properties[$0] != nil }
    let sorted = properties.keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    self.properties = properties
    self.required = sorted.filter { required.contains($0) }
    names = self.required + sorted.filter { !required.contains($0) }
  }

  /// To take the place of a text that may be half typed: blank, or the beginning of an object.
  func offers(after text: String) -> [Offer] {
    let pieces = Self.pieces(of: text)
    // Where quotes are missing nobody knows what belongs together, and nothing that is there may be lost.
    guard pieces.allSatisfy({ $0.name != nil || $0.isShort }), pieces.count(where: { $0.name == nil }) <= 1 else {
      return []
    }
    let given = pieces.compactMap(\.name)
    let word = pieces.first { $0.name == nil }?.word ?? ""
    let open = names.filter { !given.contains($0) }
    let meant = open.filter { !word.isEmpty && $0.lowercased().hasPrefix(word.lowercased()) }
    var out = given.isEmpty && meant.isEmpty ? frames : []
    for name in (meant.isEmpty ? open : meant).prefix(Self.most) {
      for (label, member) in members(name) {
        let text = Self.written(pieces, with: member)
        if !out.contains(where: { $0.text == text }) { out.append(Offer(label: label, text: text)) }
      }
    }
    return out
  }

  /// Values of one argument that its tool lists; none where any will do.
  func values(of name: String) -> [JSON] {
    guard let description = properties[name] else { return [] }
    if let choices = description["enum"]?.array { return Array(choices.prefix(Self.most)) }
    return description["type"]?.text == "boolean" ? [.bool(true), .bool(false)] : []
  }

  /// All arguments in one go: those that must be there, and every one.
  private var frames: [Offer] {
    let sorted = names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    return (required.isEmpty || required.count == names.count ? [sorted] : [required, sorted]).map { chosen in
      Offer(
        label: chosen.map { "\($0): \(kind(of: $0))" }.joined(separator: ", "),
        text: "{" + chosen.map { JSON.quoted($0) + ": " + empty($0) }.joined(separator: ", ") + "}")
    }
  }

  private func members(_ name: String) -> [(label: String, member: String)] {
    let values = values(of: name).compactMap(Self.literal)
    guard !values.isEmpty else { return [("\(name): \(kind(of: name))", JSON.quoted(name) + ": " + empty(name))] }
    return values.map { ("\(name): \($0.label)", JSON.quoted(name) + ": " + $0.text) }
  }

  private func kind(of name: String) -> String {
    if let choices = properties[name]?["enum"]?.array {
      return choices.prefix(8).map { Self.literal($0)?.label ?? "…" }.joined(separator: "|")
    }
    return properties[name]?["type"]?.text ?? "?"
  }

  private func empty(_ name: String) -> String {
    if let first = properties[name]?["enum"]?.array?.first, let literal = Self.literal(first) { return literal.text }
    return switch properties[name]?["type"]?.text {
    case "integer", "number": "0"
    case "boolean": "false"
    case "array": "[]"
    case "object": "{}"
    default: "\"\""
    }
  }

  /// A single value as people read it and as JSON writes it; `nil` for lists and objects.
  static func literal(_ value: JSON) -> (label: String, text: String)? {
    switch value {
    case .string(let text): (text, JSON.quoted(text))
    case .number(let number): (number.argumentText, number.argumentText)
    case .bool(let bool): (bool ? "true" : "false", bool ? "true" : "false")
    case .null: ("null", "null")
    case .array, .object: nil
    }
  }

  // MARK: What is there

  private struct Piece {
    let text: String
    /// Of a whole member; `nil` for one that is half typed.
    let name: String?
    /// No more than the beginning of one member.
    var isShort: Bool {
      text.utf8.count <= 80 && !text.contains(where: { ",{}[]".contains($0) }) && text.count(where: { $0 == "\"" }) <= 3
    }
    /// The letters of a half-typed one's name.
    var word: String { String(text.prefix { $0 != ":" }.filter { $0.isLetter || $0.isNumber || $0 == "_" }) }
  }

  /// What stands between the commas of an object, however it ends.
  private static func pieces(of text: String) -> [Piece] {
    let bytes = Array(text.utf8)
    guard let start = bytes.firstIndex(of: UInt8(ascii: "{")) else { return [] }
    var out: [Piece] = []
    var first = start + 1
    func take(_ end: Int) {
      let piece = String(decoding: bytes[first..<end], as: UTF8.self)
      let trimmed = String(piece.drop { $0.isWhitespace }.reversed().drop { $0.isWhitespace }.reversed())
      guard !trimmed.isEmpty else { return }
      var name: String?
      if case .object(let members)? = JSON(parsing: "{" + trimmed + "}"), members.count == 1 {
        name = members.keys.first
      }
      out.append(Piece(text: trimmed, name: name))
    }
    var depth = 0
    var isInString = false
    var at = first
    while at < bytes.count {
      switch bytes[at] {
      case UInt8(ascii: "\\") where isInString: at += 1
      case UInt8(ascii: "\""): isInString.toggle()
      case _ where isInString: break
      case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
      case UInt8(ascii: "}") where depth == 0:
        take(at)
        return out
      case UInt8(ascii: "}"), UInt8(ascii: "]"): depth -= 1
      case UInt8(ascii: ",") where depth == 0:
        take(at)
        first = at + 1
      default: break
      }
      at += 1
    }
    take(bytes.count)
    return out
  }

  /// The first half-typed piece gives way to the new one.
  private static func written(_ pieces: [Piece], with member: String) -> String {
    var texts = pieces.map(\.text)
    if let half = pieces.firstIndex(where: { $0.name == nil }) {
      texts[half] = member
    } else {
      texts.append(member)
    }
    return "{" + texts.joined(separator: ", ") + "}"
  }
}
