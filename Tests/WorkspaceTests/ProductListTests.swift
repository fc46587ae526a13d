import Findings
import Foundation
import Testing
import Workspace

/// A list of products that changes, and what that means for the labels that use it; and product lists that are tables.
@Suite struct ProductListTests {
  private static let folder = Installation.repository + "/Examples/store/"

  private static func text(_ name: String) throws -> String {
    String(decoding: try Data(contentsOf: URL(fileURLWithPath: folder + name)), as: UTF8.self)
  }

  /// The store with its list; the first product of it is on the shelf and in the basket.
  private func store() async throws -> Shop {
    let shop = try await Shop(
      [
        "skus.csv": Self.text("skus.csv"), "plan.json": Self.text("plan.json"),
        "shelves.json": Self.text("shelves.json"),
      ],
      configuration: #"{"vocabularies": {"skus": "skus.csv"}}"#, library: Installation.storeLibrary.get())
    try await shop.open("shelves.json")
    #expect(try await terms(shop) == [])
    return shop
  }

  private func terms(_ shop: Shop) async throws -> [String] {
    try await shop.shown("shelves.json").filter { $0.rule.hasPrefix("term/") }.map { "\($0.rule) \($0.pointer)" }
  }

  private static let row = "8936001000003,Sữa tươi An Lành S,Fresh milk An Lành S,dairy,,,,,"
  private static let place = "/samples/0/annotations/0/label"

  @Test func aRetiredProductShowsAtOnceOnItsLabels() async throws {
    let shop = try await store()
    try await shop.open("skus.csv")
    try await shop.replace(
      Self.row, with: Self.row.replacing("dairy,,,,,", with: "dairy,,true,8936001000010,,"), in: "skus.csv")
    #expect(try await terms(shop) == ["term/deprecated " + Self.place])
    try await shop.replace("dairy,,true,8936001000010,,", with: "dairy,,,,,", in: "skus.csv")
    #expect(try await terms(shop) == [])
  }

  @Test func aProductThatIsGoneAndComesBackShowsAtOnce() async throws {
    let shop = try await store()
    let text = try Self.text("skus.csv")
    let lines = text.split(separator: "\n").filter { !$0.hasPrefix("8936001000003,") }
    try await shop.save("skus.csv", lines.joined(separator: "\n") + "\n")
    #expect(try await terms(shop) == ["term/unknown " + Self.place])
    try await shop.save("skus.csv", text)
    #expect(try await terms(shop) == [])
  }

  @Test func aNewNameIsSaidAtOnce() async throws {
    let shop = try await store()
    try await shop.open("plan.json")
    try await shop.replace(#""id": "1-1-1""#, with: #""id": "1-1-9""#, in: "plan.json")
    func said() async throws -> [String] {
      try await shop.shown("shelves.json").map(\.message).filter { $0.contains("1-1-9") }
    }
    #expect(try await said().contains { $0.contains("An Lành S") })
    try await shop.open("skus.csv")
    try await shop.replace("Sữa tươi An Lành S,Fresh milk An Lành S", with: "Sữa nắng,Sun milk", in: "skus.csv")
    let found = try await said()
    #expect(!found.isEmpty && !found.contains { $0.contains("An Lành S") })
  }

  // MARK: Tables

  private static let head = "sku_id,gtin,name,canonical_sku,variant_kind,pack_level,gpc_brick,price,valid_to\n"

  private func found(_ rows: String...) async throws -> [String] {
    let shop = try await Shop(
      ["list.csv": Self.head + rows.joined(separator: "\n") + "\n"], configuration: "{}",
      library: Installation.storeLibrary.get())
    try await shop.open("list.csv")
    #expect(await shop.workspace.snapshot("list.csv")?.dialect?.id == "retail-sku/product-table")
    return try await shop.shown("list.csv").map { "\($0.rule) \($0.pointer)" }
  }

  @Test func aTableOfProductsIsReadLikeAnyList() async throws {
    #expect(try await found("1,8936001000003,Milk,,,,10000025,9.5,", "2,,Milk NY,1,seasonal,each,,,2999-12-31") == [])
    #expect(
      try await found("1,8936001000003,Milk,,,,,,", "2,8936001000003,Tea,,,,,,", "3,8936001000004,,,,,,,")
        == ["retail-sku/sku-gtin-conflict /1/gtin", "retail-sku/gtin-check-digit /2/gtin"])
    #expect(
      try await found("1,,Milk,,regional,,5013,,", "2,,Tea,9,,,,,")
        == [
          "retail-sku/variant-canonical-broken /0/variant_kind", "retail-sku/gpc-brick-invalid /0/gpc_brick",
          "retail-sku/variant-canonical-broken /1/canonical_sku",
        ])
  }

  @Test func cellsThatTheFormDoesNotAllowAreSaid() async throws {
    #expect(
      try await found("1,,Milk,2,yearly,,,9 VND,2999-12-31", "2,,Milk,,,,,,") == [
        "schema/enum /0/variant_kind", "schema/pattern /0/price",
      ])
  }

  @Test func emptyCellsAreNothing() async throws {
    #expect(try await found("1,,,,,,,,", "2,,,,,,,,") == [])
  }

  /// A table that is no list of products, and one that the dataset names as a vocabulary, are what they were.
  @Test func otherTablesAreLeftAlone() async throws {
    let shop = try await Shop(
      ["sales.csv": "sku_id,sold\n1,2\n1,2\n", "skus.csv": "sku_id,gtin,prefLabel\n8936001000003,x,Milk\n"],
      configuration: #"{"vocabularies": {"skus": {"file": "skus.csv", "columns": {"sku_id": "id"}}}}"#,
      library: Installation.storeLibrary.get())
    for name in ["sales.csv", "skus.csv"] {
      try await shop.open(name)
      #expect(await shop.workspace.snapshot(name)?.dialect?.id != "retail-sku/product-table")
      #expect(try await shop.shown(name).filter { $0.rule.hasPrefix("retail-sku/") }.isEmpty)
    }
  }
}
