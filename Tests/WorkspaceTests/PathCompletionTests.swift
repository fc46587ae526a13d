import Testing
import Workspace

/// In `concord.json`, what may be written comes from the files it speaks of, with what it leads to there.
@Suite struct PathCompletionTests {
  /// What is offered at `▮` in the dataset's configuration, where `old` stands.
  private func offers(_ old: String, _ new: String, actor: String? = nil) async throws -> [String: String?] {
    let shop = try await Street.shop()
    if let actor { await shop.workspace.use(actor: actor, isReviewer: false) }
    // The files are in memory, as when somebody edits what joins them.
    try await shop.open("camera/a.json")
    try await shop.open("concord.json")
    await shop.workspace.settle("camera/a.json")
    let marked = Street.configuration.replacing(old, with: new, maxReplacements: 1)
    let before = try #require(marked.ranges(of: "▮").first)
    let offset = marked.utf8.distance(from: marked.utf8.startIndex, to: before.lowerBound)
    try await shop.replace(Street.configuration, with: marked.replacing("▮", with: ""), in: "concord.json")
    let snapshot = try #require(await shop.workspace.snapshot("concord.json"))
    let list = await shop.workspace.completions(at: offset, in: snapshot)
    return Dictionary(list.items.map { ($0.label, $0.note) }, uniquingKeysWith: { first, _ in first })
  }

  @Test func aPathIsOfferedWithWhatItLeadsTo() async throws {
    let offers = try await offers("image_id -> file_name | stem", "▮")
    #expect(offers["image_id"] == "1, 2")
    #expect(offers["attributes/track"] == "t1")
    #expect(offers["image_id -> file_name"] == "frames/0001.jpg, frames/0002.jpg")
    #expect(offers["category_id -> name"] == "car, person")
  }

  @Test func whatCanBeDoneToAValueIsShownDone() async throws {
    let offers = try await offers("image_id -> file_name | stem", "image_id -> file_name | ▮")
    #expect(offers["image_id -> file_name | stem"] == "0001, 0002")
    #expect(offers[#"image_id -> file_name | split("/", -1)"#] == "0001.jpg, 0002.jpg")
  }

  @Test func anotherWayIsOfferedBehindTheFirst() async throws {
    let offers = try await offers("category_id -> name", "label ?? cat▮")
    #expect(offers["label ?? category_id -> name"] == "car, person")
    #expect(offers["label ?? image_id"] == nil)
  }

  @Test func filesAndListsAreOffered() async throws {
    #expect(try await offers("camera/*.json", "▮")["camera/*.json"] == "1 file")
    #expect(try await offers(#""records": "/annotations/*""#, #""records": "▮""#)["/annotations/*"] == "2 entries")
  }

  /// Of files that no format knows, the beginning is read from disk.
  @Test func aFileThatIsNotInMemoryIsRead() async throws {
    let offers = try await offers(
      #""scene": "sample", "object": "object", "value": "label""#, #""scene": "▮", "object": "object""#)
    #expect(offers["sample"] == "0001, 0002")
  }

  @Test func aNameOfTheSubjectThatIsMissingIsOffered() async throws {
    let offers = try await offers(#""scene": "sample", "#, "▮, ")
    #expect(offers["scene"] != nil)
    #expect(offers["object"] == nil)
  }

  /// Whoever labels independently is shown no value that somebody else wrote.
  @Test func anAnnotatorSeesNoValues() async throws {
    let offers = try await offers("image_id -> file_name | stem", "▮", actor: "ann-1")
    #expect(offers["category_id -> name"] == .some(nil))
  }
}
