package import PluginKit

/// Recordings and what is said in them: who speaks when, the words, the languages and the feelings.
package let plugin = Plugin(
  id: "speech", version: "0.1.0",
  rules: [
    AudioQualityImplausible.self,
    DiarizationSpeakerCount.self,
    EmotionCategoryDimensionConflict.self,
    EmotionLabelUnknown.self,
    EmotionScaleOutOfRange.self,
    EntitySpanMismatch.self,
    LanguageScriptMismatch.self,
    LanguageTagInvalid.self,
    MediaPathNotPortable.self,
    RTTMEndAsDuration.self,
    RTTMMalformedLine.self,
    RecordingKeyCollision.self,
    RecordingReferenceUnresolved.self,
    SampleRateMixed.self,
    SpeakerIdentityConflict.self,
    SpeakerReferenceUnresolved.self,
    SpeechAlignmentTextMismatch.self,
    SpeechDurationNonpositive.self,
    SpeechDurationSamplesMismatch.self,
    SpeechRateOutlier.self,
    SpeechSameSpeakerOverlap.self,
    SpeechSegmentBeyondRecording.self,
    SpeechTextMissing.self,
    SpeechWordTiming.self,
  ], assistants: [SpeechHelp.self])
