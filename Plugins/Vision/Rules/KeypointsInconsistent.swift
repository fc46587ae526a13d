import PluginKit

/// Marked points that don't go with their category, or with what is said of them.
struct KeypointsInconsistent: TallyRule {
  static let info = RuleInfo(
    id: "keypoints-inconsistent", severity: .error,
    summary: "An object has all points of its category, and says rightly how many are there.",
    why: "Points are known by their place in the list: one number too few, and a knee becomes an elbow.",
    source: "The COCO form: x, y and 0, 1 or 2 for each point of the category; joined points count from 1.",
    message: "There are {count} numbers here. Each point needs three: x, y and how well it is seen. Some are missing.",
    messages: [
      "category":
        "There are {count} points here, but the category has {expected}: nobody can tell which is which. So it is with {labels} labels of it.",
      "seen": "How well a point is seen is 0 (not there), 1 (hidden) or 2 (seen), not {value}.",
      "absent": "This point is marked as not there, but has a place. Write 0, 0 for it, or say that it is seen.",
      "number": "{stated} points are said to be there, but {count} are.",
      "joined": "This joins a point {value}, but the category's points count from 1 to {count}.",
      "from-zero": "Here points count from 0. Programs count them from 1, and so draw every line from the wrong point.",
      "recount": "Write {count}",
      "count-up": "Count the points from 1",
    ],
    good: [
      example(#""keypoints": [9, 9, 2, 0, 0, 0, 5, 5, 1], "num_keypoints": 2"#),
      example(#""keypoints": [0, 0, 0, 0, 0, 0, 0, 0, 0], "num_keypoints": 0"#),
      example(#""keypoints": [0, 7, 2, 9, 0, 1, 0.5, 0.5, 2], "num_keypoints": 3"#),
    ],
    bad: [
      example(#""keypoints": ⟪[9, 9, 2, 5, 5]⟫, "num_keypoints": 2"#),
      example(#""keypoints": ⟪[9, 9, 2, 5, 5, 1]⟫, "num_keypoints": 2"#),
      example(#""keypoints": [9, 9, ⟪3⟫, 0, 0, 0, 5, 5, 1]"#),
      example(#""keypoints": [9, 9, 2, 7, 7, ⟪0⟫, 5, 5, 1]"#),
      example(#""keypoints": [9, 9, 2, 0, 0, 0, 5, 5, 1], "num_keypoints": ⟪3⟫"#),
      example(#""keypoints": [9, 9, 2, 0, 0, 0, 5, 5, 1], "num_keypoints": 2"#, skeleton: "[[1, 2], [2, ⟪4⟫]]"),
      example(#""keypoints": [9, 9, 2, 0, 0, 0, 5, 5, 1], "num_keypoints": 2"#, skeleton: "⟪[[0, 1], [1, 2]]⟫"),
    ])
  static let reads = Reads(fields: [.keypoints, .keypointCount, .keypointNames, .skeleton, .keypointCategory])
  /// By category: how many labels have how many points, and under `ofCategory` how many it has itself.
  static let kind = FactKind("vision/points")
  static let states = [kind]
  private static let ofCategory: UInt32 = 1 << 31
  /// Nobody marks more points than these.
  private static let mostPoints = 1 << 20

  func tally(_ record: Record, _ report: inout Report) {
    let category = record.text(.keypointCategory)
    if let names = record.first(.keypointNames), names.value.kind == .array {
      let points = names.value.count
      // A category whose points are not named says nothing of how many there are.
      if let category, (1..<Self.mostPoints).contains(points) {
        report.tally(Self.kind, key: .text(category), bin: Self.ofCategory | UInt32(points), at: names)
      }
      checkSkeleton(record, points: points, &report)
    }
    guard let points = record.first(.keypoints), points.value.kind == .array else { return }
    let count = points.value.count
    guard count.isMultiple(of: 3) else { return report.finding(at: points, "", ["count": count]) }
    if let category, count / 3 < Self.mostPoints {
      report.tally(Self.kind, key: .text(category), bin: UInt32(count / 3), at: points)
    }
    check(points, record, &report)
  }

  /// Says it of the first label with each wrong number.
  func totals(_ totals: Totals, _ report: inout Report) {
    let categories = totals.filter { $0.bin & Self.ofCategory != 0 }
    // Two categories of one number are said elsewhere.
    guard categories.count == 1, categories[0].amount == 1 else { return }
    let expected = categories[0].bin & ~Self.ofCategory
    for total in totals where total.bin & Self.ofCategory == 0 && total.bin != expected {
      guard let place = total.places.first else { continue }
      report.finding(
        at: place, "category", ["count": Int(total.bin), "expected": Int(expected), "labels": total.amount])
    }
  }

  private func checkSkeleton(_ record: Record, points: Int, _ report: inout Report) {
    guard let skeleton = record.first(.skeleton), skeleton.value.kind == .array else { return }
    let ends = skeleton.value.children.flatMap { pair in pair.children.filter { $0.integer != nil } }
    if ends.contains(where: { $0.integer == 0 }) {
      let isWhole = ends.allSatisfy { (0..<points).contains($0.integer ?? -1) }
      let edits = ends.map { Edit.replace($0, with: String(($0.integer ?? 0) &+ 1)) }
      report.finding(
        at: skeleton, "from-zero", severity: .warning, fixes: isWhole ? [Fix("count-up", edits: edits)] : [])
      return
    }
    for end in ends {
      guard points > 0, let value = end.integer, !(1...points).contains(value) else { continue }
      report.finding(at: end, "joined", ["value": value, "count": points], severity: .warning)
    }
  }

  private func check(_ field: FieldValue, _ record: Record, _ report: inout Report) {
    var seen = 0
    var isRead = true
    var place = 0
    var (x, y) = (0.0, 0.0)
    for value in field.value.children {
      guard let number = value.number else {
        isRead = false
        break
      }
      switch place % 3 {
      case 0: x = number
      case 1: y = number
      default:
        if number > 0 { seen += 1 }
        if ![0, 1, 2].contains(number) {
          // What is not whole says how sure a model was, for all points of a file.
          let isWhole = number == number.rounded(.down)
          report.finding(at: value, "seen", ["value": number], fold: isWhole ? nil : "sure")
        } else if number == 0, x != 0 || y != 0 {
          // Some programs keep the place of a point that nobody could see.
          report.finding(at: value, "absent", severity: .warning, fold: "absent")
        }
      }
      place += 1
    }
    guard isRead, let stated = record.first(.keypointCount), let number = stated.value.number, number != Double(seen)
    else { return }
    // Scoring programs leave out what has no points; of other numbers they make nothing.
    report.finding(
      at: stated, "number", ["stated": number, "count": seen], severity: number == 0 || seen == 0 ? nil : .warning,
      fixes: [Fix("recount", ["count": seen], isCertain: true, edits: [.replace(stated, with: String(seen))])])
  }

  private static func example(_ members: String, skeleton: String = "[[1, 2], [1, 3]]") -> String {
    #"{"images": [{"id": 1, "file_name": "a.png", "width": 64, "height": 48}], "annotations": [{"id": 1, "image_id": 1, "category_id": 1, "#
      + members
      + #"}], "categories": [{"id": 1, "name": "hand", "keypoints": ["thumb", "palm", "wrist"], "skeleton": \#(skeleton)}]}"#
  }
}
