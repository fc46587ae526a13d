/// A plugin of data alone, its files by name: recordings, their segments, and playlists that name recordings by key. What a recording is
/// called counts in a whole dataset.
package enum RadioPlugin {
  package static let files = [
    "plugin.json": #"""
    {"id": "radio", "version": "1.0.0", "name": "Radio", "dialects": [
      {"id": "recordings", "name": "recordings", "syntax": "jsonl", "schema": "recordings.json",
       "files": ["*.jsonl"], "probe": {"required": ["/0/recording"]}, "records": ["/*"]},
      {"id": "segments", "name": "segments", "syntax": "jsonl", "schema": "segments.json",
       "files": ["*.jsonl"], "probe": {"required": ["/0/segment"]}, "records": ["/*"]},
      {"id": "playlists", "name": "playlists", "syntax": "json", "schema": "playlists.json",
       "files": ["*.json"], "probe": {"required": ["plays"]}, "records": ["/plays/*"]}]}
    """#,
    "recordings.json": #"""
    {"type": "object", "properties": {
      "recording": {"type": "string", "pattern": "^[rst]",
        "x-defines": {"kind": "recording", "scope": "dataset", "name": "title", "exports": ["seconds", "phone"]}},
      "title": {"type": "string"}, "seconds": {"type": "number"}, "phone": {"x-private": true},
      "secret": {"x-private": true, "x-defines": {"kind": "secret", "scope": "dataset"}},
      "hidden": {"type": "string", "x-defines": {"kind": "hidden", "scope": "dataset", "name": "phone"}}}}
    """#,
    "segments.json": #"""
    {"type": "object", "properties": {
      "segment": {"x-defines": {"kind": "segment", "scope": "document"}},
      "of": {"type": "string", "pattern": "^[^t]", "x-references": {"kind": "recording", "scope": "dataset"}},
      "with": {"x-references": {"kind": "secret", "scope": "dataset"}},
      "from": {"x-references": {"kind": "hidden", "scope": "dataset"}}}}
    """#,
    "playlists.json": #"""
    {"type": "object", "properties": {"plays": {"type": "object", "additionalProperties": {
      "type": "object", "x-references": {"kind": "recording", "scope": "dataset", "from": "key"},
      "properties": {"then": {"x-references": {"kind": "recording", "scope": "dataset"}}}}}}}
    """#,
  ]
}
