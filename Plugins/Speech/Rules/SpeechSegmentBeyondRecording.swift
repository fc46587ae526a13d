import PluginKit

/// Speech that goes on after its recording has ended.
struct SpeechSegmentBeyondRecording: GroupRule {
  static let info = RuleInfo(
    id: "speech-segment-beyond-recording", severity: .error,
    summary: "What is said ends no later than its recording.",
    why: "The part of the file that is not there is filled with silence, or the whole part is thrown away.",
    source:
      "lhotse #1107. Up to 1 ms is rounding and left alone, up to 50 ms is told as information. How long a recording is is said by its "
      + "own file, if it is here, else by the lists of the dataset.",
    message: "This part ends at {to}, but its recording is only {length} long. Look again when it ends.",
    messages: ["recording": "The recording's length", "trim": "End it with the recording"],
    good: [
      Self.files(#""start": 0, "duration": 1.5"#), Self.files(#""start": 0.5, "duration": 1.5005"#),
      SpeechExample.conversation(SpeechExample.turn(1, #""segment": [58, 60]"#)),
    ],
    bad: [
      Self.files(#""start": 0.5, "duration": ⟪2⟫"#), Self.files(#""start": 0.5, "duration": ⟪1.52⟫"#),
      SpeechExample.conversation(SpeechExample.turn(1, #""segment": [58, ⟪61.5⟫]"#)),
    ])
  static let reads = Reads(
    fields: Utterance.fields + Recording.fields + [.recordingLength, .asset, .recordingTransforms, .mediaPath],
    needs: [.utteranceStart, .utteranceLength, .utteranceEnd, .recordingLength],
    lookups: [.definition(of: .asset)] + SoundFile.lookups)
  static let kind = FactKind("speech/span")
  static let states = [kind]
  static let fewest = 2

  static let rounding = 0.001 + 1e-6
  static let small = 0.05

  func state(_ record: Record, _ report: inout Report) {
    let name = Recording.name(of: record)
    let key = name.map { Report.Key.key(FactKey(shared: "span \($0)")) }
    if let key, record.first(.recordingName) == nil, record.first(.recordingID) != nil,
      let length = record.first(.recordingLength), let seconds = length.number, seconds > 0
    {
      report.state(Self.kind, key: key, at: length, payload: .numbers(0, seconds))
    }
    // A part's own length is not its recording's: that is what its file says.
    if let key, record.first(.recordingPath) != nil, let (file, path) = SoundFile.only(of: record),
      let seconds = file.seconds
    {
      report.state(Self.kind, key: key, at: path, payload: .numbers(0, seconds))
    }
    guard let utterance = Utterance(record), utterance.isSound, let last = utterance.last else { return }
    if let seconds = record.definition(of: .asset)?.exports["duration"]?.number, seconds > 0 {
      say(at: last, utterance.from, utterance.to, utterance.end == nil, seconds, nil, &report)
    } else if let key {
      report.state(
        Self.kind, key: key, at: last,
        payload: .numbers(1, utterance.to, utterance.from, utterance.end == nil ? 1 : 0))
    }
  }

  func group(_ group: Group, _ report: inout Report) {
    // Of several lengths that are said of one recording, nobody knows the right one: the longest.
    let recordings = group.facts.filter { $0.numbers.first == 0 }
    guard let recording = recordings.max(by: { ($0.numbers.last ?? 0) < ($1.numbers.last ?? 0) }),
      let length = recording.numbers.last
    else { return }
    for fact in group.facts {
      let numbers = fact.numbers
      guard numbers.count == 4 else { continue }
      say(at: fact, numbers[2], numbers[1], numbers[3] == 1, length, recording, &report)
    }
  }

  private func say(
    at place: some Placed, _ from: Double, _ to: Double, _ isLength: Bool, _ length: Double, _ recording: Fact?,
    _ report: inout Report
  ) {
    let beyond = to - length
    guard beyond > Self.rounding else { return }
    let right = isLength ? length - from : length
    let trim = Fix("trim", edits: [.replace(place, with: right.argumentText)])
    report.finding(
      at: place, "", ["to": Clock.text(to), "length": Clock.text(length)],
      severity: beyond > Self.small ? .error : .information,
      related: recording.map { [Related(at: $0, "recording")] } ?? [], fixes: from < length ? [trim] : [])
  }

  private static func files(_ said: String) -> String {
    SpeechExample.dataset(
      ("recordings.json", SpeechExample.recording(#""sampling_rate": 8000, "num_samples": 16000, "duration": 2"#)),
      ("said.json", SpeechExample.said(said)))
  }
}
