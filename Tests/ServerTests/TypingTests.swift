import Glibc
import JSONCodec
import LSPTestClient
import Testing

/// What is shown, and what not yet, while somebody types.
@Suite(.timeLimit(.minutes(3))) struct TypingTests {
  /// So long that no test sees it end by itself.
  private static let patient = SessionOptions(typingPause: 60_000)
  private static let barcodeRules = ["retail-sku/gtin-check-digit", "retail-sku/gtin-form-invalid"]

  /// Empties the first product's barcode and types another, digit by digit.
  private func type(_ digits: String, into file: inout OpenFile) throws {
    let old = try file.range(#""8936000010140""#)
    let inside = file.text.index(after: old.lowerBound)..<file.text.index(before: old.upperBound)
    file.replace(inside, with: "")
    for count in 0..<digits.count {
      let start = try file.range(#""label": ""#).upperBound
      let place = file.text.index(start, offsetBy: count)
      let digit = digits[digits.index(digits.startIndex, offsetBy: count)]
      file.replace(place..<place, with: String(digit))
    }
  }

  @Test func aBarcodeIsNotJudgedBeforeItIsFinished() async throws {
    let server = try await ServerProcess.initialized(Self.patient)
    var file = try OpenFile("shelf.json", in: server)
    // All is known that is to be said before anything is typed.
    try await file.finding(ShelfTests.checkDigit, at: file.range(ShelfTests.wrong))
    try type("8936000010518", into: &file)
    let first = try file.range(#""8936000010518""#)
    // All that is published while it is typed: never a word about this barcode.
    let place = file.place(first)
    let line = place["start"]?["line"]
    let last = try await file.published { _ in true }
    #expect(!last.isEmpty)
    let uri = JSONValue.string(file.uri)
    let findings = server.client.untaken.filter { $0["params"]?["uri"] == uri }
      .flatMap { $0["params"]?["diagnostics"]?.array ?? [] }
    #expect((findings + last).allSatisfy { $0["range"]?["start"]?["line"] != line })
    // An edit elsewhere says that it is finished.
    try file.replace("store114", with: "store115")
    try await file.finding(Self.barcodeRules[0], at: first)
    await server.end()
  }

  @Test func savingSaysThatAValueIsFinished() async throws {
    let server = try await ServerProcess.initialized(Self.patient)
    var file = try OpenFile("shelf.json", in: server)
    try type("89360000105", into: &file)
    file.save()
    try await file.finding(Self.barcodeRules[1], at: file.range(#""89360000105""#))
    await server.end()
  }

  @Test func aMistakePutRightVanishesAtOnce() async throws {
    let server = try await ServerProcess.initialized(Self.patient)
    var file = try OpenFile("shelf.json", in: server)
    let wrong = try file.range(ShelfTests.wrong)
    try await file.finding(ShelfTests.checkDigit, at: wrong)
    let digit = file.text.index(wrong.upperBound, offsetBy: -2)
    file.replace(digit..<file.text.index(after: digit), with: "5")
    try await file.noFinding(ShelfTests.checkDigit)
    await server.end()
  }

  @Test func theTypingPauseEndsByItself() async throws {
    let server = try await ServerProcess.initialized(SessionOptions(typingPause: 1))
    var file = try OpenFile("shelf.json", in: server)
    try type("8936000010518", into: &file)
    try await file.finding(Self.barcodeRules[0], at: file.range(#""8936000010518""#))
    await server.end()
  }

  /// Every keystroke is followed by the death of all workers.
  @Test func workersKilledWhileTypingLeaveTheFindingsRight() async throws {
    let server = try await ServerProcess.initialized()
    var file = try OpenFile("shelf.json", in: server)
    let right = #""8936000010515""#
    try await file.finding(ShelfTests.checkDigit, at: file.range(ShelfTests.wrong))
    #expect(!server.workers.isEmpty)
    for _ in 0..<3 {
      for worker in server.workers { kill(worker, SIGKILL) }
      try file.replace(ShelfTests.wrong, with: right)
      for worker in server.workers { kill(worker, SIGKILL) }
      try await file.noFinding(ShelfTests.checkDigit)
      let place = try file.range(right, after: "[323.8, 27.8, 51.1, 106.2]")
      for worker in server.workers { kill(worker, SIGKILL) }
      file.replace(place, with: ShelfTests.wrong)
      try await file.finding(ShelfTests.checkDigit, at: file.range(ShelfTests.wrong))
    }
    await server.end()
  }

  /// After all that, the findings are those of a file opened as it is now.
  @Test func workersKilledLeaveNothingBehind() async throws {
    let server = try await ServerProcess.initialized(SessionOptions(pulls: true))
    var file = try OpenFile("shelf.json", in: server)
    let before = try await file.pull().lines
    for worker in server.workers { kill(worker, SIGKILL) }
    try file.replace(ShelfTests.wrong, with: #""8936000010515""#)
    for worker in server.workers { kill(worker, SIGKILL) }
    #expect(try await file.pull().lines == before.filter { !$0.hasPrefix(ShelfTests.checkDigit) })
    await server.end()
  }
}
