/// What sorts of things there are in scenes, and how long one of them stays as it was.
enum Things {
  struct Sort: Sendable {
    var name: String
    /// Words for things of this sort: a label is of it if one of its words is one of these.
    var words: Set<String>
    /// Seconds after which it may be elsewhere, or changed.
    var stays: Double
    var moves: Bool
  }

  private static let hour = 3600.0
  private static let day = 86_400.0
  static let sorts = [
    Sort(
      name: "ship",
      words: [
        "ship", "vessel", "boat", "tanker", "cargo", "fishing", "ferry", "tug", "yacht", "barge", "trawler",
        "freighter",
      ],
      stays: hour / 6, moves: true),
    Sort(
      name: "aircraft", words: ["aircraft", "airplane", "plane", "helicopter", "jet"], stays: hour / 6, moves: true),
    Sort(
      name: "vehicle", words: ["vehicle", "car", "truck", "bus", "van", "lorry", "train"], stays: 6 * hour, moves: true),
    Sort(
      name: "building",
      words: ["building", "house", "warehouse", "tank", "hangar", "tower", "bridge", "storage", "factory", "terminal"],
      stays: 180 * day, moves: false),
    Sort(
      name: "land", words: ["road", "runway", "harbor", "harbour", "port", "quay", "pier", "airport"], stays: 365 * day,
      moves: false),
  ]

  /// `nil` if the label is of no sort known here, or of several.
  static func sort(of label: String) -> Sort? {
    let words = Set(label.lowercased().split { !$0.isLetter }.map(String.init))
    let found = sorts.filter { !$0.words.isDisjoint(with: words) }
    return found.count == 1 ? found.first : nil
  }
}
