import PluginKit

/// A product whose name in the chain does not follow from what the shop calls it.
struct NetworkLabelConflict: GroupRule {
  static let info = RuleInfo(
    id: "network-label-conflict", severity: .warning,
    summary: "What shops call a product leads to one name in the chain, and variants have the name of their original.",
    why: "Figures of all shops are added up by the chain's name: under two names a product counts as two.",
    source:
      "`store_level_label` and `network_level_label` of a product list. Capitals and spaces don't count; products that were never sold at "
      + "the same time, and successors, may share a name.",
    message:
      "The original is called *{other}* in the chain, this variant *{name}*. A variant has the name of its original.",
    messages: [
      "store":
        "Shops also call another product *{label}*, and the chain calls that *{other}*, not *{name}*. Give one of them its own name.",
      "first": "The other product",
      "take": "Write *{other}*",
    ],
    good: [
      products(names("1", "Milk 1", "Milk"), names("2", "Milk 1 NY", "MILK", #", "canonical_sku": "1""#)),
      products(names("1", "Milk 1", "Milk"), names("2", "Milk 2", "Milk")),
      products(names("1", "Milk", "Milk"), names("2", "Milk", "Milk 1 L", #", "replaced_by": "1""#)),
    ],
    bad: [
      products(
        names("1", "Milk 1", "Milk"), names("2", "Milk NY", "⟪\"New Year milk\"⟫", #", "canonical_sku": "1""#)),
      products(names("1", "Milk", "Fresh milk"), names("2", "⟪\"MILK\"⟫", "Condensed milk")),
    ])
  static let reads = Reads(
    fields: ProductEntry.fields + [.storeLabel, .networkLabel], needs: [.networkLabel])
  static let kind = FactKind("retail-sku/chain-name")
  static let states = [kind]
  static let fewest = 2

  private static let longestName = 60

  func state(_ record: Record, _ report: inout Report) {
    guard let network = record.word(.networkLabel), network.utf8.count <= Self.longestName,
      let place = record.first(.networkLabel), let entry = ProductEntry(record), let payload = entry.payload
    else { return }
    let text = network + "\u{1C}" + String(decoding: payload.bytes, as: UTF8.self)
    report.state(Self.kind, key: .text("of \(entry.original ?? entry.sku)"), at: place, payload: .text(text))
    guard let store = record.word(.storeLabel), let own = record.first(.storeLabel) else { return }
    report.state(
      Self.kind, key: .text("store \(Self.folded(store))"), at: own,
      payload: .text(String(store.prefix(20)) + "\u{1C}" + text))
  }

  func group(_ group: Group, _ report: inout Report) {
    var names: [Name] = []
    for fact in group.facts.prefix(64) {
      guard let name = Name(fact) else { continue }
      if name.isOfStore {
        let other = names.first {
          Self.folded($0.network) != Self.folded(name.network) && !$0.entry.belongs(to: name.entry)
            && $0.entry.isSold(with: name.entry)
        }
        if let other { sayStore(name, other, &report) }
      }
      names.append(name)
    }
    guard let original = names.first(where: { !$0.isOfStore && $0.entry.original == nil }) else { return }
    for name in names where !name.isOfStore && name.entry.original != nil {
      guard Self.folded(name.network) != Self.folded(original.network) else { continue }
      report.finding(
        at: name.fact, "", ["other": original.network, "name": name.network],
        related: [Related(at: original.fact, "first")],
        fixes: [
          Fix(
            "take", ["other": original.network],
            edits: [.replace(name.fact, with: JSON.quoted(original.network))])
        ])
    }
  }

  private func sayStore(_ name: Name, _ other: Name, _ report: inout Report) {
    report.finding(
      at: name.fact, "store", ["label": name.label, "other": other.network, "name": name.network],
      related: [Related(at: other.fact, "first")])
  }

  private static func folded(_ name: String) -> String { name.lowercased().filter { !$0.isWhitespace } }

  private struct Name {
    var fact: Fact
    var isOfStore: Bool
    var label: String
    var network: String
    var entry: ProductEntry

    init?(_ fact: Fact) {
      let parts = fact.text.split(separator: "\u{1C}", omittingEmptySubsequences: false).map(String.init)
      guard parts.count >= 2, let entry = ProductEntry(parts[parts.count - 1]) else { return nil }
      self.fact = fact
      isOfStore = parts.count == 3
      label = parts[0]
      network = parts[parts.count - 2]
      self.entry = entry
    }
  }

  private static func products(_ entries: String...) -> String {
    "{\"products\": [\(entries.joined(separator: ", "))]}"
  }

  private static func names(_ sku: String, _ store: String, _ network: String, _ more: String = "") -> String {
    func quoted(_ text: String) -> String { text.hasPrefix("⟪") ? text : "\"\(text)\"" }
    return
      #"{"sku_id": "\#(sku)", "store_level_label": \#(quoted(store)), "network_level_label": \#(quoted(network))\#(more)}"#
  }
}
