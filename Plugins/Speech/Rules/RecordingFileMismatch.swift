import PluginKit

/// What is said of a recording, and its own file says otherwise.
struct RecordingFileMismatch: RecordRule {
  static let info = RuleInfo(
    id: "recording-file-mismatch", severity: .warning,
    summary: "What is said of a recording is what its sound file says.",
    why: "Programs that trust the list cut the wrong parts, or play them too fast or too slow.",
    source:
      "The headers of WAV, FLAC and AIFF files. One sample and 1 ms of length are rounding; from half a second on it is an error. "
      + "A recording that is changed while it is loaded (`transforms`) is another one than its file.",
    message: "The sound file lasts {found} s, but this says {stated} s. One of the two is wrong.",
    messages: [
      "rate": "The sound file has {found} samples a second, but this says {stated}. One of the two is wrong.",
      "channels":
        "The sound file has {found#one channel|{found} channels}, but this says {stated}. One of the two is wrong.",
      "channel":
        "Channel {stated} is not in the sound file: it has {found#one channel|{found} channels}, counted from 0.",
      "take": "Write {found}", "file": "The sound file",
    ],
    // What a sound's header says can't be told from labels alone: the tests give the file's facts beside them.
    good: [
      SpeechExample.dataset(
        ("manifest.json", #"{"audio_filepath": "not-there.wav", "duration": 3, "sampling_rate": 8000}"#))
    ],
    bad: [])
  static let reads = Reads(
    fields: SoundFile.fields + [
      .recordingRate, .recordingLength, .recordingChannels, .recordingChannel, .recordingTransforms,
    ], needs: [.recordingRate, .recordingLength, .recordingChannels, .recordingChannel], lookups: SoundFile.lookups)

  static let rounding = 0.001
  static let large = 0.5

  func check(_ record: Record, _ report: inout Report) {
    guard let (file, path) = SoundFile.only(of: record),
      record.all(.recordingTransforms).allSatisfy({ $0.value.kind == .null })
    else { return }
    let related = [Related(at: path, "file")]
    func say(_ field: FieldValue, _ key: String, _ stated: Double, _ found: Double, _ severity: Severity? = nil) {
      let fix = Fix("take", ["found": found], edits: [.replace(field, with: "\(found)".droppingZero)])
      report.finding(
        at: field, key, ["stated": stated, "found": found], severity: severity, related: related,
        fixes: key == "channel" ? [] : [fix], fold: key + "\(stated) \(found)")
    }
    if let field = record.first(.recordingRate), let stated = field.number, stated > 0, stated != Double(file.rate) {
      say(field, "rate", stated, Double(file.rate))
    }
    if let field = record.first(.recordingChannels), let stated = field.number, stated != Double(file.channels) {
      say(field, "channels", stated, Double(file.channels))
    }
    for field in record.all(.recordingChannel) {
      guard let stated = field.value.integer, stated >= file.channels else { continue }
      say(field, "channel", Double(stated), Double(file.channels))
      break
    }
    guard let field = record.first(.recordingLength), let stated = field.number, stated > 0, let found = file.seconds
    else { return }
    let apart = (found - stated).magnitude
    guard apart > 1 / Double(file.rate) + Self.rounding else { return }
    say(field, "", stated, found, apart > Self.large ? .error : .warning)
  }
}

extension String {
  /// A whole number without `.0`.
  var droppingZero: String { hasSuffix(".0") ? String(dropLast(2)) : self }
}
