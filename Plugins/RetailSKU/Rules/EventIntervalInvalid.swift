import PluginKit

/// Something that happens in a video, and ends before it begins, or after the video; or stands there twice.
struct EventIntervalInvalid: GroupRule {
  static let info = RuleInfo(
    id: "event-interval-invalid", severity: .error,
    summary: "What happens in a video begins, then ends, within the video, and stands there once.",
    why: "An event without a length is never found again, and one that stands there twice is counted twice.",
    source:
      "The ActEV form: frames with 1 where it begins and 0 where it ends, in turn. Half a second beyond the end of a "
      + "recording may be rounded. Events are the same if what happens, when, who does it and who labelled it are; what a "
      + "program is more or less sure of is left alone.",
    message: "This begins at {start} and ends at {end}: it must begin before it ends. Exchange the two, or look again.",
    messages: [
      "empty": "This begins and ends at {start}, so nothing can happen in it. Look again when it ends.",
      "beyond": "This ends at {end}, but the recording is only {duration} seconds long. Look again when it ends.",
      "frame": "The number of a frame belongs here, and `{text}` is none.",
      "ends": "This ends what has not begun before. Add the frame at which it begins.",
      "again":
        "Two beginnings or two ends follow each other here, at {other} and {frame}. One of them is wrong, or one is "
        + "missing between.",
      "open": "This begins at {frame} and never ends. Add the frame at which it ends.",
      "twice": "The same event stands above already. One of them is enough.",
      "first": "The first one",
      "swap": "Exchange the two",
      "drop": "Take this one out",
    ],
    good: [
      events(event(1, "[1, 2.5]")),
      events(event(1, "[1, 2.5]", #""track": "p1""#), event(2, "[1, 2.5]", #""track": "p2""#)),
      activities(activity(1, #"{"7": 1, "90": 0, "120": 1, "150": 0}"#)),
    ],
    bad: [
      events(event(1, "⟪[3, 2.5]⟫")),
      events(event(1, "⟪[3, 3]⟫")),
      events(event(1, "[1, ⟪62⟫]")),
      events(event(1, "[1, 2.5]"), event(2, "[1, 2.5]", label: #"⟪"pickup"⟫"#)),
      activities(activity(1, #"{"7": ⟪0⟫, "90": 1, "120": 0}"#)),
      activities(activity(1, #"{"7": 1, "90": ⟪1⟫, "120": 0}"#)),
      activities(activity(1, #"{"7": ⟪1⟫}"#)),
      activities(
        activity(1, #"{"7": 1, "90": 0}"#), activity(2, #"{"7": 1, "90": 0}"#, label: #"⟪"pickup"⟫"#)),
    ])
  static let reads = Reads(
    fields: [.eventSpan, .signal, .label, .asset, .entity, .track, .by, .score],
    needs: [.eventSpan, .signal], context: ["id"],
    lookups: [.definition(of: .asset)])
  static let kind = FactKind("retail-sku/event")
  static let states = [kind]
  static let fewest = 2

  /// In seconds: lengths of recordings are rounded.
  private static let rounding = 0.5

  func state(_ record: Record, _ report: inout Report) {
    var times: [String] = []
    if let span = record.first(.eventSpan) {
      guard let numbers = check(span, in: record, &report) else { return }
      times.append(numbers.map { "\($0)" }.joined(separator: "-"))
    }
    for signal in record.all(.signal) where signal.value.kind == .object {
      guard let changes = check(signal.value, &report) else { return }
      times.append((signal.value.key ?? "") + " " + changes.joined(separator: "-"))
    }
    // A program may find a thing twice, and says how sure it is of each.
    guard !times.isEmpty, record.first(.score) == nil, let label = record.first(.label), let name = label.text else {
      return
    }
    let who = (record.all(.track) + record.all(.entity)).compactMap(\.text)
    let about = [record.context("id")?.scalarText ?? "", record.text(.asset) ?? "", record.text(.by) ?? "", name]
    let key = (about + Self.inOrder(times) + Self.inOrder(who)).joined(separator: "\u{1F}")
    report.state(Self.kind, key: .text(key), at: label, also: ["entry": record])
  }

  private static func inOrder(_ texts: [String]) -> [String] {
    texts.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  func group(_ group: Group, _ report: inout Report) {
    guard let first = group.facts.first else { return }
    for fact in group.facts.dropFirst() {
      let drop = fact.place(named: "entry").map { [Fix("drop", edits: [.remove($0)])] }
      report.finding(
        at: fact, "twice", severity: .warning, related: [Related(at: first, "first")], fixes: drop ?? [])
    }
  }

  /// Start and end in seconds; `nil` if they are none, or wrong.
  private func check(_ span: FieldValue, in record: Record, _ report: inout Report) -> [Double]? {
    guard span.value.kind == .array, span.value.count == 2, let first = span.value[0], let last = span.value[1],
      let start = first.number, let end = last.number, start >= 0
    else { return nil }
    guard start < end else {
      let swap = Fix("swap", edits: [.replace(first, with: last.raw), .replace(last, with: first.raw)])
      report.finding(
        at: span, start == end ? "empty" : "", ["start": start, "end": end], fixes: start == end ? [] : [swap])
      return nil
    }
    if let duration = record.definition(of: .asset)?.exports["duration"]?.number, duration > 0,
      end > duration + Self.rounding
    {
      report.finding(at: last, "beyond", ["end": end, "duration": duration])
      return nil
    }
    return [start, end]
  }

  /// The frames at which it begins and ends, in order; `nil` if they are none, or wrong.
  private func check(_ signal: Value, _ report: inout Report) -> [String]? {
    var changes: [(frame: Int, begins: Bool, value: Value)] = []
    for child in signal.children {
      guard let key = child.key, let frame = Int(key), frame >= 0 else {
        if let place = child.keyPlace { report.finding(at: place, "frame", ["text": child.key ?? ""]) }
        return nil
      }
      // Other values are the form's to report.
      guard let state = child.integer, state == 0 || state == 1 else { return nil }
      changes.append((frame, state == 1, child))
    }
    changes.sort { $0.frame < $1.frame }
    guard let first = changes.first, let last = changes.last else { return nil }
    if !first.begins {
      report.finding(at: first.value, "ends")
      return nil
    }
    if let (before, after) = zip(changes, changes.dropFirst()).first(where: { $0.begins == $1.begins }) {
      report.finding(at: after.value, "again", ["other": before.frame, "frame": after.frame])
      return nil
    }
    if last.begins {
      report.finding(at: last.value, "open", ["frame": last.frame], severity: .warning)
      return nil
    }
    return changes.map { "\($0.frame)" }
  }

  private static func events(_ labels: String...) -> String {
    #"{"concord": "1.0", "domain": "retail-sku", "profile": "events", "samples": [{"id": "s1", "sources": ["#
      + #"{"id": "cam", "modality": "video", "view": "store", "uri": "cam.mp4", "duration": 60}], "annotations": ["#
      + labels.joined(separator: ", ") + "]}]}"
  }

  private static func event(
    _ number: Int, _ span: String, _ more: String = "", label: String = #""pickup""#
  ) -> String {
    #"{"id": "e\#(number)", "source": "cam", "kind": "event", "segment": \#(span), "label": \#(label)"#
      + (more.isEmpty ? "" : ", \(more)") + "}"
  }

  private static func activities(_ entries: String...) -> String {
    #"{"filesProcessed": ["cam.mp4"], "activities": [\#(entries.joined(separator: ", "))]}"#
  }

  private static func activity(_ number: Int, _ frames: String, label: String = #""pickup""#) -> String {
    #"{"activityID": \#(number), "activity": \#(label), "localization": {"cam.mp4": \#(frames)}}"#
  }
}
