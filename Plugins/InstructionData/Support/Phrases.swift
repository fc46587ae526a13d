/// What people write when they refuse, praise or object, in English and Vietnamese. Only ever held against what somebody has said
/// outright: a list of words proves nothing by itself.
enum Phrases {
  /// Whether a text begins as refusals do.
  static func beginsWithRefusal(_ text: [UInt8]) -> Bool {
    let head = Array(text.prefix(160))
    return refusals.contains { ReadText.contains(head, $0) }
  }

  /// Whether anything in a text could be a refusal.
  static func mayRefuse(_ text: [UInt8]) -> Bool {
    let part = Array(text.prefix(4096))
    return hedges.contains { ReadText.contains(part, $0) }
  }

  /// Whether a text is in a language of these lists, as far as its small words tell.
  static func isKnownLanguage(_ text: [UInt8]) -> Bool {
    let part = Array(text.prefix(4096))
    return smallWords.contains { ReadText.contains(part, $0) }
  }

  enum Verdict {
    case praise, objection
  }

  /// What a reason says throughout; `nil` where it says both, or neither.
  static func verdict(of reason: [UInt8]) -> Verdict? {
    let part = Array(reason.prefix(2048))
    if turns.contains(where: { ReadText.contains(part, $0) }) { return nil }
    let isPraise = praises.contains { said($0, in: part) }
    let isObjection = objections.contains { said($0, in: part) }
    return isPraise == isObjection ? nil : isPraise ? .praise : .objection
  }

  /// Said, and not denied by a word shortly before it.
  private static func said(_ phrase: [UInt8], in text: [UInt8]) -> Bool {
    guard text.count >= phrase.count else { return false }
    return (0...(text.count - phrase.count)).contains { start in
      guard text[start] == phrase[0], text[start..<(start + phrase.count)].elementsEqual(phrase),
        start == 0 || !text[start - 1].isWordByte
      else { return false }
      let before = Array(text[max(0, start - 20)..<start])
      return !denials.contains { ReadText.contains(before, $0) }
    }
  }

  private static func list(_ words: String...) -> [[UInt8]] { words.map { Array($0.utf8) } }

  private static let refusals = list(
    "i'm sorry, but i", "i’m sorry, but i", "i am sorry, but i", "i can't help", "i can’t help", "i cannot help",
    "i can't assist", "i can’t assist", "i cannot assist", "i'm unable to", "i’m unable to", "i am unable to",
    "i cannot provide", "i can't provide", "i can’t provide", "i won't ", "i won’t ", "i must decline",
    "sorry, i can't", "sorry, i can’t", "sorry, i cannot", "xin lỗi, tôi không thể", "xin lỗi, nhưng tôi không",
    "rất tiếc, tôi không thể", "tôi không thể giúp", "tôi không thể cung cấp", "tôi xin từ chối")
  private static let hedges = list(
    "can't", "can’t", "cannot", "can not", "unable", "won't", "won’t", "sorry", "not able", "decline", "refuse",
    "not appropriate", "as an ai", "would rather not", "don't", "do not", "shouldn", "should not", "không thể",
    "xin lỗi",
    "từ chối", "rất tiếc", "không nên", "không được")
  private static let smallWords = list(" the ", " and ", " is ", " to ", " và ", " là ", " của ", " một ", " được ")
  private static let objections = list(
    "incorrect", "wrong", "does not answer", "doesn't answer", "fails to", "useless", "nonsense", "made up",
    "inaccurate",
    "misleading", "sai", "không trả lời", "vô nghĩa", "bịa")
  private static let praises = list(
    "excellent", "perfect", "very good", "correct", "accurate", "helpful", "well written", "chính xác", "xuất sắc",
    "rất tốt", "đầy đủ")
  private static let denials = list(
    "not ", "no ", "nothing", "n't ", "n’t ", "hardly", "never", "không ", "chẳng ", "chưa ")
  private static let turns = list(" but ", "however", "although", " though", "except", "nhưng", "tuy ", "mặc dù")
}
