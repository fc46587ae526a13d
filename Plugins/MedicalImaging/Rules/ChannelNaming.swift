import PluginKit

/// Channels that are not numbered from 0, or a case with another number of images.
struct ChannelNaming: RecordRule {
  static let info = RuleInfo(
    id: "channel-naming", severity: .error,
    summary: "Channels are numbered `0`, `1`, `2` and so on, and each case has an image for each.",
    why: "Programs look for the files of these channels by number and find none.",
    source: "nnU-Net's description of its form; the Medical Segmentation Decathlon.",
    message: "Channels are numbered from `0`, without zeros in front and without a gap. The one here is `{expected}`.",
    messages: [
      "images": "This case has {found} images for {channels} channels. Each channel needs its own, in their order."
    ],
    good: [
      #"{"channel_names": {"0": "T1", "1": "T2"}, "labels": {"background": 0}, "file_ending": ".nii.gz", "numTraining": 0}"#,
      #"{"channel_names": {"0": "CT"}, "labels": {"background": 0}, "file_ending": ".png", "numTraining": 1, "dataset": {"a": {"images": ["a.png"], "label": "b.png"}}}"#,
    ],
    bad: [
      #"{"channel_names": {"0000": ⟪"CT"⟫}, "labels": {"background": 0}, "file_ending": ".nii.gz", "numTraining": 0}"#,
      #"{"channel_names": {"0": "T1", "2": ⟪"T2"⟫}, "labels": {"background": 0}, "file_ending": ".nii.gz", "numTraining": 0}"#,
      #"{"channel_names": {"0": "CT"}, "labels": {"background": 0}, "file_ending": ".png", "numTraining": 1, "dataset": {"a": {"images": ⟪["a.png", "b.png"]⟫, "label": "c.png"}}}"#,
    ])
  static let reads = Reads(fields: [.channelNames, .caseImages], needs: [.channelNames])

  func check(_ record: Record, _ report: inout Report) {
    guard let channels = record.first(.channelNames)?.value, channels.kind == .object, channels.count > 0 else {
      return
    }
    let keys = Set(channels.children.compactMap(\.key))
    let missing = (0..<channels.count).first { !keys.contains(String($0)) }
    if let missing {
      let wrong = channels.children.first { child in
        guard let key = child.key, let number = Int(key), String(number) == key else { return true }
        return number >= missing
      }
      return report.finding(at: wrong ?? channels, "", ["expected": missing])
    }
    for images in record.all(.caseImages) where images.value.kind == .array && images.value.count != channels.count {
      report.finding(
        at: images, "images", ["found": images.value.count, "channels": channels.count], fold: "\(images.value.count)")
    }
  }
}
