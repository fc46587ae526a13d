import JSONCodec

/// One language's words for the rules of one plugin, or of the host.
///
///     { "gtin-check-digit": { "": "…", "fix": "…" },     a rule's templates by key; a plugin's own rules without its name
///       "texts": { "English text": "…" } }               by their English: what schemas and rules' pages say
struct Translation: Sendable {
  let language: String
  let templates: [String: [String: String]]
  let texts: [String: String]

  private static let texts = "texts"

  init(_ json: [UInt8], language: String, plugin: String?) throws(JSONCodecError) {
    var all = try JSONCodec.decode([String: [String: String]].self, from: json)
    self.language = language
    texts = all.removeValue(forKey: Self.texts) ?? [:]
    let named = all.map { name, templates in
      (name.contains("/") ? name : plugin.map { "\($0)/\(name)" } ?? name, templates)
    }
    templates = Dictionary(named, uniquingKeysWith: { first, _ in first })
  }
}

/// The host's own words, compiled in: one file a language in `Messages/`.
enum CoreMessages {
  static let languages: [(language: String, json: [UInt8])] = [("vi", PackageResources.vi_json)]
}
