import PluginKit

/// A track of which no shape was drawn by hand.
struct TrackWithoutKeyframe: TallyRule {
  static let info = RuleInfo(
    id: "track-without-keyframe", severity: .error,
    summary: "Of every track, one shape at least was drawn by hand.",
    why: "Programs take over what was drawn by hand and work out the rest: of such a track nothing is left.",
    source: "CVAT imports shapes with a mark as key frame alone.",
    message:
      "None of this track's {count} shapes is marked as drawn by hand, so programs drop the whole track. Mark the first one.",
    messages: ["mark": "Mark this shape as drawn by hand"],
    good: [
      track("1", ["true", "false", "false"]), track("1", [nil, nil]), track("1", [nil, "true"]),
    ],
    bad: [track("1", ["⟪false⟫", "false"]), track(#""a""#, ["⟪false⟫"])])
  static let reads = Reads(fields: [.keyframe, .track], lookups: [.definition(of: .keyframe)])
  static let kind = FactKind("vision/keyframe")
  static let states = [kind]
  private enum Bin: UInt32 { case all, drawn }

  func tally(_ record: Record, _ report: inout Report) {
    guard let field = record.first(.keyframe), let isDrawn = field.value.bool else { return }
    // A track is an entry of its own, or what has one number in all pictures.
    let track = record.definition(of: .keyframe).map { Report.Key.key($0.key) }
    guard let key = track ?? record.text(.track).map({ .text($0) }) else { return }
    report.tally(Self.kind, key: key, bin: Bin.all.rawValue, at: field)
    if isDrawn { report.tally(Self.kind, key: key, bin: Bin.drawn.rawValue, at: field) }
  }

  func totals(_ totals: Totals, _ report: inout Report) {
    guard totals.amount(Bin.drawn.rawValue) == 0, let all = totals.first(where: { $0.bin == Bin.all.rawValue }),
      let place = all.places.first
    else { return }
    report.finding(at: place, "", ["count": all.amount], fixes: [Fix("mark", edits: [.replace(place, with: "true")])])
  }

  private static func track(_ id: String, _ keyframes: [String?]) -> String {
    let items = keyframes.enumerated().map { number, keyframe in
      #"{"id": "f\#(number)", "annotations": [{"type": "bbox", "label_id": 0, "bbox": [1, 1, 9, 9], "attributes": {"track_id": \#(id)"#
        + (keyframe.map { #", "keyframe": \#($0)"# } ?? "") + "}}]}"
    }
    return #"{"categories": {"label": {"labels": [{"name": "cup"}]}}, "items": ["# + items.joined(separator: ", ")
      + "]}"
  }
}
