import PluginKit

/// How a product stands against a shelf plan.
package enum Compliance {
  package static let correct = "correct"
  package static let wrongPosition = "wrong_position_in_row"
  package static let wrongRow = "wrong_row"
  package static let outOfStock = "out_of_stock"
  /// Of something that stands on the shelf.
  static let ofProducts: Set<String> = [correct, wrongPosition, wrongRow]
}

/// Which plan a label speaks of, for which version of it and which kind of shop.
struct PlanName {
  var plan: String?
  var version: String?
  var storeFormat: String?

  static let fields: [Field] = [.planogram, .planogramVersion, .storeFormat]
  static let context = ["planogram", "planogramVersion", "storeFormat", "groups"]

  /// The label itself goes before its sample.
  init(_ record: Record) {
    func value(_ field: Field, _ name: String) -> String? {
      Self.kept(record.text(field)) ?? Self.kept(record.context(name)?.scalarText)
    }
    plan = value(.planogram, "planogram")
    version = value(.planogramVersion, "planogramVersion")
    storeFormat = value(.storeFormat, "storeFormat") ?? Self.kept(record.context("groups")?["storeFormat"]?.text)
  }

  private static func kept(_ text: String?) -> String? {
    text.flatMap { $0.allSatisfy(\.isWhitespace) ? nil : $0 }
  }
}

extension JSON {
  /// A string's text, or a number's digits.
  var scalarText: String? { text ?? number?.argumentText }
}
