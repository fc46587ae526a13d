import PluginKit

extension Field {
  /// Where a stretch of speech begins, in seconds from its recording's start.
  static let utteranceStart = Field("utterance-start")
  /// Where it ends.
  static let utteranceEnd = Field("utterance-end")
  /// How long it is.
  static let utteranceLength = Field("utterance-length")
  /// What a part is called.
  static let utteranceID = Field("utterance-id")
  static let utteranceText = Field("utterance-text")
  /// What is said, under a key that no program reads.
  static let utteranceTextMisnamed = Field("utterance-text-misnamed")
  static let utteranceSpeaker = Field("utterance-speaker")
  static let utteranceLanguage = Field("utterance-language")
  static let utteranceChannel = Field("utterance-channel")
  /// The language of a whole file or sample.
  static let sampleLanguage = Field("sample-language")
  static let whisperLanguage = Field("whisper-language")
  static let speakerGender = Field("speaker-gender")
  /// How many people speak, as a manifest says.
  static let speakerCount = Field("speaker-count")

  /// The recording something is in, by name.
  static let recordingName = Field("recording-name")
  /// The recording something is in, by its file, whose name without ending is what others call it.
  static let recordingPath = Field("recording-path")
  /// Where a recording has its name.
  static let recordingID = Field("recording-id")
  static let recordingLength = Field("recording-length")
  static let recordingSamples = Field("recording-samples")
  static let recordingRate = Field("recording-rate")
  /// How many channels a recording has.
  static let recordingChannels = Field("recording-channels")
  /// One of the channels of its file, counted from 0.
  static let recordingChannel = Field("recording-channel")
  /// What is done to a recording while it is loaded.
  static let recordingTransforms = Field("recording-transforms")
  /// Another file that says more of the same recording.
  static let sideFile = Field("side-file")
  /// A path to a sound or film.
  static let mediaPath = Field("media-path")
  static let environment = Field("environment")
  /// How far speech stands out from noise, in decibels.
  static let snr = Field("snr")

  /// How good people or programs find a sound, from 1 to 5.
  static let soundScore = Field("sound-score")

  /// The whole entry of a word.
  static let spokenWord = Field("spoken-word")
  static let wordText = Field("word-text")
  static let wordStart = Field("word-start")
  static let wordEnd = Field("word-end")
  static let wordLength = Field("word-length")
  static let wordSpeaker = Field("word-speaker")

  /// What a part is for: to learn from, or to examine with.
  static let utteranceSplit = Field("utterance-split")
  /// A person's number in a corpus.
  static let speakerNumber = Field("speaker-number")
  /// A name that says again what other members say, by a pattern that the format knows.
  static let patternedID = Field("patterned-id")
  static let patternedSpeaker = Field("patterned-speaker")

  /// What an RTTM line says.
  static let rttmType = Field("rttm-type")

  static let emotionLabel = Field("emotion-label")
  static let emotionScheme = Field("emotion-scheme")
  /// A feeling of the MSP-Podcast set.
  static let emotionMSP = Field("emotion-msp")
  static let valence = Field("valence")
  static let arousal = Field("arousal")
  static let dominance = Field("dominance")
  /// The least and the most that a value may be.
  static let emotionScale = Field("emotion-scale")
  /// How many people heard which feeling.
  static let emotionVotes = Field("emotion-votes")
  /// All that each of several people heard in a recording.
  static let emotionBallots = Field("emotion-ballots")
  /// What one person heard most, in words of MSP-Podcast.
  static let emotionMajor = Field("emotion-major")
  /// Values from 1 to 7.
  static let valence7 = Field("valence-7")
  static let arousal7 = Field("arousal-7")
  static let dominance7 = Field("dominance-7")

  /// A sentence whose meaning is labelled.
  static let intentText = Field("intent-text")
  static let intent = Field("intent")
  static let intentEntity = Field("intent-entity")
  static let entityStart = Field("entity-start")
  static let entityEnd = Field("entity-end")
  static let entityValue = Field("entity-value")
  static let entityKind = Field("entity-kind")
  /// Where what is named is heard, in seconds.
  static let entityFrom = Field("entity-from")
  static let entityTo = Field("entity-to")
  /// The whole of a sentence that is written in pieces, and one piece.
  static let chunk = Field("chunk")
  static let chunkText = Field("chunk-text")
}
