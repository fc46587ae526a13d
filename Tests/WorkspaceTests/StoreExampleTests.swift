import Findings
import Foundation
import Testing
import Workspace

extension Installation {
  /// For what has a list of products of its own: workers know one list of a name at a time, and tests run side by side.
  static let storeLibrary = Result { try makeLibrary() }
}

/// A shop with its list of products, its shelf plan and what was labelled there; beside it, every rule's mistake once.
@Suite struct StoreExampleTests {
  private static let folder = Installation.repository + "/Examples/store/"
  private static let files = ["products.json", "plan.json", "shelves.json", "checkout.json", "events.json"]

  /// Rule and place of each finding, by file.
  private func found(_ names: [String]) async throws -> [String: [String]] {
    let checks = FileChecks(library: try Installation.storeLibrary.get(), options: Workspace.Options())
    let items = names.map { CheckItem(path: Self.folder + $0, content: nil, isNamed: true) }
    let report = await checks.report(items, asOf: "2026-11-21")
    try #require(report.files.count == names.count)
    let found = report.files.map { file in file.findings.map { "\($0.rule) \($0.pointer)" }.sorted() }
    return Dictionary(uniqueKeysWithValues: zip(names, found))
  }

  @Test func theShopIsClean() async throws {
    let found = try await found(Self.files + ["skus.csv"])
    #expect(found.filter { !$0.value.isEmpty } == [:])
  }

  @Test func plantedMistakesAreFound() async throws {
    let found = try await found(Self.files.map { "mistakes/" + $0 })
    let expected = [
      "products.json": [
        "gpc-brick-invalid /products/2/gpc_brick", "gpc-brick-invalid /products/5/gpc_brick",
        "sku-gtin-conflict /products/1/gtin", "variant-canonical-broken /products/3/canonical_sku",
        "variant-canonical-broken /products/4/variant_kind",
      ],
      "plan.json": [
        "planogram-reference-broken /positions/1/id", "planogram-reference-broken /positions/2/x",
        "planogram-reference-broken /positions/3/productId",
      ],
      "shelves.json": [
        "compliance-contradicts-layout /samples/0/annotations/0/compliance",
        "compliance-contradicts-layout /samples/0/annotations/1/compliance",
        "compliance-unanchored /samples/2/annotations/0/compliance",
        "facing-count-mismatch /samples/1/annotations/1/label", "gtin-check-digit /samples/3/annotations/0/label",
        "gtin-form-invalid /samples/3/annotations/1/label", "gtin-prefix-policy /samples/2/annotations/2/label",
        "label-not-canonical /samples/2/annotations/1/label",
        "out-of-stock-with-facing /samples/0/annotations/2/compliance",
        "out-of-stock-with-facing /samples/1/annotations/0/compliance",
        "shelf-box-overlaps-neighbour /samples/3/annotations/3/bbox",
        "unrecognised-without-disposition /samples/2/annotations/3/label",
      ],
      "checkout.json": ["basket-visual-mismatch /samples/0/annotations/2/label"],
      "events.json": [
        "event-interval-invalid /samples/0/annotations/0/segment",
        "event-interval-invalid /samples/0/annotations/1/segment/1",
        "event-interval-invalid /samples/0/annotations/3/label",
      ],
    ]
    let others = found.values.flatMap(\.self).filter { !$0.hasPrefix("retail-sku/") }
    #expect(
      others == [
        "vision/privacy-state-incomplete /samples/0/sources/0/showsPeople",
        "vision/privacy-state-incomplete /samples/0/sources/1/retentionUntil",
      ])
    for (name, places) in expected {
      let own = found["mistakes/" + name]?.filter { $0.hasPrefix("retail-sku/") }
      #expect(own == places.map { "retail-sku/" + $0 }, "\(name)")
    }
  }

  /// Whoever changes the plan sees at once what it means for the labels.
  @Test func aChangedPlanShowsInTheLabels() async throws {
    func text(_ name: String) throws -> String {
      String(decoding: try Data(contentsOf: URL(fileURLWithPath: Self.folder + name)), as: UTF8.self)
    }
    let shop = try await Shop(
      ["plan.json": text("plan.json"), "shelves.json": text("shelves.json")], configuration: "{}",
      library: Installation.library.get())
    try await shop.open("plan.json")
    try await shop.open("shelves.json")
    func shown() async throws -> [String] {
      try await shop.shown("shelves.json").filter { $0.rule.hasPrefix("retail-sku/") }
        .map { "\($0.rule) \($0.pointer)" }
    }
    #expect(try await shown() == [])
    try await shop.replace(#""row": 1,"#, with: #""row": 4,"#, in: "plan.json")
    #expect(try await shown() == [])
    try await shop.replace(#""id": "1-2-1""#, with: #""id": "1-2-9""#, in: "plan.json")
    #expect(try await shown() == ["retail-sku/compliance-contradicts-layout /samples/1/annotations/0/compliance"])
  }
}
