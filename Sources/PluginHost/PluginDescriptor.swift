package import JSONCodec

/// A plugin's `plugin.json`.
///
///     { "id": "vision", "version": "0.1.0", "name": "Image labels",
///       "library": "VisionPlugin",                       lib<name>.so; without it the plugin is data alone
///       "dialects": [ { "id": "coco", "name": "COCO instances",
///           "syntax": "json",                            json, jsonl, csv, or words: lines of words with `columns`
///           "schema": "schemas/coco.json",               below the plugin's folder
///           "files": ["*.json"],
///           "probe": { "required": ["images", "annotations"], "values": { "/concord": "1.0" },
///                      "any": ["info", "licenses"] },
///           "records": ["/images/*", "/annotations/*"] } ],
///       "vocabularies": [ { "id": "skus", "file": "ontologies/skus.csv", "columns": { "sku": "id", "name": "prefLabel" } } ],
///       "agreements": ["agreements.json"],
///       "counts": [ { "kind": "vision/census", "parts": [["large", "small"], ["by day", "by night"]] } ],
///       "settings": { … JSON Schema … },
///       "resources": ["tables/", "/usr/share/proj"] }    folders and files its code may read: its own, and what the system shares
///
/// `id`, `version` and `name` are required. A probe names keys of the top level, or JSON pointers (`/0/image_id`,
/// `/*/filename` for the first child whatever its key; `/0/gtin` for a column of a table); it holds when all of `required` are there, all of `values` are equal and one of `any` (keys, or probes) holds. Members not named here are left alone.
package struct PluginDescriptor: Sendable, Hashable, Codable {
  package var id: String
  package var version: String
  package var name: String
  package var library: String?
  package var dialects: [Dialect]
  package var vocabularies: [Vocabulary]
  /// Files with agreements, below the folder.
  package var agreements: [String]
  /// What is told of a whole file, from amounts that its rules add up.
  package var counts: [Counts]
  /// A JSON Schema for the plugin's settings.
  package var settings: JSONValue?
  package var resources: [String]

  package struct Dialect: Sendable, Hashable, Codable {
    /// Without the plugin.
    package var id: String
    package var name: String
    package var syntax: String
    package var schema: String?
    /// Patterns of file names.
    package var files: [String]
    package var probe: Probe?
    /// Paths of its records; none for whole documents (or lines).
    package var records: [String]
    /// Of lines of words: what the words are, from left to right.
    package var columns: [Column]
    /// Of lines of words: how a line begins that is none, and the word that stands for nothing.
    package var comment: String
    package var absent: String

    package init(from decoder: any Decoder) throws {
      let values = try decoder.container(keyedBy: CodingKeys.self)
      id = try values.decode(String.self, forKey: .id)
      name = try values.decodeIfPresent(String.self, forKey: .name) ?? id
      syntax = try values.decodeIfPresent(String.self, forKey: .syntax) ?? "json"
      schema = try values.decodeIfPresent(String.self, forKey: .schema)
      files = try values.decodeIfPresent([String].self, forKey: .files) ?? []
      probe = try values.decodeIfPresent(Probe.self, forKey: .probe)
      records = try values.decodeIfPresent([String].self, forKey: .records) ?? []
      columns = try values.decodeIfPresent([Column].self, forKey: .columns) ?? []
      comment = try values.decodeIfPresent(String.self, forKey: .comment) ?? ""
      absent = try values.decodeIfPresent(String.self, forKey: .absent) ?? ""
    }
  }

  /// A name, or an object with it: `{ "name": "onset", "is": "number" }`. `rest` is the rest of the line, `<` a word that begins so
  /// and may be left out.
  package struct Column: Sendable, Hashable, Codable {
    package var name: String
    package var kind: String

    private enum CodingKeys: String, CodingKey {
      case name
      case kind = "is"
    }

    package init(from decoder: any Decoder) throws {
      if let name = try? decoder.singleValueContainer().decode(String.self) {
        (self.name, kind) = (name, "")
        return
      }
      let values = try decoder.container(keyedBy: CodingKeys.self)
      name = try values.decode(String.self, forKey: .name)
      kind = try values.decodeIfPresent(String.self, forKey: .kind) ?? ""
    }
  }

  package struct Probe: Sendable, Hashable, Codable {
    /// Keys or pointers that must all be there; in JSONL a pointer begins with the line.
    package var required: [String]
    /// JSON pointer to the value that must stand there.
    package var values: [String: JSONValue]
    /// One of these must hold, if there are any. A key or pointer alone stands for a probe that requires it.
    package var any: [Probe]

    package init(from decoder: any Decoder) throws {
      if let key = try? decoder.singleValueContainer().decode(String.self) {
        required = [key]
        values = [:]
        any = []
        return
      }
      let container = try decoder.container(keyedBy: CodingKeys.self)
      required = try container.decodeIfPresent([String].self, forKey: .required) ?? []
      values = try container.decodeIfPresent([String: JSONValue].self, forKey: .values) ?? [:]
      any = try container.decodeIfPresent([Probe].self, forKey: .any) ?? []
    }
  }

  /// Amounts of a kind under the empty key. A bin names one value of each part: the first part's number, plus the second's times how
  /// many values the first has, and so on.
  package struct Counts: Sendable, Hashable, Codable {
    package var kind: String
    /// Names of the values, part by part.
    package var parts: [[String]]
  }

  package struct Vocabulary: Sendable, Hashable, Codable {
    package var id: String
    package var file: String
    /// Of a CSV: the header's name to the term's member.
    package var columns: [String: String]

    package init(from decoder: any Decoder) throws {
      let values = try decoder.container(keyedBy: CodingKeys.self)
      id = try values.decode(String.self, forKey: .id)
      file = try values.decode(String.self, forKey: .file)
      columns = try values.decodeIfPresent([String: String].self, forKey: .columns) ?? [:]
    }
  }

  package init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    id = try values.decode(String.self, forKey: .id)
    version = try values.decode(String.self, forKey: .version)
    name = try values.decode(String.self, forKey: .name)
    library = try values.decodeIfPresent(String.self, forKey: .library)
    dialects = try values.decodeIfPresent([Dialect].self, forKey: .dialects) ?? []
    vocabularies = try values.decodeIfPresent([Vocabulary].self, forKey: .vocabularies) ?? []
    agreements = try values.decodeIfPresent([String].self, forKey: .agreements) ?? []
    counts = try values.decodeIfPresent([Counts].self, forKey: .counts) ?? []
    settings = try values.decodeIfPresent(JSONValue.self, forKey: .settings)
    resources = try values.decodeIfPresent([String].self, forKey: .resources) ?? []
  }
}

extension PluginDescriptor {
  /// Reads and judges a `plugin.json`.
  package init(json: [UInt8]) throws(PluginProblem) {
    do {
      self = try JSONCodec.decode(PluginDescriptor.self, from: json, limits: .init(depth: 64, bytes: 1 << 20))
    } catch {
      let place = error.path.isEmpty ? "" : " (at \(error.path))"
      throw PluginProblem("`plugin.json` can't be read: \(error.message)\(place)")
    }
    if let problem { throw PluginProblem(problem) }
  }

  private var problem: String? {
    guard PluginRules.isName(id) else {
      return "The plugin's id `\(id)` may hold lower-case letters, digits and hyphens only."
    }
    guard Set(dialects.map(\.id)).count == dialects.count else { return "Two of its formats have the same id." }
    guard Set(vocabularies.map(\.id)).count == vocabularies.count else {
      return "Two of its vocabularies have the same id."
    }
    if let library, library.isEmpty || library.utf8.contains(UInt8(ascii: "/")) {
      return "`library` is a name, not a path."
    }
    guard counts.allSatisfy({ $0.parts.allSatisfy { (1...64).contains($0.count) } && (1...8).contains($0.parts.count) })
    else { return "`counts` has one to eight parts, each with one to 64 names." }
    for dialect in dialects {
      guard PluginRules.isName(dialect.id) else { return "`\(dialect.id)` is no id for a format." }
      guard ["json", "jsonl", "csv", "words"].contains(dialect.syntax) else {
        return "`\(dialect.syntax)` is no syntax this program knows."
      }
      guard dialect.columns.isEmpty != (dialect.syntax == "words") else {
        return "`columns` belongs to formats of words, and `\(dialect.id)` is another or lacks it."
      }
      let kinds = dialect.columns.map(\.kind)
      guard kinds.allSatisfy({ ["", "number", "rest"].contains($0) || $0.utf8.count == 1 }),
        !kinds.dropLast().contains("rest")
      else { return "A column of `\(dialect.id)` is `number`, the last one `rest`, or one character it begins with." }
    }
    let own = resources.filter { !Self.isShared($0) }
    let files = dialects.compactMap(\.schema) + vocabularies.map(\.file) + agreements + own
    if let outside = files.first(where: Self.leavesFolder) {
      return "`\(outside)` does not lie in the plugin's folder."
    }
    return nil
  }

  /// What of its resources belongs to the system: tables that libraries bring along, which hold nothing of anybody's.
  package var sharedResources: [String] { resources.filter(Self.isShared) }

  /// The same, each followed by where it lies if Concord was installed with libraries of its own: `../share/proj` of the
  /// folder of its programs, for `/usr/share/proj`. Nothing says that any of them is there.
  func sharedResources(besides programFolder: String?) -> [String] {
    guard let programFolder else { return sharedResources }
    return sharedResources.flatMap { [$0, programFolder + "/.." + $0.dropFirst("/usr".count)] }
  }

  private static func isShared(_ path: String) -> Bool {
    let steps = path.split(separator: "/")
    return path.hasPrefix("/usr/share/") && steps.count > 2 && !steps.contains("..") && !path.utf8.contains(0)
  }

  private static func leavesFolder(_ path: String) -> Bool {
    path.isEmpty || path.hasPrefix("/") || path.split(separator: "/").contains("..") || path.utf8.contains(0)
  }
}

/// Why a plugin does not load, in a sentence.
package struct PluginProblem: Error, Sendable, Hashable {
  package var message: String
  package init(_ message: String) { self.message = message }
}
