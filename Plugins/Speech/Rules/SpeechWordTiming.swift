import PluginKit

/// Words whose times can't be right.
struct SpeechWordTiming: RecordRule {
  static let info = RuleInfo(
    id: "speech-word-timing", severity: .error,
    summary: "Words follow each other in time, within the part they belong to.",
    why: "Subtitles jump, and a model that learns from words' times learns the wrong sounds.",
    source:
      "whisperX #349 and #419: figures and signs have no times there, and may have none. Words of one speaker may share 20 ms; "
      + "250 ms beyond a part's ends are left alone.",
    message: "The word ends before it begins. Look again at its times.",
    messages: [
      "order": "This word begins at {from}, before the word ahead of it does. Put the words in order, or look again.",
      "overlap":
        "This word begins {seconds} seconds before the word ahead of it ends, and both are the same speaker's.",
      "outside": "This word lies at {from}, outside the part it belongs to. Look again at its times.",
      "none": "This word has no time, though those around it have. Find it, or leave its time out on purpose for all.",
      "before": "The word ahead of it", "swap": "Exchange the two", "clip": "End it with its part",
    ],
    good: [
      Self.words(#"["yes", 0.1, 0.3], ["sir", 0.4, 0.2]"#), Self.words(#"["yes", 0.1, 0.3], ["sir", 0.39, 0.2]"#),
      whisper(#"{"word": "at", "start": 0.1, "end": 0.2}, {"word": "7"}, {"word": "sharp", "start": 0.5, "end": 0.9}"#),
    ],
    bad: [
      Self.words(#"["yes", 0.5, 0.2], ["sir", ⟪0.1⟫, 0.2]"#), Self.words(#"["yes", 0.1, 0.3], ["sir", ⟪0.2⟫, 0.2]"#),
      Self.words(#"["yes", 0.1, 0.3], ["sir", ⟪7.5⟫, 0.2]"#), whisper(#"{"word": "at", "start": 0.5, "end": ⟪0.2⟫}"#),
      whisper(
        #"{"word": "at", "start": 0.1, "end": 0.2}, ⟪{"word": "seven"}⟫, {"word": "sharp", "start": 0.5, "end": 0.9}"#),
    ])
  static let reads = Reads(fields: SpokenWord.fields + Utterance.fields, needs: [.spokenWord])

  static let shared = 0.02
  static let beyond = 0.25

  func check(_ record: Record, _ report: inout Report) {
    let words = SpokenWord.all(of: record)
    let part = Utterance(record).flatMap { $0.isSound ? $0 : nil }
    let timed = words.count { $0.from != nil }
    var before: SpokenWord?
    for word in words {
      guard let start = word.start, let from = word.from else {
        if timed > words.count - timed, let text = word.text?.text, Self.isWord(text) {
          report.finding(at: word.entry, "none", severity: .warning, fold: "none")
        }
        continue
      }
      if let to = word.to, to < from {
        let edits: [Edit] =
          word.end.map { [.replace(start, with: $0.value.raw), .replace($0, with: start.value.raw)] } ?? []
        report.finding(
          at: word.end ?? word.length ?? start, fixes: edits.isEmpty ? [] : [Fix("swap", edits: edits)])
      } else if let before, let earlier = before.from, from < earlier {
        report.finding(at: start, "order", ["from": Clock.text(from)], related: [Related(at: before.entry, "before")])
      } else if let part, from < part.from - Self.beyond || (word.to ?? from) > part.to + Self.beyond {
        report.finding(at: start, "outside", ["from": Clock.text(from)], fixes: Self.clipped(word, from, to: part))
      } else if let before, let until = before.to, until - from > Self.shared + 1e-6, before.speaker == word.speaker {
        report.finding(
          at: start, "overlap", ["seconds": until - from], severity: .warning,
          related: [Related(at: before.entry, "before")])
      }
      before = word
    }
  }

  /// A word that begins in its part may end with it.
  private static func clipped(_ word: SpokenWord, _ from: Double, to part: Utterance) -> [Fix] {
    guard from >= part.from - beyond, from < part.to else { return [] }
    if let end = word.end { return [Fix("clip", edits: [.replace(end, with: part.to.argumentText)])] }
    guard let length = word.length else { return [] }
    return [Fix("clip", edits: [.replace(length, with: (part.to - from).argumentText)])]
  }

  /// Made of letters alone: what a program that finds times knows the sound of.
  private static func isWord(_ text: String) -> Bool {
    let letters = text.unicodeScalars.filter { !$0.properties.isWhitespace && !"'’-.,!?".unicodeScalars.contains($0) }
    return !letters.isEmpty && letters.allSatisfy(\.properties.isAlphabetic)
  }

  private static func words(_ words: String) -> String {
    SpeechExample.said(#""start": 0, "duration": 1, "text": "yes sir", "alignment": {"word": [\#(words)]}"#)
  }

  private static func whisper(_ words: String) -> String {
    #"{"language": "en", "segments": [{"start": 0, "end": 1, "text": "at seven", "words": [\#(words)]}]}"#
  }
}
