import PluginKit

/// An id that programs read as another one, or as none.
struct IDRepresentationHazard: RecordRule {
  static let info = RuleInfo(
    id: "id-representation-hazard", severity: .warning,
    summary: "Ids are whole numbers that every program reads alike.",
    why: "What is known by such an id is lost, or taken for something else, without a word.",
    source:
      "COCO's scoring program marks what was not found with 0. Numbers above 9007199254740992 are rounded by programs that "
      + "read them as JavaScript does.",
    message:
      "Scoring programs take 0 for \"nothing found\": this object, once found, counts as missed. Let the numbers start at 1.",
    messages: [
      "black":
        "0 is black in the picture of the parts, which means that nothing is there. Give this part another number.",
      "large": "This number has more digits than many programs keep: they read another one. Use a shorter one.",
      "decimal": "Ids are whole numbers. Written with a point, some programs don't find what they belong to.",
      "shift": "Add 1 to the number of every label in this file",
      "whole": "Write {whole}",
    ],
    good: [
      example("1"), example("900100448263"), example("9007199254740992"),
      #"{"images": [{"id": 0, "file_name": "a.png", "width": 64, "height": 48}], "annotations": [{"id": 1, "image_id": 0, "category_id": 0}], "categories": [{"id": 0, "name": "cup"}]}"#,
    ],
    bad: [example("⟪0⟫"), example("⟪7.0⟫"), example("⟪12345678901234567⟫")])
  static let reads = Reads(fields: [.id, .countedID, .colorID])
  static let recipes = [shift]
  static let shift = Recipe("shift-ids", summary: "Adds 1 to the number of every label.")

  /// The first whole number that programs which read numbers as JavaScript does confuse with another.
  private static let firstRounded = "9007199254740993"

  func check(_ record: Record, _ report: inout Report) {
    guard let field = record.first(.id), field.value.kind == .number, !field.value.isMalformed else { return }
    // Nearly every id is a few digits.
    guard !field.value.withBytes({ Self.isPlain($0) }) else { return }
    let text = field.value.raw
    if text == "0" {
      if record.first(.countedID) != nil {
        let fix = Fix("shift", recipe: Self.shift, scope: .document)
        report.finding(at: field, "", fixes: [fix])
      } else if record.first(.colorID) != nil {
        report.finding(at: field, "black")
      }
    } else if text.utf8.contains(where: { ".eE".utf8.contains($0) }) {
      let whole = Self.whole(text)
      let fix = whole.map { Fix("whole", ["whole": $0], isCertain: true, edits: [.replace(field, with: $0)]) }
      // A number with something behind its point is no whole one: the format says so.
      if whole != nil { report.finding(at: field, "decimal", fixes: fix.map { [$0] } ?? [], fold: "decimal") }
    } else if Self.isRounded(text) {
      report.finding(at: field, "large")
    }
  }

  /// Digits that every program reads alike, and not 0.
  private static func isPlain(_ bytes: Span<UInt8>) -> Bool {
    guard bytes.count < firstRounded.utf8.count, bytes.count > 0, bytes[0] != UInt8(ascii: "0") else { return false }
    for index in 0..<bytes.count where bytes[index] < UInt8(ascii: "0") || bytes[index] > UInt8(ascii: "9") {
      return false
    }
    return true
  }

  /// `7` for `7.0`; `nil` for anything else.
  private static func whole(_ text: String) -> String? {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 2, !parts[0].isEmpty, !parts[1].isEmpty, parts[1].utf8.allSatisfy({ $0 == UInt8(ascii: "0") })
    else { return nil }
    return String(parts[0])
  }

  private static func isRounded(_ text: String) -> Bool {
    let digits = text.drop { $0 == "-" }
    guard digits.utf8.count >= firstRounded.utf8.count else { return false }
    return digits.utf8.count > firstRounded.utf8.count || !digits.utf8.lexicographicallyPrecedes(firstRounded.utf8)
  }

  func fix(_ record: Record, recipe: Recipe, argument: String, _ edits: inout Edits) {
    guard recipe == Self.shift, let field = record.first(.countedID), let id = field.value.integer, id < Int.max else {
      return
    }
    edits.add(.replace(field, with: String(id + 1)))
  }

  private static func example(_ id: String) -> String {
    #"{"images": [{"id": 1, "file_name": "a.png", "width": 64, "height": 48}], "annotations": [{"id": \#(id), "image_id": 1}]}"#
  }
}
