import PluginKit

/// What a sample asks and what it answers, read so that capitals and white space don't count.
struct Question {
  /// What is said before the answer, without what the model is told about itself.
  private(set) var asked: [UInt8] = []
  /// Everything around that makes it another question: what the model is told, tools, pictures, sounds.
  private var told: [UInt8] = []
  private(set) var answer: UInt64 = 0
  let place: Place

  /// What a rule must declare to read questions.
  static let fields: [Field] =
    Answer.fields + [
      .turns, .prompt, .promptInput, .answer, .verdict, .chosen, .system, .toolsText, .tool, .images, .videos, .audios,
      .image, .video, .audio,
    ]
  private static let around: [Field] = [
    .system, .toolsText, .tool, .images, .videos, .audios, .image, .video, .audio,
  ]

  /// `nil` where a sample has no question with one answer: pairs, and answers to avoid, give one question several on purpose.
  init?(_ record: Record) {
    guard record.first(.verdict) == nil, record.first(.chosen) == nil else { return nil }
    if let turns = record.first(.turns) {
      let all = Turn.all(in: turns.value, of: record)
      guard let last = all.last, last.speaker == .assistant, all.count > 1 else { return nil }
      place = turns.place.part(offset: 0, count: 1)
      for turn in all.dropLast() {
        if turn.speaker == .system {
          Self.write(turn, into: &told)
        } else {
          Self.write(turn, into: &asked)
        }
      }
      var said: [UInt8] = []
      Self.write(last, into: &said)
      answer = Digest(said).first
    } else {
      guard let prompt = record.first(.prompt), let text = prompt.value.text, !Text.isBlank(text),
        let found = record.first(.answer)?.value.text, !Text.isBlank(found)
      else { return nil }
      place = prompt.place
      Text.fold(text, into: &asked)
      asked.append(0)
      Text.fold(record.first(.promptInput)?.value.text ?? "", into: &asked)
      answer = Digest(Text.folded(found)).first
    }
    for field in Self.around {
      for value in record.all(field) {
        told.append(0)
        value.value.withBytes { Self.append($0, to: &told) }
      }
    }
  }

  /// What is asked, with everything around.
  var whole: [UInt8] {
    var whole = asked
    whole.reserveCapacity(asked.count + 1 + told.count)
    whole.append(0)
    whole += told
    return whole
  }
  /// Of everything that is not asked.
  var surroundings: UInt64 { Digest(told).first }

  /// Who speaks, what is said, which parts and calls there are.
  private static func write(_ turn: Turn, into out: inout [UInt8]) {
    write(role: turn.role?.value, into: &out)
    out.append(1)
    if let content = turn.content?.value, content.withText({ Text.fold($0, into: &out) }) == nil {
      content.withBytes { Text.fold($0, into: &out) }
    }
    for call in turn.calls {
      out.append(1)
      call.value.withBytes { append($0, to: &out) }
    }
    out.append(0)
  }

  private static func write(role: Value?, into out: inout [UInt8]) {
    guard let role, role.withText({ append($0, to: &out) }) == nil else { return }
    out += (role.scalarText ?? "").utf8
  }

  private static func append(_ bytes: Span<UInt8>, to out: inout [UInt8]) {
    out.append(addingCapacity: bytes.count) { out in
      for index in bytes.indices { out.append(bytes[index]) }
    }
  }

  /// 128 bits that stand for the question and everything around it. No text leaves the plugin's process.
  var identity: String { Digest(whole).name }
}
