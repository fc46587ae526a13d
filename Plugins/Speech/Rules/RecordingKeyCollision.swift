import PluginKit

/// Two files that other files can't tell apart.
struct RecordingKeyCollision: GroupRule {
  static let info = RuleInfo(
    id: "recording-key-collision", severity: .error,
    summary: "Recordings that other files speak of have different names, whatever folder they lie in.",
    why: "RTTM and CTM files name a recording without its folder: of two with one name, one gets the other's speakers.",
    source: "NeMo asks for the same. Said only of lines that name such a file.",
    message:
      "Another recording in another folder is called {name} too: {other}. Other files can't tell them apart; rename one.",
    messages: ["other": "The other one"],
    good: [
      manifest(line("a/one.wav"), line("b/two.wav")), manifest(line("a/one.wav"), line("a/one.wav", #", "offset": 2"#)),
      manifest(#"{"audio_filepath": "a/one.wav", "duration": 1}"#, #"{"audio_filepath": "b/one.wav", "duration": 1}"#),
    ],
    bad: [
      manifest(line("a/one.wav"), #"{"audio_filepath": ⟪"b/one.wav"⟫, "duration": 1, "rttm_filepath": "one.rttm"}"#)
    ])
  static let reads = Reads(fields: [.recordingPath, .sideFile], needs: [.sideFile])
  static let kind = FactKind("speech/path")
  static let states = [kind]
  static let fewest = 2

  func state(_ record: Record, _ report: inout Report) {
    guard let field = record.first(.recordingPath), var path = field.text,
      record.all(.sideFile).contains(where: { $0.text != nil })
    else { return }
    let stem = Recording.stem(path)
    // `./a/one.wav` is `a/one.wav`.
    while path.hasPrefix("./") { path.removeFirst(2) }
    report.state(
      Self.kind, key: .key(FactKey(shared: "path \(stem)")), at: field,
      payload: Payload(Array((stem.utf8.prefix(80) + [0x1F] + path.utf8.suffix(160)))))
  }

  func group(_ group: Group, _ report: inout Report) {
    guard let first = group.facts.first else { return }
    let path = Parts(first)[1]
    for fact in group.facts.dropFirst() {
      let parts = Parts(fact)
      guard !parts[1].utf8.elementsEqual(path.utf8) else { continue }
      report.finding(
        at: fact, "", ["name": parts[0], "other": path], related: [Related(at: first, "other")], fold: parts[1])
    }
  }

  private static func line(_ path: String, _ more: String = "") -> String {
    #"{"audio_filepath": "\#(path)", "duration": 1, "rttm_filepath": "one.rttm"\#(more)}"#
  }

  private static func manifest(_ lines: String...) -> String {
    SpeechExample.dataset(("manifest.json", lines.joined(separator: "\n")))
  }
}
