package import PluginKit

/// What one label says of a visit to the checkout: so many of a product lie in the picture, or stand on the receipt.
package struct BasketItem: Equatable {
  /// A receipt that is labelled, or what the tills wrote themselves.
  package enum Side: String { case picture, till, log }

  package var side: Side
  /// The picture or receipt it was seen in.
  package var source: String
  /// The product, or `nil` if nobody can tell which.
  package var product: String?
  /// The thing it is, if the label says so: the same thing in two pictures is there once. Of a log, the number of the line: the
  /// same line in two logs is there once.
  package var entity: String?
  /// 0 for a line that was taken back.
  package var quantity: Int

  /// Longer texts don't fit a fact.
  private static let longestText = 64

  /// `nil` if one of the texts is too long to be carried.
  package var payload: Payload? {
    let texts = [source, product ?? "", entity ?? ""]
    guard texts.allSatisfy({ $0.utf8.count <= Self.longestText && !$0.contains("\u{1F}") }) else { return nil }
    return .text(([side.rawValue] + texts + [String(quantity)]).joined(separator: "\u{1F}"))
  }

  package init(side: Side, source: String, product: String?, entity: String?, quantity: Int) {
    self.side = side
    self.source = source
    self.product = product
    self.entity = entity
    self.quantity = quantity
  }

  package init?(_ text: String) {
    let parts = text.split(separator: "\u{1F}", omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 5, let side = Side(rawValue: parts[0]), let quantity = Int(parts[4]) else { return nil }
    self.init(
      side: side, source: parts[1], product: parts[2].isEmpty ? nil : parts[2],
      entity: parts[3].isEmpty ? nil : parts[3], quantity: quantity)
  }
}

/// Both sides of one visit to the checkout, added up.
package struct Basket {
  /// How many of each product each side has. A product neither side can name is under `nil`.
  package private(set) var till: [String?: Int] = [:]
  package private(set) var picture: [String?: Int] = [:]

  package init(_ items: [BasketItem]) {
    var lines: Set<String> = []
    for item in items where item.side != .picture {
      if item.side == .log, let line = item.entity, !lines.insert(line).inserted { continue }
      till[item.product, default: 0] += item.quantity
    }
    picture = Self.seen(items.filter { $0.side == .picture })
  }

  /// Names compare by their bytes.
  private struct Thing: Hashable {
    var product: String?
    var entity: [UInt8]
  }

  /// Each thing counts once, however many pictures show it. Boxes that don't say which thing they are may be the same ones
  /// in every picture, so the picture with the most of them counts.
  private static func seen(_ items: [BasketItem]) -> [String?: Int] {
    var things: Set<Thing> = []
    var boxes: [String?: [String: Int]] = [:]
    for item in items {
      if let entity = item.entity {
        things.insert(Thing(product: item.product, entity: Array(entity.utf8)))
      } else {
        boxes[item.product, default: [:]][item.source, default: 0] += item.quantity
      }
    }
    var out: [String?: Int] = [:]
    for thing in things { out[thing.product, default: 0] += 1 }
    for (product, counts) in boxes { out[product, default: 0] += counts.values.max() ?? 0 }
    return out
  }

  /// Products of which the two sides have different numbers, in order of their text.
  ///
  /// What one side could not name may be what the other has too many of: as long as it suffices to explain that, nothing
  /// is said.
  package var differences: [(product: String, till: Int, picture: Int)] {
    let products = Set(till.keys).union(picture.keys).compactMap { $0 }.sorted()
    let all = products.map { (product: $0, till: till[$0] ?? 0, picture: picture[$0] ?? 0) }
      .filter { $0.till != $0.picture }
    let missingInPicture = all.reduce(0) { $0 + max($1.till - $1.picture, 0) }
    let missingAtTill = all.reduce(0) { $0 + max($1.picture - $1.till, 0) }
    let isPictureExplained = missingInPicture <= picture[nil] ?? 0
    let isTillExplained = missingAtTill <= till[nil] ?? 0
    return all.filter { $0.till > $0.picture ? !isPictureExplained : !isTillExplained }
  }
}
