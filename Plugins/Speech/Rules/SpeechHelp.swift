import PluginKit

/// Tags of languages by the names people know, who speaks in a recording, and marks; and of a part, who speaks it, from when to when,
/// and how fast.
struct SpeechHelp: Assistant {
  static let reads = Reads(
    fields: Utterance.fields + Recording.fields + [
      .utteranceText, .utteranceSpeaker, .utteranceLanguage, .sampleLanguage, .whisperLanguage, .wordSpeaker,
    ], context: ["marks"])

  func complete(_ record: Record, at value: Value, _ offers: inout Offers) {
    func isAt(_ fields: Field...) -> Bool {
      fields.contains { record.all($0).contains { $0.value.place == value.place } }
    }
    if isAt(.utteranceLanguage, .sampleLanguage, .whisperLanguage) {
      for (name, tag) in Languages.names { offers.add(name, value: tag.json, detail: tag) }
    } else if isAt(.utteranceSpeaker, .wordSpeaker) {
      offerSpeakers(record, &offers)
    } else if isAt(.utteranceText), let text = value.text {
      offerMarks(text, record, &offers)
    }
  }

  /// Those that the file has in this recording.
  private func offerSpeakers(_ record: Record, _ offers: inout Offers) {
    guard let recording = Recording.name(of: record) else { return }
    let names = offers.members(SpeechSameSpeakerOverlap.speakers, key: recording).map { Parts($0)[0] }
    for name in Set(names).sorted() where !name.isEmpty { offers.add(name, value: name.json, detail: recording) }
  }

  /// Behind an opened bracket the marks that may stand there.
  private func offerMarks(_ text: String, _ record: Record, _ offers: inout Offers) {
    let scalars = Array(text.unicodeScalars)
    guard let open = scalars.lastIndex(where: { scalar in Mark.Bracket.allCases.contains { $0.opener == scalar } }),
      let bracket = Mark.Bracket.allCases.first(where: { $0.opener == scalars[open] }),
      !scalars[open...].contains(bracket.closer)
    else { return }
    let own = (record.context("marks")?.array ?? []).compactMap(\.text)
    let head = String(String.UnicodeScalarView(scalars[..<open]))
    for name in own.isEmpty ? Mark.usual : own {
      let mark = "\(bracket.opener)\(name)\(bracket.closer)"
      offers.add(mark, value: (head + mark).json, detail: name)
    }
  }

  func hover(_ record: Record, at value: Value, _ hover: inout Hover) {
    guard let utterance = Utterance(record), utterance.isSound,
      [utterance.start, utterance.last].contains(where: { $0?.value.place == value.place })
    else { return }
    var parts = [record.text(.utteranceSpeaker).map { "**\($0)**" }].compactMap(\.self)
    parts.append("\(Clock.text(utterance.from)) – \(Clock.text(utterance.to))")
    parts.append("\(utterance.seconds.argumentText) s")
    if let text = record.text(.utteranceText) {
      let letters = Double(Speech.letters(Speech.spoken(text)).count) / utterance.seconds
      if letters > 0 { parts.append("\(((letters * 10).rounded() / 10).argumentText) / s") }
    }
    hover.show(parts.joined(separator: " · "))
  }
}
