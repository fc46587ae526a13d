import JSONCodec

/// The ids drawn so far, by kind and by the entry they count in, and the places that are to name one of them.
struct DrawnIDs {
  private var known: [String: [JSONValue]] = [:]
  /// How many entries of each path were begun; the last one is where things are drawn.
  private var entered: [String: Int] = [:]
  /// No text that is drawn begins so.
  private static let mark = "\u{1}"

  mutating func enter(_ path: String) { entered[path, default: 0] += 1 }

  mutating func add(_ id: JSONValue, _ kind: String, within scope: String) {
    known[key(kind, scope), default: []].append(id)
  }

  /// A stand-in, until all ids are drawn.
  func reference(to kind: String, within scope: String) -> JSONValue { .string(Self.mark + key(kind, scope)) }

  private func key(_ kind: String, _ scope: String) -> String {
    scope.hasPrefix("/") ? "\(kind) \(scope) \(entered[scope] ?? 0)" : kind
  }

  /// The value with ids where stand-ins were; `nil` if there is none for one of them.
  func resolved(_ value: JSONValue, _ random: inout SeededNumbers) -> JSONValue? {
    switch value {
    case .string(let text) where text.hasPrefix(Self.mark): return random.element(known[String(text.dropFirst())] ?? [])
    case .array(let elements):
      var out: [JSONValue] = []
      for element in elements {
        guard let resolved = resolved(element, &random) else { return nil }
        out.append(resolved)
      }
      return .array(out)
    case .object(let members):
      var out: [JSONValue.Member] = []
      for member in members {
        guard let resolved = resolved(member.value, &random) else { return nil }
        out.append(JSONValue.Member(member.key, resolved))
      }
      return .object(out)
    default: return value
    }
  }
}

/// Words, numbers and marks as people and programs write them, in many scripts.
enum SampleWords {
  private static let words = [
    "the", "A", "cup", "of", "tea", "mở", "cửa", "lúc", "mấy", "giờ", "ĐẸP", "日本語", "这个", "ราคา", "привет", "مرحبا",
    "😀", "e\u{301}", "x=1;", "{}", "[0]", "<b>", "&amp;", "\\", "\"", "\n", "\t", "```", "`f()`", "7", "42.5",
    "2026-11-21", "1234", "09:30", "v1.2.3", "#3", "@me", "a/b", "100%", "-", "…", "—", "(see", "below)", "?", "!",
    "e.g.",
    "sorry", "please", "not", "no", "better", "why", "because", "sentence", "Hue", "rain", "tomorrow", "Can", "you",
  ]

  /// One to thirty of them. The first is a word, so that no text is blank, and the last a number of its own, so that no two are equal.
  static func text(_ random: inout SeededNumbers) -> String {
    let count = 1 + random.below(30)
    let middle = (0..<count).compactMap { _ in random.element(words) }
    return "So " + middle.joined(separator: " ") + " no \(random.below(1_000_000))."
  }
}
