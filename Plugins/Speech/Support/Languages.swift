import PluginKit

/// What is known of languages: tags, names that people write instead, scripts, and how fast they are spoken.
enum Languages {
  /// ISO 639-1.
  private static let two = Set(
    """
    aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee el en eo es et eu \
    fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it iu ja jv ka kg ki kj kk kl km kn \
    ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn no nr nv ny oc oj om or os \
    pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg sh si sk sl sm sn so sq sr ss st su sv sw ta te tg th ti tk tl tn to tr ts tt \
    tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu
    """.split(separator: " ").map(String.init))

  /// What people write, and the tag that is meant.
  static let meant: [String: String] = [
    "iw": "he", "in": "id", "ji": "yi", "jw": "jv", "jp": "ja", "cn": "zh", "gr": "el", "cz": "cs", "dk": "da",
    "ua": "uk",
    "arabic": "ar", "bengali": "bn", "bulgarian": "bg", "burmese": "my", "cantonese": "yue", "chinese": "zh",
    "czech": "cs",
    "danish": "da", "dutch": "nl", "english": "en", "filipino": "fil", "finnish": "fi", "french": "fr", "german": "de",
    "greek": "el", "hebrew": "he", "hindi": "hi", "hungarian": "hu", "indonesian": "id", "italian": "it",
    "japanese": "ja",
    "javanese": "jv", "khmer": "km", "korean": "ko", "lao": "lo", "malay": "ms", "mandarin": "zh", "marathi": "mr",
    "norwegian": "no", "persian": "fa", "polish": "pl", "portuguese": "pt", "romanian": "ro", "russian": "ru",
    "spanish": "es",
    "swahili": "sw", "swedish": "sv", "tagalog": "tl", "tamil": "ta", "telugu": "te", "thai": "th", "turkish": "tr",
    "ukrainian": "uk", "urdu": "ur", "vietnamese": "vi", "tiếng việt": "vi", "tiếng anh": "en", "中文": "zh", "日本語": "ja",
    "ภาษาไทย": "th", "한국어": "ko", "deutsch": "de", "français": "fr", "español": "es",
  ]

  /// By the place of two small letters among all such pairs: whether they are a tag, and nothing else is meant.
  private static let usual: [Bool] = {
    var usual = Array(repeating: false, count: 26 * 26)
    for tag in two where meant[tag] == nil {
      if let place = place(of: tag) { usual[place] = true }
    }
    return usual
  }()

  private static func place(of tag: String) -> Int? {
    var place = 0
    for byte in tag.utf8 {
      guard (0x61...0x7A).contains(byte), tag.utf8.count == 2 else { return nil }
      place = place * 26 + Int(byte - 0x61)
    }
    return tag.isEmpty ? nil : place
  }

  /// Whether a tag is one of two letters, as it should be written: most are. Cost: a look at both.
  private static func isUsual(_ tag: String) -> Bool { place(of: tag).map { usual[$0] } ?? false }

  /// Each tag with the names it goes by, English first; in order of names.
  static let names: [(name: String, tag: String)] = {
    let named = meant.filter { $0.key.utf8.count > 2 }
    let tags = Dictionary(grouping: named.keys) { named[$0] ?? "" }
    let lines = tags.map { tag, names in
      (name: names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }.sorted { $0.isPlain && !$1.isPlain }, tag: tag)
    }
    return lines.map { (name: $0.name.joined(separator: ", "), tag: $0.tag) }
      .sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
  }()

  /// What is wrong with a tag.
  enum Fault: Equatable {
    /// It is written as another; `nil` where nobody can say which.
    case form(String?)
    case name(String)
    case unknown
  }

  static func fault(in tag: String) -> Fault? {
    if isUsual(tag) { return nil }
    let lower = tag.lowercased()
    if let meant = meant[lower] { return lower.utf8.count == 2 ? .form(meant) : .name(meant) }
    let parts = lower.split(omittingEmptySubsequences: false) { $0 == "-" || $0 == "_" }.map(String.init)
    let isPlain = parts.allSatisfy { (1...8).contains($0.utf8.count) && $0.utf8.allSatisfy(Self.isAlphanumeric) }
    guard let first = parts.first, isPlain else { return .form(nil) }
    if ["x", "i"].contains(first) { return parts.count > 1 ? nil : .form(nil) }
    guard first.utf8.allSatisfy({ $0 > 0x60 }) else { return .form(nil) }
    switch first.utf8.count {
    case 2: if !two.contains(first) { return meant[first].map { .form(tagged($0, parts)) } ?? .unknown }
    case 3: break
    default: return .unknown
    }
    return tag.contains("_") ? .form(tagged(first, parts)) : nil
  }

  private static func tagged(_ language: String, _ parts: [String]) -> String {
    let rest = parts.dropFirst().map { part in
      switch part.utf8.count {
      case 2: part.uppercased()
      case 4: part.prefix(1).uppercased() + part.dropFirst()
      default: part
      }
    }
    return ([language] + rest).joined(separator: "-")
  }

  private static func isAlphanumeric(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte)
  }

  /// The language of a tag or of what people write instead; `nil` if nobody can tell.
  static func language(of tag: String) -> String? {
    if isUsual(tag) { return tag }
    let lower = tag.lowercased()
    if let meant = meant[lower] { return meant }
    guard let first = lower.split(whereSeparator: { $0 == "-" || $0 == "_" }).first.map(String.init),
      two.contains(first) || first.utf8.count == 3 && first.utf8.allSatisfy({ (0x61...0x7A).contains($0) })
    else { return nil }
    return meant[first] ?? first
  }

  // MARK: Scripts

  /// Whether a tag says which letters it is written in: `sr-Latn`.
  static func namesScript(_ tag: String) -> Bool {
    let parts: [Substring.UTF8View] = Substring(tag).utf8.split { $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "_") }
    return parts.dropFirst().contains { $0.count == 4 }
  }

  enum Script: Int, CaseIterable, Sendable {
    case latin, cyrillic, greek, arabic, hebrew, indian, thai, lao, khmer, burmese, ethiopic, han, kana, hangul, other

    init(_ scalar: Unicode.Scalar) {
      switch scalar.value {
      case 0x41...0x24F, 0x1E00...0x1EFF: self = .latin
      case 0x370...0x3FF, 0x1F00...0x1FFF: self = .greek
      case 0x400...0x52F: self = .cyrillic
      case 0x590...0x5FF: self = .hebrew
      case 0x600...0x77F, 0xFB50...0xFDFF, 0xFE70...0xFEFF: self = .arabic
      case 0x900...0xDFF: self = .indian
      case 0xE00...0xE7F: self = .thai
      case 0xE80...0xEFF: self = .lao
      case 0x1000...0x109F: self = .burmese
      case 0x1200...0x139F: self = .ethiopic
      case 0x1780...0x17FF: self = .khmer
      case 0x3040...0x30FF, 0x31F0...0x31FF: self = .kana
      case 0x1100...0x11FF, 0x3130...0x318F, 0xAC00...0xD7AF: self = .hangul
      case 0x3400...0x9FFF, 0x20000...0x3FFFF: self = .han
      default: self = .other
      }
    }
  }

  /// The scripts a language is written in; `nil` where several are usual or nobody has said.
  static func scripts(of language: String) -> Set<Script>? { scripts[language] }

  private static let scripts: [String: Set<Script>] = {
    var scripts: [String: Set<Script>] = [
      "ja": [.kana, .han], "zh": [.han], "yue": [.han], "ko": [.hangul, .han], "el": [.greek], "he": [.hebrew],
      "th": [.thai],
      "lo": [.lao], "km": [.khmer], "my": [.burmese], "am": [.ethiopic],
    ]
    for language in ["ru", "uk", "bg", "be", "mk"] { scripts[language] = [.cyrillic] }
    for language in ["ar", "fa", "ur"] { scripts[language] = [.arabic] }
    for language in ["hi", "mr", "ne", "ta", "bn", "te", "kn", "ml", "gu"] { scripts[language] = [.indian] }
    for language in [
      "en", "de", "fr", "es", "it", "pt", "nl", "sv", "da", "fi", "pl", "cs", "hu", "ro", "tr", "vi", "fil", "tl",
    ] { scripts[language] = [.latin] }
    return scripts
  }()

  // MARK: Pace

  /// How fast a language is spoken, letters and words a second; what is written without spaces is counted by letters.
  struct Pace: Sendable {
    var letters: ClosedRange<Double>
    var words: ClosedRange<Double>?
  }

  static func pace(of language: String) -> Pace? { paces[language] }

  /// Half as slow and half as fast again as what is usual: only what can't be speech stands out.
  private static let paces: [String: Pace] = {
    var paces: [String: Pace] = [
      "en": Pace(letters: 2...30, words: 0.7...8.5), "vi": Pace(letters: 1.5...28, words: 0.7...8.5),
      "th": Pace(letters: 2...32, words: nil), "km": Pace(letters: 2...32, words: nil),
      "lo": Pace(letters: 2...32, words: nil), "my": Pace(letters: 2...36, words: nil),
      "zh": Pace(letters: 0.7...12, words: nil), "yue": Pace(letters: 0.7...12, words: nil),
      "ja": Pace(letters: 0.9...16, words: nil), "ko": Pace(letters: 0.9...13, words: nil),
    ]
    for language in ["tl", "fil", "id", "ms"] { paces[language] = Pace(letters: 2...34, words: 0.6...6) }
    for language in ["de", "fr", "es", "it", "pt", "nl"] { paces[language] = Pace(letters: 2...34, words: 0.6...7.5) }
    return paces
  }()
}

extension String {
  /// English letters alone.
  fileprivate var isPlain: Bool { utf8.allSatisfy { $0 < 0x80 && $0 != 0x20 } }
}
