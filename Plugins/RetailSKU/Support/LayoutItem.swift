package import PluginKit

/// A place of a shelf plan, or what a label says of such a place.
package struct LayoutItem: Equatable {
  package enum Side: String { case planned = "p", seen = "s" }

  package var side: Side
  /// `nil` for an empty place, or what nobody could name.
  package var product: String?
  package var position = ""
  /// The shelf board, counted from the bottom.
  package var row: Int?
  /// How it is said to stand against the plan.
  package var status = ""
  /// The sample, and the picture in it.
  package var sample = ""
  package var picture = ""
  package var isGap = false
  /// How many the plan has side by side.
  package var facings = 1
  /// From where to where it reaches in the picture.
  package var left: Double?
  package var right: Double?

  package init(_ side: Side, product: String?) {
    self.side = side
    self.product = product
  }

  /// `nil` if one of the texts is too long to be carried.
  package var payload: Payload? {
    let texts = [position, status, sample, picture]
    guard texts.allSatisfy({ $0.utf8.count <= 48 && !$0.contains("\u{1F}") }) else { return nil }
    let edges = [left, right].map { edge in edge.map { "\($0)" } ?? "" }
    let numbers: [String] = [row.map { "\($0)" } ?? "", "\(facings)"] + edges
    let head: [String] = [side.rawValue, product ?? "", isGap ? "g" : ""]
    let text = (head + texts + numbers).joined(separator: "\u{1F}")
    return text.utf8.count <= 256 ? .text(text) : nil
  }

  package init?(_ text: String) {
    let parts = text.split(separator: "\u{1F}", omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 11, let side = Side(rawValue: parts[0]) else { return nil }
    self.init(side, product: parts[1].isEmpty ? nil : parts[1])
    isGap = !parts[2].isEmpty
    (position, status, sample, picture) = (parts[3], parts[4], parts[5], parts[6])
    row = Int(parts[7])
    facings = Int(parts[8]) ?? 1
    left = Double(parts[9])
    right = Double(parts[10])
  }

  /// What products of one plan, and places of one plan, are told apart by.
  static func key(plan: String, version: String, _ kind: StaticString, _ name: String) -> FactKey {
    FactKey(shared: [plan, version, "\(kind)", name].joined(separator: "\u{1F}"))
  }
}

/// What a label says of a product's place, held against where the plan has the product.
package struct LayoutJudgement: Equatable {
  /// A key of the rule's messages.
  package var message: String
  /// What the label should say, if that is certain.
  package var derived: String?
  package var planned: String
  package var found: String

  /// `nil` if the two agree, or if nobody can tell.
  package init?(of seen: LayoutItem, planned: [LayoutItem]) {
    guard Compliance.ofProducts.contains(seen.status), !planned.isEmpty else { return nil }
    let isAtItsPlace = !seen.position.isEmpty && planned.contains { $0.position == seen.position }
    let rows = planned.compactMap(\.row)
    let isOnItsRow = seen.row.flatMap { rows.count == planned.count ? rows.contains($0) : nil }
    let places = Self.list(planned.map(\.position))
    let boards = Self.list(Set(rows).sorted().map(String.init))
    let board = seen.row.map(String.init) ?? ""
    switch (isAtItsPlace, isOnItsRow, seen.status) {
    case (true, _, Compliance.correct): return nil
    case (true, _, _): self.init("right", Compliance.correct, places, seen.position)
    case (false, false?, Compliance.wrongRow): return nil
    case (false, false?, _): self.init("", Compliance.wrongRow, boards, board)
    case (false, true?, Compliance.wrongRow) where seen.position.isEmpty: self.init("shelf", nil, boards, board)
    case (false, true?, Compliance.correct) where !seen.position.isEmpty,
      (false, true?, Compliance.wrongRow):
      self.init("position", Compliance.wrongPosition, places, seen.position)
    case (false, nil, Compliance.correct) where !seen.position.isEmpty:
      self.init("elsewhere", nil, places, seen.position)
    default: return nil
    }
  }

  private init(_ message: String, _ derived: String?, _ planned: String, _ found: String) {
    self.message = message
    self.derived = derived
    self.planned = planned
    self.found = found
  }

  /// The first three.
  private static func list(_ names: [String]) -> String {
    names.prefix(3).joined(separator: ", ") + (names.count > 3 ? ", …" : "")
  }
}
