import RetailSKURules
import Testing

/// Cases in which a rule of shops could be wrong, and must be silent; and what it says where it must not be.
@Suite struct RetailGuardTests {
  private func found(_ text: String) throws -> [Found] {
    let bench = try #require(Bench(Bench.retail, Array(text.utf8)))
    let found = bench.run()
    #expect(bench.complaints == [])
    return found
  }

  /// Rule and message of each finding, in order of place.
  private func said(_ text: String) throws -> [String] {
    try found(text).map { $0.message.isEmpty ? $0.rule : "\($0.rule) \($0.message)" }
  }

  private func products(_ entries: String...) -> String { #"{"products": [\#(entries.joined(separator: ", "))]}"# }

  private func product(_ sku: String, _ gtin: String = "", _ more: String = "") -> String {
    #"{"sku_id": "\#(sku)", "gtin": "\#(gtin)"\#(more.isEmpty ? "" : ", \(more)")}"#
  }

  private let milk = "8936000010140"
  private let cola = "8936000012366"

  // MARK: One barcode, one product

  @Test(arguments: [
    #""canonical_sku": "1""#, #""replaced_by": "1", "valid_to": "2020-01-01""#,
    #""variant_kind": "redesign", "canonical_sku": "1""#,
  ])
  func variantsAndSuccessorsMayShareABarcode(_ link: String) throws {
    #expect(try said(products(product("1", milk), product("2", milk, link))) == [])
  }

  @Test func twoVariantsOfOneOriginalMayShareABarcode() throws {
    let text = products(
      product("1", cola), product("2", milk, #""canonical_sku": "1""#), product("3", milk, #""canonical_sku": "1""#))
    #expect(try said(text) == [])
  }

  @Test func aChainOfSuccessorsMayShareABarcode() throws {
    let text = products(
      product("1", milk, #""replaced_by": "2""#), product("2", milk, #""replaced_by": "3""#), product("3", milk))
    #expect(try said(text) == [])
  }

  @Test func aNumberMayBeGivenAgainWhenTheFirstProductIsNoLongerSold() throws {
    let old = product("1", milk, #""valid_to": "2019-12-31""#)
    #expect(try said(products(old, product("2", milk, #""valid_from": "2024-01-01""#))) == [])
    #expect(try said(products(old, product("2", milk, #""valid_from": "2019-06-01""#))) == ["sku-gtin-conflict"])
  }

  /// What a scale prints is another product in the next shop; a wrong number is another rule's.
  @Test(arguments: ["2012345000001", "0212345000002", "20123451", ""])
  func numbersOfTheShopsOwnAreLeftAlone(_ gtin: String) throws {
    #expect(try said(products(product("1", gtin), product("2", gtin))).filter { $0.hasPrefix("sku") } == [])
  }

  @Test func aCaseHasANumberOfItsOwn() throws {
    #expect(try said(products(product("1", milk), product("1", "18936000010147"))) == [])
    #expect(try said(products(product("1", milk), product("1", cola, #""pack_level": "inner""#))) == [])
    #expect(try said(products(product("1", milk), product("1", cola))) == ["sku-gtin-conflict pieces"])
    let redesign = product("1", cola, #""variant_kind": "redesign", "canonical_sku": "7""#)
    #expect(try said(products(product("1", milk), redesign)) == [])
  }

  @Test func theLaterProductIsSaidToBeAVariant() throws {
    func list(_ more: String) -> String { products(product("1", milk), product("2", milk, more)) }
    let empty = try #require(try found(list(#""canonical_sku": null"#)).first?.fixes.first)
    #expect(!empty.isCertain)
    #expect(FixTests.apply(empty.edits, to: list(#""canonical_sku": null"#)) == list(#""canonical_sku": "1""#))
    let absent = try #require(try found(list("")).first?.fixes.first)
    #expect(FixTests.apply(absent.edits, to: list("")) == list(#""canonical_sku": "1""#))
  }

  // MARK: Variants

  @Test func anOriginalMayNameItself() throws {
    #expect(try said(products(product("1", "", #""canonical_sku": "1""#))) == [])
    let pair = products(product("1", "", #""canonical_sku": "1""#), product("2", "", #""canonical_sku": "1""#))
    #expect(try said(pair) == [])
  }

  @Test func whatIsNoLongerSoldMayNameWhatItLikes() throws {
    let text = products(
      product("1", "", #""canonical_sku": "2""#), product("2", "", #""canonical_sku": "1", "valid_to": "1969-01-01""#))
    #expect(try said(text) == ["variant-canonical-broken loop"])
  }

  @Test func aSuccessorWithDaysToComeLeavesTheOriginalOnSale() throws {
    let text = products(
      product("1", "", #""replaced_by": "9", "valid_to": "2999-01-01""#), product("2", "", #""canonical_sku": "1""#),
      product("9"))
    #expect(try said(text) == [])
  }

  @Test func oneOfSeveralPacksIsEnoughOfAnOriginal() throws {
    let text = products(
      product("1"), product("1", "", #""canonical_sku": "7""#), product("2", "", #""canonical_sku": "1""#), product("7")
    )
    #expect(try said(text) == [])
  }

  @Test func anOriginalThatIsNotThereIsTheFormsToSay() throws {
    let text = products(product("2", "", #""canonical_sku": "1", "replaced_by": """#))
    #expect(try said(text) == [])
    let bench = try #require(Bench(Bench.retail, Array(text.utf8)))
    #expect(bench.linkFindings.map(\.rule) == ["retail-sku/variant-canonical-broken"])
  }

  @Test func aSuccessorIsOfferedAndNeverWrittenUnasked() throws {
    let text = products(
      product("1", "", #""replaced_by": "9""#), product("2", "", #""canonical_sku": "1""#), product("9"))
    let finding = try #require(try found(text).first)
    #expect(finding.message == "retired" && finding.severity == 2)
    #expect(finding.fixes.map(\.isCertain) == [false])
    #expect(
      FixTests.apply(finding.fixes[0].edits, to: text)
        == text.replacing(#""canonical_sku": "1""#, with: #""canonical_sku": "9""#))
  }

  // MARK: Product groups

  /// Lists of other authorities, and codes of shapes nobody has told of.
  @Test(arguments: [#""10000025""#, "10000025", "null", #""""#, #""50130001""#])
  func whatMayBeABrickIsLeftAlone(_ code: String) throws {
    #expect(try said(products(#"{"sku_id": "1", "gpc_brick": \#(code)}"#)) == [])
  }

  @Test func aWrongGroupIsSaidOnceOfABarcodeAndItsVariant() throws {
    let text = products(
      product("1", milk, #""gpc_brick": "10000025""#),
      product("2", milk, #""gpc_brick": "10000217", "canonical_sku": "1""#))
    #expect(try said(text) == ["gpc-brick-invalid barcode"])
  }

  @Test func variantsOfAnUnknownOriginalAreNotCompared() throws {
    let text = products(
      product("2", "", #""gpc_brick": "10000025", "canonical_sku": "1""#),
      product("3", "", #""gpc_brick": "10000217", "canonical_sku": "1""#))
    #expect(try said(text) == [])
  }

  // MARK: Shelf plans

  private func plan(_ positions: String..., board: String = #""x": 100, "y": 50, "w": 100, "h": 40"#) -> String {
    #"{"products": [{"id": "milk", "w": 10, "h": 20}, {"id": "crate", "w": 150, "h": 30}], "fixtures": [{"id": "top", \#(board)}], "positions": ["#
      + positions.enumerated().map { #"{"id": "p\#($0)", "fixtureId": "top", \#($1)}"# }.joined(separator: ", ") + "]}"
  }

  private func milk(_ x: Double, _ y: Double = 70) -> String { #""productId": "milk", "x": \#(x), "y": \#(y)"# }

  @Test func placesMayBeCountedFromTheBoard() throws {
    #expect(try said(plan(milk(0, 0), milk(20, 0), milk(90, 0))) == [])
    #expect(
      try said(plan(milk(100), milk(20), milk(90))).count { $0 == "planogram-reference-broken before" } == 2)
  }

  @Test func placesMayBeRounded() throws {
    #expect(try said(plan(milk(99.2), milk(109.8), milk(190.9))) == [])
    #expect(try said(plan(milk(100), milk(191.5))) == ["planogram-reference-broken"])
  }

  /// A board may be drawn thin, with the products standing on it, or hanging from it.
  @Test func productsMayStandOnTheirBoard() throws {
    #expect(try said(plan(milk(100, 28), milk(110, 28), board: #""x": 100, "y": 48, "w": 100, "h": 2"#)) == [])
    #expect(try said(plan(milk(100, 10), milk(110, 10))) == [])
  }

  @Test func stackedProductsAreNoOverlap() throws {
    #expect(try said(plan(milk(100, 50), milk(100, 70), milk(110, 70))) == [])
    #expect(try said(plan(milk(100, 70), milk(109.5, 70))) == [])
  }

  @Test func aProductWiderThanItsBoardIsSaidSo() throws {
    #expect(
      try said(plan(milk(100), #""productId": "crate", "x": 110, "y": 60"#)) == ["planogram-reference-broken wide"])
  }

  @Test(arguments: ["\"x\": null, \"y\": 1", "\"x\": \"1\", \"y\": 1", "\"x\": 1"])
  func withoutANumberThereIsNoPlace(_ place: String) throws {
    #expect(try said(plan(#""productId": "milk", \#(place)"#)) == [])
  }

  @Test func aPlaceIsMovedOntoItsBoard() throws {
    let text = plan(milk(100), milk(195))
    let fix = try #require(try found(text).first?.fixes.first)
    #expect(!fix.isCertain)
    #expect(FixTests.apply(fix.edits, to: text) == plan(milk(100), milk(190)).replacing("190.0", with: "190"))
  }

  @Test func whatAPlanLacksIsTheFormsToSay() throws {
    let text = plan(#""productId": "tea", "x": 100, "y": 60"#).replacing(
      #""fixtureId": "top""#, with: #""fixtureId": "low""#)
    #expect(try said(text) == [])
    let bench = try #require(Bench(Bench.retail, Array(text.utf8)))
    #expect(bench.linkFindings.map(\.rule) == Array(repeating: "retail-sku/planogram-reference-broken", count: 2))
  }

  // MARK: Days

  @Test(arguments: [
    ("1970-01-01", 0), ("1970-01-02", 1), ("1969-12-31", -1), ("2000-02-29", 11_016), ("2000-03-01", 11_017),
    ("2026-11-22", 20_779), ("2026-11-22T08:00:00Z", 20_779), ("0000-01-01", -719_528), ("2026-13-01", nil),
    ("22.11.2026", nil), ("2026-11-2", nil), ("", nil), ("2026-11-223", nil),
  ])
  func daysAreCounted(_ text: String, _ number: Int?) {
    #expect(Day(text)?.number == number)
  }
}
