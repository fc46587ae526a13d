import PluginKit
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

  // MARK: Shelves and their plans

  private func shelf(_ labels: String..., about: String = "") -> String {
    #"{"concord": "1.0", "domain": "retail-sku", "profile": "shelf", "samples": [{"id": "s1", \#(about)"sources": [{"id": "front", "modality": "image", "view": "shelf", "uri": "a.png", "width": 640, "height": 480}], "annotations": [\#(labels.enumerated().map { #"{"id": "a\#($0)", "source": "front", "kind": "bbox", "bbox": [\#($0 * 50), 10, 40, 80], \#($1)}"# }.joined(separator: ", "))]}]}"#
  }

  @Test(arguments: [
    #""planogram": "dairy", "planogramVersion": "2", "storeFormat": "express", "#,
    #""planogram": "dairy", "planogramVersion": 2, "groups": {"storeFormat": "express"}, "#,
  ])
  func aSampleAnchorsAllItsLabels(_ about: String) throws {
    #expect(try said(shelf(#""label": "\#(milk)", "compliance": "correct""#, about: about)) == [])
  }

  @Test func anEmptyNameIsNone() throws {
    let about = #""planogram": " ", "planogramVersion": "", "storeFormat": "express", "#
    #expect(
      try said(shelf(#""label": "\#(milk)", "compliance": "correct""#, about: about)) == ["compliance-unanchored"])
  }

  @Test(arguments: [#""compliance": "", "#, #""compliance": null, "#, ""])
  func whereNothingIsSaidNothingNeedsAPlan(_ status: String) throws {
    #expect(try said(shelf(#"\#(status)"label": "\#(milk)""#)) == [])
  }

  @Test(arguments: ["out_of_stock", "obstructed", "facing_shortage"])
  func anEmptyPlaceMayBe(_ status: String) throws {
    let about = #""planogram": "dairy", "planogramVersion": "2", "storeFormat": "express", "#
    #expect(try said(shelf(#""label": "gap", "compliance": "\#(status)""#, about: about)) == [])
  }

  @Test func anEmptyPlaceIsNeverRight() throws {
    let about = #""planogram": "dairy", "planogramVersion": "2", "storeFormat": "express", "#
    let text = shelf(#""label": "gap", "compliance": "correct""#, about: about)
    #expect(try said(text) == ["out-of-stock-with-facing gap"])
    let fix = try #require(try found(text).first?.fixes.first)
    #expect(FixTests.apply(fix.edits, to: text) == text.replacing(#""correct""#, with: #""out_of_stock""#))
  }

  private func planned(_ position: String, row: Int? = 2) -> LayoutItem {
    var item = LayoutItem(.planned, product: "milk")
    (item.position, item.row) = (position, row)
    return item
  }

  private func seen(_ status: String, _ position: String = "", row: Int? = nil) -> LayoutItem {
    var item = LayoutItem(.seen, product: "milk")
    (item.status, item.position, item.row) = (status, position, row)
    return item
  }

  /// Status, place and shelf of a product that is planned at `p1` on shelf 2: which message it gives, and what it should say.
  @Test(
    arguments: [
      ("correct", "p1", 2, nil, nil), ("correct", "p1", nil, nil, nil), ("correct", "", 2, nil, nil),
      ("correct", "", nil, nil, nil), ("wrong_position_in_row", "", 2, nil, nil), ("wrong_row", "", 1, nil, nil),
      ("wrong_row", "p9", 1, nil, nil), ("wrong_position_in_row", "p9", 2, nil, nil), ("wrong_row", "", nil, nil, nil),
      ("wrong_row", "p9", nil, nil, nil), ("obstructed", "p9", 1, nil, nil), ("out_of_stock", "p9", 1, nil, nil),
      ("unexpected_product", "p9", 1, nil, nil), ("", "p9", 1, nil, nil), ("corect", "p9", 1, nil, nil),
      ("correct", "p9", 1, "", "wrong_row"), ("correct", "", 1, "", "wrong_row"),
      ("wrong_position_in_row", "", 1, "", "wrong_row"), ("wrong_row", "p1", 2, "right", "correct"),
      ("wrong_position_in_row", "p1", nil, "right", "correct"),
      ("correct", "p9", 2, "position", "wrong_position_in_row"),
      ("wrong_row", "p9", 2, "position", "wrong_position_in_row"), ("wrong_row", "", 2, "shelf", nil),
      ("correct", "p9", nil, "elsewhere", nil),
    ] as [(String, String, Int?, String?, String?)])
  func whatFollowsFromThePlan(_ status: String, _ place: String, _ row: Int?, _ message: String?, _ derived: String?) {
    let judgement = LayoutJudgement(of: seen(status, place, row: row), planned: [planned("p1")])
    #expect(judgement?.message == message)
    #expect(judgement?.derived == derived)
  }

  /// A plan that gives no numbers to some of its boards says nothing of shelves.
  @Test func boardsWithoutANumberAreNoShelf() {
    let plan = [planned("p1"), planned("p2", row: nil)]
    #expect(LayoutJudgement(of: seen("correct", "", row: 1), planned: plan) == nil)
    #expect(LayoutJudgement(of: seen("wrong_row", "", row: 2), planned: plan) == nil)
    #expect(LayoutJudgement(of: seen("correct", "p2", row: 1), planned: plan) == nil)
    #expect(LayoutJudgement(of: seen("correct", "p3", row: 1), planned: plan)?.message == "elsewhere")
  }

  @Test func withoutAPlanNothingFollows() {
    #expect(LayoutJudgement(of: seen("correct", "p9", row: 1), planned: []) == nil)
  }

  @Test(
    arguments: [
      ([(0, 40), (50, 90), (100, 140)], 3), ([(0, 40), (2, 44), (50, 90)], 2), ([(0, 40), (30, 70), (60, 100)], 3),
      ([], 0), ([(0, 40), (10, 20)], 1),
    ] as [([(Double, Double)], Int)])
  func stackedBoxesCountOnce(_ boxes: [(Double, Double)], _ count: Int) {
    let items = boxes.map { left, right in
      var item = LayoutItem(.seen, product: "milk")
      (item.left, item.right) = (left, right)
      return item
    }
    #expect(LayoutItem.columns(items) == count)
  }

  @Test func aBoxAroundWhatIsMissingIsNoFacing() {
    var item = seen("out_of_stock", "p1")
    (item.left, item.right) = (0, 40)
    #expect(!item.isFacing(of: "milk"))
    item.status = "correct"
    #expect(item.isFacing(of: "milk") && !item.isFacing(of: "tea"))
    item.left = nil
    #expect(!item.isFacing(of: "milk"))
  }

  @Test func layoutsSurviveTheWayThroughAFact() throws {
    var item = seen("wrong_row", "p 1", row: 3)
    (item.sample, item.picture, item.left, item.right) = ("s1", "front", 1.25, 30)
    let text = String(decoding: try #require(item.payload).bytes, as: UTF8.self)
    #expect(LayoutItem(text) == item)
    #expect(LayoutItem("") == nil)
    item.position = String(repeating: "x", count: 49)
    #expect(item.payload == nil)
  }

  // MARK: Variants on labels

  private let festive = "8936000099992"

  private func variants(_ text: String) throws -> [String] {
    let bench = try #require(Bench(Bench.retail, Array(text.utf8)))
    bench.terms = [festive: (festive, "Milk for New Year"), milk: (milk, "Milk")]
    bench.originals = [festive: milk]
    return bench.run().map { "\($0.rule) \($0.arguments["name"] ?? "")" }
  }

  private func named(_ label: String, _ setting: String = #""product""#) -> String {
    shelf(#""label": "\#(label)""#).replacing(#""profile""#, with: #""labelsName": \#(setting), "profile""#)
  }

  @Test func aVariantIsSaidWhereLabelsNameProducts() throws {
    #expect(try variants(named(festive)) == ["label-not-canonical Milk"])
    #expect(try variants(named(milk)) == [])
    #expect(try variants(named("8934563138165")) == [])
  }

  @Test(arguments: [#""pack""#, "null", "true"]) func unlessToldNobodyMindsVariants(_ setting: String) throws {
    #expect(try variants(named(festive, setting)) == [])
    #expect(try variants(shelf(#""label": "\#(festive)""#)) == [])
  }

  /// The till prints what was scanned, and lists name what they list.
  @Test func receiptsAndListsKeepTheirVariants() throws {
    let receipt =
      #"{"concord": "1.0", "domain": "retail-sku", "labelsName": "product", "samples": [{"id": "s1", "sources": [{"id": "till", "modality": "text", "view": "receipt", "uri": "a.txt"}], "annotations": [{"id": "t1", "source": "till", "kind": "span", "span": [0, 9], "label": "\#(festive)", "quantity": 2}]}]}"#
    #expect(try variants(receipt) == [])
    #expect(try variants(#"{"labelsName": "product", "products": [{"sku_id": "1", "gtin": "\#(festive)"}]}"#) == [])
  }

  @Test func aVariantInThePictureCountsAsItsProduct() throws {
    let text =
      #"{"concord": "1.0", "domain": "retail-sku", "samples": [{"id": "s1", "sources": [{"id": "cam", "modality": "image", "view": "checkout", "uri": "a.png", "width": 640, "height": 480}, {"id": "till", "modality": "text", "view": "receipt", "uri": "a.txt"}], "annotations": [{"id": "a1", "source": "cam", "kind": "bbox", "bbox": [1, 2, 3, 4], "label": "\#(milk)"}, {"id": "t1", "source": "till", "kind": "span", "span": [0, 9], "label": "\#(festive)", "quantity": 1}]}]}"#
    #expect(try variants(text) == [])
  }

  // MARK: Events

  private func events(_ labels: String..., duration: String = #", "duration": 60"#) -> String {
    let labels = labels.enumerated().map { #"{"id": "e\#($0)", "source": "cam", "kind": "event", \#($1)}"# }
    return
      #"{"concord": "1.0", "domain": "retail-sku", "profile": "events", "samples": [{"id": "s1", "sources": [{"id": "cam", "modality": "video", "view": "store", "uri": "a.mp4"\#(duration)}], "annotations": [\#(labels.joined(separator: ", "))]}]}"#
  }

  private func pickup(_ span: String, _ more: String = "") -> String {
    #""label": "pickup", "segment": \#(span)"# + (more.isEmpty ? "" : ", \(more)")
  }

  private func activities(_ entries: String...) -> String {
    let entries = entries.enumerated().map { #"{"activityID": \#($0), "activity": "pickup", \#($1)}"# }
    return #"{"filesProcessed": ["a.mp4"], "activities": [\#(entries.joined(separator: ", "))]}"#
  }

  private func frames(_ frames: String, _ more: String = "") -> String {
    #""localization": {"a.mp4": \#(frames)}"# + (more.isEmpty ? "" : ", \(more)")
  }

  @Test func recordingsAreAsLongAsTheyRoundTo() throws {
    #expect(try said(events(pickup("[1, 60.5]"))) == [])
    #expect(try said(events(pickup("[1, 60.6]"))) == ["event-interval-invalid beyond"])
    #expect(try said(events(pickup("[1, 90]"), duration: "")) == [])
    #expect(try said(events(pickup("[1, 90]"), duration: #", "duration": 0"#)) == [])
  }

  @Test(arguments: ["[1]", "[1, 2, 3]", "[]", "null", "[null, 2]", "[\"1\", 2]", "[-3, -5]", "{}"])
  func whatIsNoStretchOfTimeIsTheFormsToSay(_ span: String) throws {
    #expect(try said(events(pickup(span))) == [])
  }

  @Test func twoPeopleMayDoTheSameAtOnce() throws {
    #expect(try said(events(pickup("[1, 2]", #""track": "p1""#), pickup("[1, 2]", #""track": "p2""#))) == [])
    #expect(try said(events(pickup("[1, 2]", #""by": "a""#), pickup("[1, 2]", #""by": "b""#))) == [])
    #expect(try said(events(pickup("[1, 2]"), pickup("[1, 2.01]"))) == [])
    #expect(try said(events(pickup("[1, 2]"), pickup("[1.0, 2]"))) == ["event-interval-invalid twice"])
    #expect(try said(events(pickup("[1, 2]", #""confidence": 0.9"#), pickup("[1, 2]", #""confidence": 0.7"#))) == [])
    let seven = #""objects": [{"objectID": 7}]"#
    let eight = #""objects": [{"objectID": 8}]"#
    let once = #"{"1": 1, "9": 0}"#
    #expect(try said(activities(frames(once, seven), frames(once, eight))) == [])
    #expect(try said(activities(frames(once, seven), frames(once, seven))) == ["event-interval-invalid twice"])
  }

  @Test func framesMayStandInAnyOrder() throws {
    #expect(try said(activities(frames(#"{"90": 0, "7": 1}"#))) == [])
    #expect(try said(activities(frames("{}"))) == [])
  }

  @Test func onlyTheFirstFaultOfAnActivityIsSaid() throws {
    #expect(try said(activities(frames(#"{"7": 0, "8": 0, "9": 1}"#))) == ["event-interval-invalid ends"])
    #expect(try said(activities(frames(#"{"7": 1, "x": 0}"#))) == ["event-interval-invalid frame"])
    #expect(try said(activities(frames(#"{"7": 1, "9": 2}"#))) == [])
  }

  @Test func startAndEndAreExchanged() throws {
    let text = events(pickup("[3.50, 1]"))
    let fix = try #require(try found(text).first?.fixes.first)
    #expect(!fix.isCertain)
    #expect(FixTests.apply(fix.edits, to: text) == text.replacing("[3.50, 1]", with: "[1, 3.50]"))
  }

  @Test func aVideoNobodyLookedAtIsTheFormsToSay() throws {
    let text = activities(#""localization": {"b.mp4": {"7": 1, "9": 0}}"#)
    #expect(try said(text) == [])
    let bench = try #require(Bench(Bench.retail, Array(text.utf8)))
    #expect(bench.linkFindings.map(\.rule) == ["retail-sku/event-interval-invalid"])
  }
}
