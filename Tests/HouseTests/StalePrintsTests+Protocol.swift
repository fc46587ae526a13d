import Foundation
import LanguageServer
import Testing

/// `Docs/PROTOCOL.md` says what is served, and names for each row the test that asks a running server.
extension StalePrintsTests {
  @Test func tableOfTheProtocol() throws {
    let (open, close) = ("<!-- rows -->\n", "<!-- end of rows -->")
    let path = "Docs/PROTOCOL.md"
    let text = try Repository.text(path)
    let start = try #require(text.range(of: open), "\(path) has no line \(open)").upperBound
    let end = try #require(text.range(of: close, range: start..<text.endIndex), "\(path) has no line \(close)")
      .lowerBound
    try Repository.expectFresh(path, text[..<start] + SupportTable.markdown + text[end...])
  }

  @Test func everyRowOfTheProtocolIsServedOrLeftOut() {
    #expect(SupportTable.contradictions == [])
  }

  /// The tests of `ServerTests` as `Suite/test`, read from its files.
  static func serverTests() throws -> Set<String> {
    var found: Set<String> = []
    for path in Repository.files(below: "Tests/ServerTests", endings: [".swift"]) {
      var suite = ""
      var isTest = false
      for line in try Repository.text(path).split(separator: "\n") {
        if let name = line.firstMatch(of: /^(?:@Suite.* )?(?:struct|extension) (\w+)/) { suite = String(name.1) }
        if line.contains("@Test") { isTest = true }
        guard isTest, let name = line.firstMatch(of: /func (\w+)\(/) else { continue }
        found.insert("\(suite)/\(name.1)")
        isTest = false
      }
    }
    return found
  }

  @Test(arguments: SupportTable.tests)
  func testOfARowOfTheProtocol(_ name: String) throws {
    #expect(try Self.serverTests().contains(name), "There is no test \(name) in Tests/ServerTests")
  }
}
