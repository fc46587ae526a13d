/// One clip that two people label, the second without knowing of the first; in a format that knows two labels.
enum TwoReadings {
  static let names = ["first/a.jsonl", "blind/a.jsonl"]

  static func shop(first: String = "laughter") async throws -> Shop {
    let files = [
      names[0]: #"{"clip": "c1", "label": "\#(first)", "by": "ann-1", "pass": "first"}"#,
      names[1]: #"{"clip": "c1", "label": "crying", "by": "ann-2", "pass": "blind"}"#,
    ]
    let source = #""clip": "clip", "value": "label", "by": "by", "pass": "pass""#
    let configuration = """
      {"alignments": [{"subject": ["clip"], "property": "class", "compare": {"by": "equal"}, "sources": [
        {"files": "first/*", \(source)}, {"files": "blind/*", \(source)}]}]}
      """
    return try await Shop(files, plugin, configuration: configuration)
  }

  private static let plugin = [
    "plugin.json": #"""
    {"id": "own", "version": "1.0.0", "name": "Clips", "dialects": [
      {"id": "clips", "name": "clips", "syntax": "jsonl", "schema": "clips.json", "files": ["*.jsonl"],
       "probe": {"required": ["/0/clip"]}, "records": ["/*"]}]}
    """#,
    "clips.json": #"""
    {"$schema": "https://json-schema.org/draft/2020-12/schema", "type": "object",
     "properties": {"label": {"enum": ["laughter", "crying"]}}}
    """#,
  ]
}
