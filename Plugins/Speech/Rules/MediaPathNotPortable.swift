import PluginKit

/// A file that lies where only one computer has it.
struct MediaPathNotPortable: RecordRule {
  static let info = RuleInfo(
    id: "media-path-not-portable", severity: .warning,
    summary: "The way to a sound file begins at the manifest's own folder.",
    why: "On another computer nothing lies there: the data can't be handed on.",
    source: "Kaldi forbids ways from somebody's home. Addresses of the web and of shared stores are fine.",
    message: "This way begins at the top of one computer ({start}). Write it from the folder this file lies in.",
    messages: [
      "home":
        "This way leads to somebody's own folder ({start}), which others don't have. Copy the file beside this one.",
      "temporary": "This way leads to a folder for what is soon thrown away ({start}). Copy the file beside this one.",
      "drive":
        "This way names a drive of one computer ({start}). Write it from the folder this file lies in, with `/`.",
      "backslash": "Only Windows reads `\\` as a step between folders. Write `/`.",
      "slash": "Write `/`",
      "other": "No file here has this name, but {found} is here. Many programs go by every letter.",
      "write": "Write {found}",
    ],
    good: [
      manifest(#""wavs/a.wav""#), manifest(#""../wavs/a.wav""#), manifest(#""s3://store/a.wav""#),
      manifest(#""https://example.org/a.wav""#),
    ],
    bad: [
      manifest(#"⟪"/data/wavs/a.wav"⟫"#), manifest(#"⟪"~/a.wav"⟫"#), manifest(#"⟪"/home/lan/a.wav"⟫"#),
      manifest(#"⟪"/tmp/a.wav"⟫"#), manifest(#"⟪"C:\\wavs\\a.wav"⟫"#), manifest(#"⟪"wavs\\a.wav"⟫"#),
      manifest(#"⟪"wavs/A.wav"⟫"#) + "\n//- wavs/a.wav\na sound",
    ])
  static let reads = Reads(fields: SoundFile.fields, lookups: SoundFile.lookups)

  func check(_ record: Record, _ report: inout Report) {
    for field in record.all(.recordingPath) + record.all(.mediaPath) {
      guard let path = field.value.text else { continue }
      guard let (key, start) = Self.fault(in: path) else {
        sayOther(field, record, &report)
        continue
      }
      var fixes: [Fix] = []
      if key == "backslash" {
        let right = String(path.map { $0 == "\\" ? "/" : $0 })
        fixes = [Fix("slash", isCertain: true, edits: [.replace(field, with: right.json)])]
      }
      report.finding(at: field, key, ["start": start], fixes: fixes, fold: key + start)
    }
  }

  /// A file that lies there under nearly this name.
  private func sayOther(_ field: FieldValue, _ record: Record, _ report: inout Report) {
    guard let words = SoundFile.words(of: field, record), words.hasPrefix("missing ") else { return }
    let found = String(words.dropFirst("missing ".count))
    // Not certain: it may be another sound.
    let fix = Fix("write", ["found": found], edits: [.replace(field, with: found.json)])
    report.finding(at: field, "other", ["found": found], fixes: [fix])
  }

  private static func fault(in path: String) -> (key: String, start: String)? {
    let bytes = Array(path.utf8)
    if bytes.count > 2, bytes[1] == UInt8(ascii: ":"), bytes[0] | 0x20 >= 0x61, bytes[0] | 0x20 <= 0x7A,
      bytes[2] == UInt8(ascii: "\\") || bytes[2] == UInt8(ascii: "/") && bytes.dropFirst(3).first != UInt8(ascii: "/")
    {
      return ("drive", String(path.prefix(2)))
    }
    let (slash, backslash) = (UInt8(ascii: "/"), UInt8(ascii: "\\"))
    guard bytes.first == slash || bytes.first == UInt8(ascii: "~") else {
      return bytes.contains(backslash) && !bytes.contains(slash) ? ("backslash", "\\") : nil
    }
    let steps = path.split(separator: "/", omittingEmptySubsequences: true)
    if bytes.first != slash { return ("home", String(steps.first ?? "~")) }
    let first = steps.first.map { "/" + $0 } ?? "/"
    if ["/tmp", "/var"].contains(first), first == "/tmp" || steps.dropFirst().first == "tmp" {
      return ("temporary", first)
    }
    return (["/home", "/Users", "/root"].contains(first) ? "home" : "", first)
  }

  private static func manifest(_ path: String) -> String {
    SpeechExample.dataset(("manifest.json", #"{"audio_filepath": \#(path), "duration": 1}"#))
  }
}
