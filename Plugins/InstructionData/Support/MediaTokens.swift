import PluginKit

/// The words that stand for pictures, films and sounds in a text.
enum MediaKind: CaseIterable {
  case image, video, audio

  var token: String {
    switch self {
    case .image: "<image>"
    case .video: "<video>"
    case .audio: "<audio>"
    }
  }

  /// What a part of a turn calls it.
  var part: String {
    switch self {
    case .image: "image"
    case .video: "video"
    case .audio: "audio"
    }
  }

  /// Where its token begins in a text, in bytes.
  func offsets(in text: [UInt8]) -> [Int] {
    let token = Array(token.utf8)
    guard text.count >= token.count else { return [] }
    var out: [Int] = []
    var at = 0
    while at <= text.count - token.count {
      if text[at] == token[0], text[at..<(at + token.count)].elementsEqual(token) {
        out.append(at)
        at += token.count
      } else {
        at += 1
      }
    }
    return out
  }
}
