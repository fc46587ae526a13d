/// Sets of feelings that labels are taken from, with what people write instead.
struct Feelings: Sendable {
  let id: String
  let labels: [String]
  /// In small letters.
  let aliases: [String: String]

  static let all: [Feelings] = [
    Feelings(
      id: "ekman", labels: ["anger", "disgust", "fear", "happiness", "sadness", "surprise", "neutral"],
      aliases: [
        "angry": "anger", "disgusted": "disgust", "fearful": "fear", "afraid": "fear", "happy": "happiness",
        "joy": "happiness",
        "sad": "sadness", "surprised": "surprise",
      ]),
    Feelings(
      id: "plutchik",
      labels: ["joy", "trust", "fear", "surprise", "sadness", "disgust", "anger", "anticipation", "neutral"],
      aliases: [
        "happy": "joy", "happiness": "joy", "sad": "sadness", "angry": "anger", "fearful": "fear",
        "surprised": "surprise",
        "disgusted": "disgust",
      ]),
    Feelings(
      id: "iemocap", labels: ["ang", "hap", "exc", "sad", "neu", "fru", "fea", "sur", "dis", "oth", "xxx"],
      aliases: [
        "anger": "ang", "angry": "ang", "happiness": "hap", "happy": "hap", "excited": "exc", "excitement": "exc",
        "sadness": "sad", "neutral": "neu", "frustration": "fru", "frustrated": "fru", "fear": "fea", "fearful": "fea",
        "surprise": "sur", "surprised": "sur", "disgust": "dis", "disgusted": "dis", "other": "oth",
      ]),
    Feelings(
      id: "msp", labels: ["A", "S", "H", "U", "F", "D", "C", "N", "O", "X"],
      aliases: [
        "anger": "A", "angry": "A", "sadness": "S", "sad": "S", "happiness": "H", "happy": "H", "surprise": "U",
        "surprised": "U", "fear": "F", "fearful": "F", "disgust": "D", "disgusted": "D", "contempt": "C",
        "neutral": "N",
        "other": "O",
      ]),
    Feelings(
      id: "ravdess", labels: ["neutral", "calm", "happy", "sad", "angry", "fearful", "disgust", "surprised"],
      aliases: [
        "happiness": "happy", "sadness": "sad", "anger": "angry", "fear": "fearful", "disgusted": "disgust",
        "surprise": "surprised",
      ]),
  ]

  static func named(_ id: String) -> Feelings? { all.first { $0.id == id.lowercased() } }

  func has(_ label: String) -> Bool { labels.contains { $0.utf8.elementsEqual(label.utf8) } }

  /// What was meant by a label that is none.
  func meant(by label: String) -> String? {
    let lower = label.lowercased()
    return aliases[lower] ?? labels.first { $0.lowercased() == lower }
      ?? Nearest.name(to: lower, among: labels.filter { $0.utf8.count > 3 })
  }

  /// Whether a feeling is pleasant, and whether it stirs: 1, -1, or 0 where nobody can say.
  static func signs(of label: String) -> (valence: Int, arousal: Int)? {
    switch label.lowercased() {
    case "anger", "angry", "ang", "a": (-1, 1)
    case "fear", "fearful", "fea", "f": (-1, 1)
    case "sadness", "sad", "s": (-1, -1)
    case "happiness", "happy", "hap", "h", "joy", "exc": (1, 0)
    case "disgust", "dis", "d", "contempt", "c", "fru": (-1, 0)
    case "calm": (0, -1)
    default: nil
    }
  }
}
