/// Small whole files for the rules' examples.
enum SpeechExample {
  /// What is said in `call-1`, as Lhotse writes it: entries with these members.
  static func said(_ entries: String...) -> String {
    let lines = entries.enumerated().map { #"{"id": "u\#($0 + 1)", "recording_id": "call-1", \#($1)}"# }
    return "[\(lines.joined(separator: ", "))]"
  }

  static func recording(_ members: String) -> String {
    #"[{"id": "call-1", "sources": [], \#(members)}]"#
  }

  /// Files of one dataset: name and text in turn.
  static func dataset(_ files: (String, String)...) -> String {
    (["//- concord.json\n{}"] + files.map { "//- \($0)\n\($1)" }).joined(separator: "\n")
  }

  /// One conversation with the speakers `anna` and `bob` and a recording of a minute, and these labels.
  static func conversation(_ labels: String..., source: String = #""duration": 60"#) -> String {
    #"{"concord": "1.0", "domain": "speech", "samples": [{"id": "c1", "sources": [{"id": "mic", "modality": "audio", "#
      + #""uri": "c1.wav", \#(source)}], "entities": [{"id": "anna"}, {"id": "bob"}], "annotations": ["#
      + labels.joined(separator: ", ") + "]}]}"
  }

  /// A label of that conversation.
  static func turn(_ number: Int, _ members: String) -> String {
    #"{"id": "t\#(number)", "source": "mic", "kind": "transcript", "text": "yes", \#(members)}"#
  }
}
