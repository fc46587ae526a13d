import PluginKit

/// Tags of languages by the names people know; and of a part, who speaks it, from when to when, and how fast.
struct SpeechHelp: Assistant {
  static let reads = Reads(
    fields: Utterance.fields + [
      .utteranceText, .utteranceSpeaker, .utteranceLanguage, .sampleLanguage, .whisperLanguage,
    ])

  func complete(_ record: Record, at value: Value, _ offers: inout Offers) {
    let languages = record.all(.utteranceLanguage) + record.all(.sampleLanguage) + record.all(.whisperLanguage)
    guard languages.contains(where: { $0.value.place == value.place }) else { return }
    for (name, tag) in Languages.names { offers.add(name, value: tag.json, detail: tag) }
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
