import Findings
import TestSupport
import Testing
import Workspace

/// A list that takes a while to compile: nothing is said of it before, and afterwards it is like any other.
@Suite struct LargeListTests {
  /// Larger than what is read at once.
  static let list = TermTests.list + (0..<7000).map { "x\($0),Thing \($0),other \($0),color,,\n" }.joined()

  private func manifest(_ labels: String...) -> String {
    #"{"samples": ["# + labels.map { #"{"label": "\#($0)"}"# }.joined(separator: ", ") + "]}"
  }

  @Test func labelsAreHeldAgainstItOnceItIsThere() async throws {
    let dataset = try await TermTests.Dataset(manifest("milk", "butter", "x6999", "x7000"), list: Self.list)
    #expect(
      try await dataset.desk.findings.map(\.message) == [
        "The list `things` has no butter. Check the spelling, or add it to the list.",
        "The list `things` has no x7000. Check the spelling, or add it to the list.",
      ])
    #expect(try await dataset.told == dataset.check())
    // Nobody missed it meanwhile.
    let report = try await dataset.report()
    #expect(report.notRun.isEmpty, "\(report.notRun)")
  }

  @Test func whatIsTypedInItIsHeard() async throws {
    let dataset = try await TermTests.Dataset(manifest("milk", "x6999", "y1", "y2"), list: Self.list)
    #expect(try await dataset.desk.lines.count == 2)
    await dataset.openList(Self.list)
    // While the first is read, the second comes, and then the third.
    try await dataset.type("x6999,Thing", "y1,Thing")
    try await dataset.type("x6998,Thing", "y2,Thing")
    try await dataset.type("milk,Sữa", "mil,Sữa")
    #expect(
      try await dataset.desk.findings.map(\.message) == [
        "The list `things` has no milk. Did you mean mil (Sữa)?",
        "The list `things` has no x6999. Check the spelling, or add it to the list.",
      ])
    await dataset.desk.workspace.close("list")
    #expect(try await dataset.told == dataset.check())
  }

  /// A term moves below another one: whatever stands below it is judged anew.
  @Test func movingABranchIsHeardBelow() async throws {
    let list = Self.list + "hue,Farbton,,color,,\nteal,Petrol,,hue,,\n"
    let dataset = try await TermTests.Dataset(#"{"samples": [{"color": "Petrol"}]}"#, list: list)
    #expect(try await dataset.desk.lines == [])
    await dataset.openList(list)
    try await dataset.type("hue,Farbton,,color", "hue,Farbton,,milk")
    #expect(
      try await dataset.desk.findings.map(\.message) == [
        "Petrol is in the list `things`, but is no kind of Màu, which belongs here. Choose another one."
      ])
    try await dataset.type("hue,Farbton,,milk", "hue,Farbton,,red")
    #expect(try await dataset.desk.lines == [])
  }

  /// A list of two files is not there before both are.
  @Test func aListOfTwoFilesWaitsForTheLargeOne() async throws {
    let configuration =
      #"{"vocabularies": [{"id": "things", "file": "things.csv"}, {"id": "things", "file": "more.csv"}]}"#
    let dataset = try await TermTests.Dataset(
      manifest("milk", "more", "x6999"), list: Self.list, configuration: configuration,
      other: ("more.csv", "id,label\nmore,More\n"))
    #expect(try await dataset.desk.lines == [])
    #expect(try await dataset.report().notRun.isEmpty)
  }

  @Test func aListThatIsGoneIsSaidToBe() async throws {
    let dataset = try await TermTests.Dataset(
      manifest("milk"), list: Self.list, configuration: #"{"vocabularies": ["things.csv", "gone.csv"]}"#)
    let report = try await dataset.report()
    #expect(report.notRun.contains { $0.contains("`gone.csv`") })
    #expect(!report.notRun.contains { $0.contains("things") })
  }
}
