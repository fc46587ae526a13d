import PluginKit

/// A variant that leads to no original, or to one that is none.
struct VariantCanonicalBroken: RecordRule {
  static let info = RuleInfo(
    id: "variant-canonical-broken", severity: .error,
    summary: "Every variant names its original, which is no variant itself and still sold.",
    why: "Shelf shares and sales of a variant are counted for its original; what leads nowhere is lost.",
    source:
      "A product that names itself, without being called a variant, is an original. What is no longer sold may name what it likes.",
    message: "This is called a variant, but nothing says of which product. Add the original's number.",
    messages: [
      "self": "This names itself as its original, but is called a variant. One of the two is wrong.",
      "chain": "{target} is itself a variant, of {original}. Name {original} here, so that both are counted together.",
      "loop": "{target} names this product as its original, and this one names {target}. Only one of them can be it.",
      "retired": "{target} is no longer sold. Name the product that is the original now.",
      "take": "Write {original}",
    ],
    good: [
      products(RetailExample.product(#""2""#, "null", #""canonical_sku": "1", "variant_kind": "regional""#)),
      products(RetailExample.product(#""2""#, "null", #""canonical_sku": null, "variant_kind": null"#)),
      products(RetailExample.product(#""2""#, "null", #""canonical_sku": "2""#)),
    ],
    bad: [
      products(RetailExample.product(#""2""#, "null", #""variant_kind": ⟪"regional"⟫"#)),
      products(RetailExample.product(#""2""#, "null", #""canonical_sku": ⟪"2"⟫, "variant_kind": "seasonal""#)),
      products(
        RetailExample.product(#""2""#, "null", #""canonical_sku": "1""#),
        RetailExample.product(#""3""#, "null", #""canonical_sku": ⟪"2"⟫"#)),
      products(
        RetailExample.product(#""2""#, "null", #""canonical_sku": ⟪"3"⟫"#),
        RetailExample.product(#""3""#, "null", #""canonical_sku": ⟪"2"⟫"#)),
      products(
        RetailExample.product(#""4""#, "null", #""replaced_by": "1""#),
        RetailExample.product(#""5""#, "null", #""canonical_sku": ⟪"4"⟫"#)),
    ])
  static let reads = Reads(
    fields: [.sku, .canonicalSKU, .variantKind, .validTo, .replacedBy], needs: [.canonicalSKU, .variantKind],
    lookups: [.definition(of: .canonicalSKU)])

  func check(_ record: Record, _ report: inout Report) {
    guard let sku = record.word(.sku), !isOver(record.word(.validTo), record.word(.replacedBy), report) else { return }
    guard let target = record.word(.canonicalSKU), let field = record.first(.canonicalSKU) else {
      if record.word(.variantKind) != nil, let kind = record.first(.variantKind) { report.finding(at: kind) }
      return
    }
    guard target != sku else {
      if record.word(.variantKind) != nil { report.finding(at: field, "self") }
      return
    }
    // Packs of one product may stand in several entries.
    let entries = record.facts(.definition(of: .canonicalSKU)).map(\.exports)
    guard !entries.isEmpty else { return }
    let originals = entries.map { $0["canonical_sku"]?.text ?? "" }
    if let original = originals.first, originals.allSatisfy({ !$0.isEmpty && $0 != target }) {
      let isLoop = original == sku
      report.finding(
        at: field, isLoop ? "loop" : "chain", ["target": target, "original": original],
        fixes: isLoop ? [] : [take(original, for: field)])
    } else if entries.allSatisfy({ isOver($0["valid_to"]?.text, $0["replaced_by"]?.text, report) }) {
      let successors = Set(entries.compactMap { $0["replaced_by"]?.text }).subtracting(["", sku, target])
      report.finding(
        at: field, "retired", ["target": target], severity: .warning,
        fixes: successors.count == 1 ? successors.map { take($0, for: field) } : [])
    }
  }

  /// Whether a product is no longer sold: its last day is over, or it has a successor and no day to come.
  private func isOver(_ lastDay: String?, _ successor: String?, _ report: Report) -> Bool {
    if let lastDay = lastDay.flatMap({ Day($0) }) { return lastDay.number < report.asOf }
    return successor?.isEmpty == false
  }

  private func take(_ original: String, for field: FieldValue) -> Fix {
    Fix("take", ["original": original], edits: [.replace(field, with: JSON.quoted(original))])
  }

  /// Beside an original with the number 1.
  private static func products(_ entries: String...) -> String {
    let all = [RetailExample.product(#""1""#, "null")] + entries
    return "{\"products\": [\(all.joined(separator: ", "))]}"
  }
}
