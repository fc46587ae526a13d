import Testing

/// Where boxes and outlines part at the checkout, and nothing is wrong.
@Suite struct CheckoutGuardTests {
  private let milk = "8936000010140"

  private func said(_ text: String) throws -> [String] {
    let bench = try #require(Bench(Bench.retail, Array(text.utf8)))
    let found = bench.run()
    #expect(bench.complaints == [])
    return found.map(\.rule)
  }

  private func visit(_ labels: String..., sources: [String] = ["cam"]) -> String {
    let sources = sources.map {
      #"{"id": "\#($0)", "modality": "image", "view": "checkout", "uri": "\#($0).png", "width": 640, "height": 480}"#
    }
    return
      #"{"concord": "1.0", "domain": "retail-sku", "samples": [{"id": "s1", "sources": [\#(sources.joined(separator: ", "))], "entities": [{"id": "e1", "class": "\#(milk)"}, {"id": "e2", "class": "\#(milk)"}], "annotations": [\#(labels.joined(separator: ", "))]}]}"#
  }

  private func box(_ id: String, _ box: String, of thing: String? = "e1", in source: String = "cam") -> String {
    let entity = thing.map { #""entity": "\#($0)", "# } ?? ""
    return #"{"id": "\#(id)", "source": "\#(source)", \#(entity)"kind": "bbox", "bbox": \#(box), "label": "\#(milk)"}"#
  }

  private func outline(_ id: String, _ points: String, of thing: String = "e1") -> String {
    #"{"id": "\#(id)", "source": "cam", "entity": "\#(thing)", "kind": "polygon", "polygon": \#(points), "label": "\#(milk)"}"#
  }

  /// 40 × 80 at 100, 50.
  private let shape = "[100, 50, 140, 60, 130, 130, 105, 120]"

  @Test func aLooseBoxIsSaid() throws {
    #expect(try said(visit(box("b", "[100, 50, 44, 80]"), outline("o", shape))) == ["checkout-box-loose"])
  }

  @Test func aLittleRoomIsNotLoose() throws {
    #expect(try said(visit(box("b", "[97, 44, 46, 92]"), outline("o", shape))) == [])
  }

  @Test func aBoxThatCutsItsOutlineIsNotLoose() throws {
    #expect(try said(visit(box("b", "[110, 60, 20, 40]"), outline("o", shape))) == [])
  }

  @Test func partsOfOneThingAreTakenTogether() throws {
    let parts = [outline("o", shape), outline("p", "[150, 60, 170, 60, 170, 120]")].joined(separator: ", ")
    #expect(try said(visit(box("b", "[100, 50, 70, 80]"), parts)) == [])
  }

  @Test func ofAThingWithTwoBoxesNothingFollows() throws {
    #expect(try said(visit(box("b", "[100, 50, 90, 80]"), box("c", "[300, 50, 40, 80]"), outline("o", shape))) == [])
  }

  @Test func anotherPictureAnotherThingAndABoxOfNothingAreLeftAlone() throws {
    #expect(
      try said(visit(box("b", "[100, 50, 90, 80]", in: "top"), outline("o", shape), sources: ["cam", "top"])) == [])
    #expect(try said(visit(box("b", "[100, 50, 90, 80]", of: "e2"), outline("o", shape))) == [])
    #expect(try said(visit(box("b", "[100, 50, 90, 80]", of: nil), outline("o", shape))) == [])
  }

  @Test func aBoxFarFromItsOutlineIsNotLoose() throws {
    #expect(try said(visit(box("b", "[400, 50, 90, 80]"), outline("o", shape))) == [])
  }

  // MARK: The till's log

  private func logged(_ lines: String...) throws -> [String] {
    let bench = try #require(Bench(Bench.retail, Array(lines.joined(separator: "\n").utf8), lines: true))
    let found = bench.run()
    #expect(bench.complaints == [])
    return found.map(\.rule)
  }

  /// What is weighed has a number of the shop's own, a bag is no product, a return counts back.
  @Test func aLogMayHoldMoreThanProducts() throws {
    #expect(try logged(#"{"transaction_id": "v", "gtin": "2112345012346", "quantity": 0.41, "weight": 0.41}"#) == [])
    #expect(
      try logged(
        #"{"transaction_id": "v", "gtin": "bag"}"#, #"{"transaction_id": "v", "gtin": "\#(milk)", "quantity": -1}"#)
        == [])
    #expect(try logged(#"{"transaction_id": "v", "gtin": "8936000010141"}"#) == ["gtin-check-digit"])
  }

  @Test func aLogWithoutPicturesIsNotWrong() throws {
    #expect(try logged(#"{"transaction_id": "v", "gtin": "\#(milk)", "quantity": 3}"#) == [])
  }
}
