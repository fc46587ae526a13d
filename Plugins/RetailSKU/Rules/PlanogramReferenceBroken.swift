import PluginKit

/// A place of a shelf plan that lies beside its shelf board, or over another place.
struct PlanogramReferenceBroken: GroupRule {
  static let info = RuleInfo(
    id: "planogram-reference-broken", severity: .error,
    summary:
      "Each place of a shelf plan names a product and a shelf board of the plan, and lies on that board beside the others.",
    why: "Photographs are compared with the plan: a product without a place is missing in every shop.",
    source:
      "Half a unit or a hundredth of the board's width to the sides, and a tenth of the smaller product between two. "
      + "Up and down only where most products of a board lie in it: boards may be drawn thin, with the products above. "
      + "Plans whose places are counted from the board are left alone.",
    message:
      "This place reaches beyond its shelf board, which ends at {edge}. Move it, or name the board it stands on.",
    messages: [
      "before":
        "This place begins before its shelf board, which begins at {edge}. Move it, or name the board it stands on.",
      "height": "This place is not at the height of its shelf board. Move it, or name the board it stands on.",
      "wide": "This product is {width} wide, and the shelf board only {board}. One of the two is wrong.",
      "overlap": "Two products can't stand in one place, and this place lies over another. Move one of them.",
      "other": "The other place",
      "move": "Move it to {edge}",
    ],
    good: [
      RetailExample.plan(position("p1", "0"), position("p2", "10")),
      RetailExample.plan(position("p1", "0"), position("p2", "90")),
    ],
    bad: [
      RetailExample.plan(position("p1", "0"), position("p2", "⟪95⟫")),
      RetailExample.plan(position("p1", "20"), position("p2", "⟪-5⟫")),
      RetailExample.plan(position("p1", "0"), position("p2", "10"), position("p3", "20", y: "⟪70⟫")),
      RetailExample.plan(position("p1", "0"), position("p2", "4", isMarked: true)),
    ])
  static let reads = Reads(
    fields: [.plannedPosition, .plannedProduct, .plannedFixture, .plannedLeft, .plannedTop], needs: [.plannedLeft],
    lookups: [.definition(of: .plannedProduct), .definition(of: .plannedFixture)])
  static let kind = FactKind("retail-sku/planned-place")
  static let states = [kind]

  /// Of the smaller product's width and height.
  private static let overlap = 0.1
  /// A place is compared with so many that begin behind it.
  private static let mostCompared = 64

  func state(_ record: Record, _ report: inout Report) {
    guard let left = record.first(.plannedLeft), let x = left.number, let top = record.first(.plannedTop),
      let y = top.number, let id = record.first(.plannedPosition), let name = record.text(.plannedFixture),
      let product = record.definition(of: .plannedProduct)?.exports, let width = product["w"]?.number,
      let height = product["h"]?.number, width > 0, height > 0,
      let board = record.definition(of: .plannedFixture)?.exports, let boardX = board["x"]?.number,
      let boardY = board["y"]?.number, let boardWidth = board["w"]?.number, let boardHeight = board["h"]?.number
    else { return }
    report.state(
      Self.kind, key: .text(name), at: left, also: ["top": top, "id": id],
      payload: .numbers(x, y, width, height, boardX, boardY, boardWidth, boardHeight))
  }

  func group(_ group: Group, _ report: inout Report) {
    let places = group.facts.compactMap(PlannedPlace.init)
    sayOutside(places, &report)
    sayOverlaps(places, &report)
  }

  private func sayOutside(_ places: [PlannedPlace], _ report: inout Report) {
    // Where none fits as it stands, and all do counted from the board, they are counted from the board.
    guard places.contains(where: \.isBesideEdges) || !places.allSatisfy(\.fitsFromBoard) else { return }
    let high = places.count(where: \.isAtHeight)
    for place in places {
      let (box, board) = (place.box, place.board)
      if box.width > board.width + place.slack {
        report.finding(at: place.fact, "wide", ["width": box.width, "board": board.width], severity: .warning)
      } else if box.maxX > board.maxX + place.slack {
        say("", place, edge: board.maxX, to: board.maxX - box.width, &report)
      } else if box.x < board.x - place.slack {
        say("before", place, edge: board.x, to: board.x, &report)
      } else if high * 2 > places.count, !place.isAtHeight, let top = place.fact.place(named: "top") {
        report.finding(at: top, "height", severity: .warning)
      }
    }
  }

  private func say(_ message: String, _ place: PlannedPlace, edge: Double, to x: Double, _ report: inout Report) {
    let move = Fix("move", ["edge": x], edits: [.replace(place.fact, with: x.argumentText)])
    report.finding(at: place.fact, message, ["edge": edge], severity: .warning, fixes: [move])
  }

  private func sayOverlaps(_ places: [PlannedPlace], _ report: inout Report) {
    let sorted = places.enumerated().sorted { ($0.element.box.x, $0.offset) < ($1.element.box.x, $1.offset) }
    var told: Set<Int> = []
    for (index, place) in sorted.enumerated() {
      for other in sorted[(index + 1)...].prefix(Self.mostCompared) {
        guard other.element.box.x < place.element.box.maxX else { break }
        guard place.element.isOver(other.element, share: Self.overlap) else { continue }
        // Told at the later of the two.
        let (first, second) = place.offset < other.offset ? (place, other) : (other, place)
        guard let id = second.element.fact.place(named: "id"), told.insert(second.offset).inserted else { continue }
        let others = first.element.fact.place(named: "id").map { [Related(at: $0, "other")] } ?? []
        report.finding(at: id, "overlap", severity: .warning, related: others)
      }
    }
  }

  /// A product of 10 × 20 on a board of 100 × 40.
  private static func position(_ id: String, _ x: String, y: String = "20", isMarked: Bool = false) -> String {
    let id = isMarked ? "⟪\"\(id)\"⟫" : "\"\(id)\""
    return #"{"id": \#(id), "productId": "milk", "fixtureId": "top", "x": \#(x), "y": \#(y)}"#
  }
}
