import Testing

@testable import Manifest

@Suite struct SmokeTests {
  @Test func parsesASmallObject() {
    let tree = RecordTree(parsing: Array(#"{"a": [1, "x"], "b": null}"#.utf8))
    #expect(tree.nodes.map(\.kind) == [.object, .array, .number, .string, .null])
    #expect(tree.problems.isEmpty)
  }
}
