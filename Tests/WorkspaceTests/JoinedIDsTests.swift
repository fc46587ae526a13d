import Manifest
import TestSupport
import Testing
import Workspace

/// What is offered, found and counted of the ids of a dataset.
@Suite struct JoinedIDsTests {
  // MARK: Completion

  private func offered(_ radio: Radio) async throws -> CompletionList {
    let (snapshot, offset) = try await radio.cursor()
    return await radio.shop.workspace.completions(at: offset, in: snapshot)
  }

  @Test(arguments: [false, true]) func idsOfOtherFilesAreOffered(allOpen: Bool) async throws {
    let radio = try await Radio(
      """
      //- a.jsonl
      {"recording": "r1", "title": "Sáng"}
      {"recording": "r2", "title": "Tối", "phone": "0912"}
      //- b.jsonl
      {"segment": "s1", "of": "▮"}
      //- c.jsonl
      {"recording": "r0"}
      """, allOpen: allOpen)
    let list = try await offered(radio)
    #expect(list.items.map { $0.label + ($0.detail ?? "") } == ["r1 — Sáng", "r2 — Tối", "r0"])
    let page = try #require(list.items[1].page)
    let text = try #require(await radio.shop.workspace.text(of: page))
    #expect(text.contains("title: \"Tối\""))
    #expect(!text.contains("0912"))
  }

  @Test func whatFitsBestComesFirstAndOnce() async throws {
    let radio = try await Radio(
      """
      //- a.jsonl
      {"recording": "rain-1", "title": "Storm"}
      {"recording": "snow", "title": "A rainy day"}
      //- b.jsonl
      {"segment": "s1", "of": "rain▮"}
      //- c.jsonl
      {"recording": "rain", "title": "c"}
      //- d.jsonl
      {"recording": "rain", "title": "d"}
      """)
    let list = try await offered(radio)
    #expect(list.items.map { $0.label + ($0.detail ?? "") } == ["rain — c", "rain-1 — Storm", "snow — A rainy day"])
  }

  /// Playlists give no ids, so a file that gives and names ids is made of the test plugin's own format.
  @Test func theOwnFileComesFirst() async throws {
    let shop = try await Shop(
      ["a.json": #"{"own": [{"id": "x1"}]}"#, "b.json": #"{"own": [{"id": "x2"}, {"like": ""}]}"#], Self.own)
    try await shop.open("b.json")
    await shop.workspace.settle("b.json")
    let offset = try #require(try await shop.text("b.json").firstOffset(of: #""like": "#)) + 9
    let snapshot = try #require(await shop.workspace.snapshot("b.json"))
    let list = await shop.workspace.completions(at: offset, in: snapshot)
    #expect(list.items.map(\.label) == ["x2", "x1"])
  }

  private static let own = [
    "plugin.json": #"""
    {"id": "own", "version": "1.0.0", "name": "Own", "dialects": [
      {"id": "own", "name": "own", "syntax": "json", "schema": "own.json", "files": ["*.json"],
       "probe": {"required": ["own"]}, "records": ["/own/*"]}]}
    """#,
    "own.json": #"""
    {"type": "object", "properties": {"own": {"items": {"type": "object", "properties": {
      "id": {"x-defines": {"kind": "thing", "scope": "dataset"}},
      "like": {"x-references": {"kind": "thing", "scope": "dataset"}}}}}}}
    """#,
  ]

  /// An id that identifies somebody is not repeated, nor what is private of one that doesn't.
  @Test func whatIsPrivateIsNotOffered() async throws {
    let given = """
      //- a.jsonl
      {"recording": "r1", "secret": "123", "hidden": "h1", "phone": "0912"}
      //- b.jsonl

      """
    let secret = try await Radio(given + #"{"segment": "s1", "with": "▮"}"#)
    #expect(try await offered(secret).items.isEmpty)
    let hidden = try await Radio(given + #"{"segment": "s1", "from": "▮"}"#)
    #expect(try await offered(hidden).items.map { $0.label + ($0.detail ?? "") } == ["h1"])
    let found = await hidden.shop.workspace.symbols(for: "", encoding: .utf8)
    #expect(found.map(\.name) == ["r1", "h1"])
  }

  // MARK: Symbols

  @Test func idsAreFoundByIDAndNameInAllFiles() async throws {
    let radio = try await Radio(
      """
      //- a/recordings.jsonl
      {"recording": "r0", "title": "Wind"}
      {"recording": "r1", "title": "Sáng sớm"}
      //- b/segments.jsonl
      {"segment": "s1", "of": "▮r1"}
      //- c/recordings.jsonl
      {"title": "Đêm", "recording": "r12"}
      """)
    _ = try await radio.cursor()
    await radio.shop.workspace.open(
      "apart.jsonl", path: nil, languageID: "jsonl", text: Array(#"{"recording": "r77"}"#.utf8))
    await radio.shop.workspace.settle("apart.jsonl")
    func found(_ query: String) async -> [String] {
      await radio.shop.workspace.symbols(for: query, encoding: .utf16).map {
        "\($0.name) in \(radio.name(ofURI: $0.uri)):\($0.start.line):\($0.start.character)-\($0.end.character)"
      }
    }
    #expect(
      await found("r1") == [
        "r1 — Sáng sớm in a/recordings.jsonl:1:14-18", "r12 — Đêm in c/recordings.jsonl:0:30-35",
      ])
    #expect(await found("dem") == ["r12 — Đêm in c/recordings.jsonl:0:30-35"])
    #expect(await found("sang") == ["r1 — Sáng sớm in a/recordings.jsonl:1:14-18"])
    #expect(await found("r77") == ["r77 in apart.jsonl:0:14-19"])
    #expect(await found("zzz") == [])
    #expect(await found("").count == 4)
    #expect(await radio.shop.workspace.symbols(for: "", encoding: .utf8).allSatisfy { $0.kind == "recording" })
  }

  @Test func noMoreThanCanBeReadAreFound() async throws {
    let lines = (0..<1000).map { #"{"recording": "r\#($0)"}"# }.joined(separator: "\n")
    let radio = try await Radio("//- a.jsonl\n\(lines)\n//- b.jsonl\n{\"segment\": \"s\", \"of\": \"▮r1\"}")
    _ = try await radio.cursor()
    #expect(await radio.shop.workspace.symbols(for: "", encoding: .utf8).count == 200)
    let best = await radio.shop.workspace.symbols(for: "r999", encoding: .utf8)
    #expect(best.first?.name == "r999")
  }

  // MARK: Independence

  /// What another file calls a thing is what somebody else said of it: whoever reads it independently is not told.
  @Test(arguments: [false, true]) func aBlindAuthorIsNotToldWhatAnotherFileSays(isReviewer: Bool) async throws {
    let radio = try await Radio(
      """
      //- a.jsonl
      {"recording": "r1", "title": "Kakadu", "seconds": 77, "by": "ann-1", "pass": "first"}
      //- b.jsonl
      {"segment": "s1", "label": "Zebra", "by": "ann-2", "pass": "blind", "of": "r1▮"}
      """,
      configuration: #"""
        {"alignments": [{"subject": ["recording"], "property": "class", "compare": {"by": "equal"}, "sources": [
          {"files": "a.jsonl", "modality": "audio", "recording": "recording", "value": "title", "by": "by", "pass": "pass"},
          {"files": "b.jsonl", "modality": "text", "recording": "of", "value": "label", "by": "by", "pass": "pass"}]}]}
        """#)
    let workspace = radio.shop.workspace
    await workspace.use(actor: "ann-2", isReviewer: isReviewer)
    let (snapshot, offset) = try await radio.cursor()
    let list = await workspace.completions(at: offset, in: snapshot)
    var said = [
      try #require(await snapshot.hover(at: offset, in: workspace)?.markdown),
      "\(await snapshot.hints(in: 0..<snapshot.document.byteCount, in: workspace))",
      "\(list.items.map { $0.label + ($0.detail ?? "") })",
      "\(await workspace.symbols(for: "", encoding: .utf8).map(\.name))",
    ]
    for page in list.items.compactMap(\.page) { said.append(await workspace.text(of: page) ?? "") }
    for words in said.dropLast(isReviewer ? 0 : 1) { #expect(words.contains("Kakadu") == isReviewer, "\(words)") }
    #expect(said.contains { $0.contains("Kakadu") || $0.contains("77") } == isReviewer)
    // The way there is no secret.
    #expect(await snapshot.definitions(at: offset, in: workspace)?.places.count == 1)
  }

  // MARK: Lenses

  private func lenses(_ radio: Radio, _ file: String) async throws -> [String] {
    await radio.shop.workspace.settle(file)
    let snapshot = try #require(await radio.shop.workspace.snapshot(file))
    var lines: [String] = []
    for lens in try #require(await snapshot.lenses(in: radio.shop.workspace)) {
      let text = try #require(await snapshot.words(of: lens.subject, in: radio.shop.workspace))
      lines.append(String(decoding: snapshot.document.bytes(in: lens.range), as: UTF8.self) + " " + text)
    }
    return lines
  }

  @Test func itIsToldHowOftenAnIDIsNamed() async throws {
    let radio = try await Radio(
      """
      //- a.jsonl
      {"recording": "r0▮", "secret": "123"}
      {"recording": "r1"}
      {"recording": "r2"}
      //- b.jsonl
      {"segment": "s1", "of": "r1"}
      {"segment": "s2", "of": "r0"}
      {"segment": "s2", "of": "r1"}
      //- c.json
      {"plays": {"r1": {}}}
      """)
    #expect(
      try await lenses(radio, "a.jsonl") == [
        #""r0" 1 place"#, #""r1" 3 places in 2 files"#, #""r2" named nowhere"#,
      ])
    try await radio.shop.save("b.jsonl", #"{"segment": "s1", "of": "r2"}"#)
    #expect(
      try await lenses(radio, "a.jsonl") == [#""r0" named nowhere"#, #""r1" 1 place"#, #""r2" 1 place"#])
    // Segments are ids, but nothing names them.
    try await radio.shop.open("b.jsonl")
    #expect(try await lenses(radio, "b.jsonl") == [])
  }

  @Test func whereThereAreThousandsNothingIsTold() async throws {
    let lines = (0..<501).map { #"{"recording": "r\#($0)"}"# }.joined(separator: "\n")
    let radio = try await Radio("//- a.jsonl\n▮\(lines)\n//- b.jsonl\n{\"segment\": \"s\", \"of\": \"r1\"}")
    #expect(try await lenses(radio, "a.jsonl") == [])
    try await radio.shop.replace("{\"recording\": \"r500\"}", with: "", in: "a.jsonl")
    #expect(try await lenses(radio, "a.jsonl").count == 500)
  }
}
