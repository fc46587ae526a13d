import PluginKit

/// A picture whose stated size is not its file's.
struct MediaSizeDisagrees: RecordRule {
  static let info = RuleInfo(
    id: "media-size-disagrees", severity: .warning,
    summary: "The size stated for a picture is its file's, as it is shown.",
    why: "Boxes drawn for one size land in the wrong place in another.",
    source: "The file's own header, turned as its EXIF orientation says.",
    message:
      "This says {width} × {height}, but the picture's file is {trueWidth} × {trueHeight}. Boxes drawn "
      + "for one size are wrong in the other.",
    messages: [
      "exchanged": "Width and height are exchanged: the picture's file is {trueWidth} × {trueHeight}.",
      "turned":
        "The camera marked this picture as turned: it is shown as {trueWidth} × {trueHeight}, not "
        + "{width} × {height}.",
      "write": "Write the file's size, {trueWidth} × {trueHeight}",
    ],
    // The size of a file cannot be told from labels alone: the tests give the file's facts beside them.
    good: [#"{"images": [{"id": 1, "file_name": "not-there.png", "width": 640, "height": 480}], "annotations": []}"#],
    bad: [])
  static let reads = Reads(
    roles: [.asset], fields: [.media, .width, .height], lookups: [.facts(.media, keyedBy: .media)])

  func check(_ record: Record, _ report: inout Report) {
    guard let width = record.first(.width), let height = record.first(.height),
      let stated = ImageSize(width: width.value.number, height: height.value.number),
      let header = record.facts(.facts(.media, keyedBy: .media)).first.flatMap({ MediaHeader($0.text) }),
      stated != header.shown
    else { return }
    let isTurned = stated == header.stored
    let isExchanged = stated == header.shown.exchanged
    let true_ = (width: header.shown.width, height: header.shown.height)
    report.finding(
      at: stated.width == true_.width ? height : width,
      isTurned ? "turned" : isExchanged ? "exchanged" : "",
      ["width": stated.width, "height": stated.height, "trueWidth": true_.width, "trueHeight": true_.height],
      fixes: [
        // Not certain: if the file was resized after it was labelled, the boxes are what has to change.
        Fix(
          "write", ["trueWidth": true_.width, "trueHeight": true_.height],
          edits: [.replace(width, with: true_.width.argumentText), .replace(height, with: true_.height.argumentText)])
      ])
  }
}

/// What the host read in a picture's header.
struct MediaHeader: Equatable {
  /// In the file.
  let stored: ImageSize
  /// On the screen.
  let shown: ImageSize

  /// `width height orientation`; EXIF's orientations 5 to 8 exchange width and height.
  init?(_ text: String) {
    let parts = text.split(separator: " ").map { Int($0) }
    guard parts.count >= 2, let width = parts[0], let height = parts[1],
      let stored = ImageSize(width: Double(width), height: Double(height))
    else { return nil }
    self.stored = stored
    let isTurned = parts.count > 2 && (5...8).contains(parts[2] ?? 1)
    shown = isTurned ? stored.exchanged : stored
  }
}
