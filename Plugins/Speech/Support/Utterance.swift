import PluginKit

/// From when to when somebody speaks, as far as a record says.
struct Utterance {
  let start: FieldValue?
  let end: FieldValue?
  let length: FieldValue?
  /// In seconds; a part whose start nobody writes begins where its recording does.
  let from: Double
  let to: Double

  static let fields: [Field] = [.utteranceStart, .utteranceEnd, .utteranceLength]

  /// `nil` where either end is not known.
  init?(_ record: Record) {
    start = record.first(.utteranceStart)
    end = record.first(.utteranceEnd)
    length = record.first(.utteranceLength)
    let from = start?.number ?? 0
    guard start == nil || start?.number != nil else { return nil }
    self.from = from
    if let end = end?.number {
      to = end
    } else if let length = length?.number {
      to = from + length
    } else {
      return nil
    }
  }

  var seconds: Double { to - from }
  /// It begins and ends as time does.
  var isSound: Bool { from >= 0 && to > from && to < 1e9 }
  /// What a finding about its end stands at.
  var last: FieldValue? { end ?? length }
}

/// A time of day for people: `1:02.5`.
enum Clock {
  static func text(_ seconds: Double) -> String {
    guard seconds.isFinite, seconds >= 60, seconds < 1e9 else { return "\(seconds.argumentText) s" }
    let minutes = Int(seconds / 60)
    let rest = (seconds - Double(minutes) * 60).argumentText
    return "\(minutes):\(rest.prefix { $0 != "." }.count < 2 ? "0" : "")\(rest)"
  }
}
