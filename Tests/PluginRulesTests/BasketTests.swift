import PluginKit
import RetailSKURules
import Testing

@Suite struct BasketTests {
  private func seen(_ product: String?, _ entity: String? = nil, in source: String = "cam") -> BasketItem {
    BasketItem(side: .picture, source: source, product: product, entity: entity, quantity: 1)
  }

  private func sold(_ product: String?, _ quantity: Int) -> BasketItem {
    BasketItem(side: .till, source: "till", product: product, entity: nil, quantity: quantity)
  }

  private func differences(_ items: [BasketItem]) -> [String] {
    Basket(items).differences.map { "\($0.product): \($0.till) sold, \($0.picture) seen" }
  }

  @Test func equalSidesAgree() {
    #expect(differences([seen("milk"), seen("milk"), sold("milk", 2)]) == [])
  }

  @Test func eachProductThatDiffersIsNamed() {
    let items = [
      seen("milk"), seen("milk"), seen("milk"), sold("milk", 2), sold("rice", 1), seen("tea"), sold("tea", 1),
    ]
    #expect(differences(items) == ["milk: 2 sold, 3 seen", "rice: 1 sold, 0 seen"])
  }

  @Test func linesAddUp() {
    #expect(differences([seen("milk"), sold("milk", 3), sold("milk", -1), sold("milk", -1), sold("rice", 0)]) == [])
  }

  @Test func aThingSeenByTwoCamerasIsThereOnce() {
    #expect(differences([seen("milk", "p1", in: "a"), seen("milk", "p1", in: "b"), sold("milk", 1)]) == [])
  }

  @Test func boxesOfTwoCamerasMayBeTheSameThings() {
    #expect(differences([seen("milk", in: "a"), seen("milk", in: "a"), seen("milk", in: "b"), sold("milk", 2)]) == [])
  }

  @Test func whatNobodyCouldNameExplainsWhatIsMissing() {
    #expect(differences([seen("milk"), seen(nil), sold("milk", 1), sold("rice", 1)]) == [])
    #expect(
      differences([seen("milk"), seen(nil), sold("rice", 2)]) == ["milk: 0 sold, 1 seen", "rice: 2 sold, 0 seen"])
    #expect(differences([seen("milk"), sold(nil, 1)]) == [])
  }

  private func logged(_ product: String?, _ quantity: Int, line: String?) -> BasketItem {
    BasketItem(side: .log, source: "", product: product, entity: line, quantity: quantity)
  }

  @Test func aLineOfTwoCopiesOfALogIsThereOnce() {
    #expect(
      differences([seen("milk"), logged("milk", 1, line: "1"), logged("milk", 1, line: "1")]) == [])
    #expect(
      differences([seen("milk"), logged("milk", 1, line: "1"), logged("milk", 1, line: "2")]) == [
        "milk: 2 sold, 1 seen"
      ])
    #expect(
      differences([seen("milk"), seen("milk"), logged("milk", 1, line: nil), logged("milk", 1, line: nil)]) == [])
  }

  @Test func survivesTheWayThroughAFact() throws {
    let item = BasketItem(side: .picture, source: "cam", product: nil, entity: "p 1", quantity: -3)
    let text = String(decoding: try #require(item.payload).bytes, as: UTF8.self)
    #expect(BasketItem(text) == item)
    #expect(BasketItem("") == nil)
    #expect(
      BasketItem(side: .till, source: String(repeating: "x", count: 65), product: nil, entity: nil, quantity: 1).payload
        == nil)
  }
}
