import Foundation
import Manifest
import TestSupport
import Testing

@testable import Workspace

/// An id that counts in a dataset gets another name in all of its files, or in none.
@Suite struct JoinedRenamingTests {
  private static let files = """
    //- a/recordings.jsonl
    {"recording": "r0"}
    {"recording": "r1", "title": "đêm"}
    //- b/segments.jsonl
    {"segment": "s1", "of": "r▮1"}
    {"segment": "s2", "of": "r0"}
    //- c/segments.jsonl
    {"segment": "s1", "of": "r0"}
    {"segment": "s2", "of": "r1"}
    //- lists/evening.json
    {"plays": {"r1": {"then": "\\u00721"}, "r0": {}}}
    """
  private static let names = ["a/recordings.jsonl", "b/segments.jsonl", "c/segments.jsonl", "lists/evening.json"]

  /// With the files that are open besides that of the cursor.
  @Test(arguments: [[], ["a/recordings.jsonl"], ["c/segments.jsonl", "lists/evening.json"]])
  func allFilesAreCleanAfterwards(open: [String]) async throws {
    let radio = try await Radio(Self.files)
    for name in open { try await radio.shop.open(name) }
    let (snapshot, offset) = try await radio.cursor()
    #expect(try await radio.shop.findings("b/segments.jsonl") == [])
    let renaming = try await snapshot.rename(at: offset, to: "r-9", in: radio.shop.workspace)
    #expect(renaming.files.map { radio.name(ofURI: $0.uri) } == Self.names)
    #expect(renaming.placeCount == 5)
    for file in renaming.files {
      #expect((file.version != nil) == (["b/segments.jsonl"] + open).contains(radio.name(ofURI: file.uri)))
    }
    try await radio.apply(renaming)
    for file in radio.files {
      let before = String(decoding: file.bytes, as: UTF8.self)
      let after = before.replacing(#""r1""#, with: #""r-9""#).replacing(#""\u00721""#, with: #""r-9""#)
      #expect(try await radio.text(file.name) == after)
      // The others were saved already: one that is written while it is read is read in part.
      guard (["b/segments.jsonl"] + open).contains(file.name) else { continue }
      _ = try radio.shop.folder.write(file.name, try await radio.text(file.name))
    }
    for name in ["b/segments.jsonl"] + open { #expect(try await radio.shop.findings(name) == []) }
    let report = await radio.shop.check(Self.names)
    #expect(report.files.flatMap(\.findings) == [])
  }

  @Test func itMayBeginWhereTheIDIsGivenOrAtAKey() async throws {
    for (file, after) in [("a/recordings.jsonl", #""recording": "r1"#), ("lists/evening.json", #"{"r1"#)] {
      let radio = try await Radio(Self.files, allOpen: true)
      let offset = try #require(try await radio.shop.text(file).firstOffset(of: after)) + after.utf8.count
      let snapshot = try #require(await radio.shop.workspace.snapshot(file))
      let start = try await snapshot.renameStart(at: offset, in: radio.shop.workspace)
      #expect(start.text == "r1")
      let renaming = try await snapshot.rename(at: offset, to: "r2", in: radio.shop.workspace)
      #expect(renaming.placeCount == 5)
    }
  }

  struct Refusal: Sendable, CustomTestStringConvertible {
    var more: String
    var name: String
    var reason: String
    var testDescription: String { "\(more) → \(name)" }
  }

  @Test(arguments: [
    Refusal(more: "", name: "r0", reason: "taken already"),
    Refusal(more: #"{"plays": {"r7": {}}}"#, name: "r7", reason: "taken already"),
    Refusal(more: "", name: "x1", reason: "can't be used in a/recordings.jsonl"),
    // Given as it should be, but no segment may name it.
    Refusal(more: "", name: "t1", reason: "can't be used here"),
  ])
  func refusesWhatIsWrongAnywhere(_ test: Refusal) async throws {
    let radio = try await Radio(Self.files)
    if !test.more.isEmpty { try await radio.shop.save("z.json", test.more) }
    try await expectRefusal(radio, test.name, test.reason)
  }

  @Test func refusesWhatIsGivenInTwoFiles() async throws {
    let radio = try await Radio(Self.files)
    try await radio.shop.save("z.jsonl", #"{"recording": "r1"}"#)
    try await expectRefusal(radio, "r2", "given more than once")
  }

  @Test func refusesWhatIsGivenNowhere() async throws {
    let radio = try await Radio(Self.files)
    try await radio.shop.save("a/recordings.jsonl", #"{"recording": "r0"}"#)
    try await expectRefusal(radio, "r2", "given nowhere here")
  }

  enum Harm: CaseIterable { case changed, gone, unreadable, changedAtRest }

  /// A file is not what it was, and nobody has told so: it is named, and the next try knows better.
  @Test(arguments: Harm.allCases) func refusesPlacesThatMayHaveMoved(harm: Harm) async throws {
    let radio = try await Radio(Self.files)
    let (snapshot, offset) = try await radio.cursor()
    let path = radio.shop.path("c/segments.jsonl")
    if harm == .changedAtRest { await radio.shop.workspace.letGoOfTexts(beside: "b/segments.jsonl") }
    switch harm {
    case .changed, .changedAtRest:
      _ = try radio.shop.folder.write("c/segments.jsonl", #"{"segment": "s9", "of": "r1"}"#)
    case .gone: try FileManager.default.removeItem(atPath: path)
    case .unreadable:
      try FileManager.default.removeItem(atPath: path)
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
    }
    try await expectRefusal(radio, "r2", "c/segments.jsonl has changed on disk")
    await radio.shop.workspace.settle("b/segments.jsonl")
    let renaming = try await snapshot.rename(at: offset, to: "r2", in: radio.shop.workspace)
    let isGone = harm == .gone || harm == .unreadable
    #expect(renaming.files.map { radio.name(ofURI: $0.uri) }.contains("c/segments.jsonl") == !isGone)
    #expect(renaming.placeCount == (isGone ? 4 : 5))
  }

  /// Texts of files nobody has open are let go when there are many; the edits are made of what is read again.
  @Test func textsThatWereLetGoAreReadAgain() async throws {
    let radio = try await Radio(Self.files)
    let (snapshot, offset) = try await radio.cursor()
    await radio.shop.workspace.letGoOfTexts(beside: "b/segments.jsonl")
    let renaming = try await snapshot.rename(at: offset, to: "r2", in: radio.shop.workspace)
    #expect(renaming.placeCount == 5)
  }

  @Test func aFileTooLargeToBeCheckedIsNamed() async throws {
    let radio = try await Radio(Self.files)
    await radio.shop.workspace.use(memoryLimit: 1)
    let filler = String(repeating: #"{"segment": "s1", "of": "r1"}"# + "\n", count: 4000)
    _ = try radio.shop.folder.write("d.jsonl", filler)
    try await radio.shop.open("d.jsonl")
    try await expectRefusal(radio, "r2", "d.jsonl is too large to be checked")
  }

  /// Nobody waited until all was read: what is not read may name the id too.
  @Test func refusesWhileFilesAreNotRead() async throws {
    let radio = try await Radio(Self.files)
    let (snapshot, offset) = try await radio.cursor()
    await radio.shop.workspace.stopReadingAtOnce(beside: "b/segments.jsonl", "c/segments.jsonl")
    await #expect {
      _ = try await snapshot.renameStart(at: offset, in: radio.shop.workspace)
    } throws: { ($0 as? RenameRefusal)?.message.contains("Not all files of this dataset have been read") == true }
  }

  @Test func anEditElsewhereInBetweenMakesItWorthless() async throws {
    let radio = try await Radio(Self.files, allOpen: true)
    let (snapshot, _) = try await radio.cursor()
    let files = await radio.shop.workspace.files(of: "c/segments.jsonl", beside: "b/segments.jsonl")
    #expect(await radio.shop.workspace.areCurrent(files, beside: snapshot.uri, snapshot.id, version: 0))
    try await radio.shop.replace("s2", with: "s3", in: "c/segments.jsonl")
    #expect(await !radio.shop.workspace.areCurrent(files, beside: snapshot.uri, snapshot.id, version: 0))
  }

  private func expectRefusal(
    _ radio: Radio, _ name: String, _ reason: String, sourceLocation: SourceLocation = #_sourceLocation
  ) async throws {
    let (snapshot, offset) = try await radio.cursor()
    await #expect(sourceLocation: sourceLocation) {
      _ = try await snapshot.rename(at: offset, to: name, in: radio.shop.workspace)
    } throws: { error in
      let message = (error as? RenameRefusal)?.message ?? ""
      if !message.contains(reason) { Issue.record("\(message)", sourceLocation: sourceLocation) }
      return message.contains(reason)
    }
  }
}

extension Workspace {
  /// As when so many files were read since that these had to make room.
  func letGoOfTexts(beside uri: String) {
    for state in documents[uri]?.space.documents.values.filter(\.isAtRest) ?? [] { state.rest() }
  }

  /// As when somebody stops the reading of a dataset before a file is read.
  func stopReadingAtOnce(beside uri: String, _ unread: String) {
    guard let state = documents[uri], let dataset = dataset(of: state) else { return }
    dataset.space.readingIsStopped = true
    filesChanged([Paths.join(dataset.configuration.root, unread)])
  }

  func files(of other: String, beside uri: String) -> [FileText] {
    documents[other].map { [FileText(of: $0, in: self)] } ?? []
  }
}
