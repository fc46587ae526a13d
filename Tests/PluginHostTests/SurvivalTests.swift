import CWorkerSystem
import Facts
import Findings
import PluginHost
import Testing

/// What happens to the findings when plugins and their processes do not behave.
@Suite(.serialized) struct SurvivalTests {
  private func commands(_ commands: [String]) -> [PluginCall] {
    commands.enumerated().map { .check(record(["command": "\"\($1)\""], number: UInt64($0 + 1)), lookups: []) }
  }

  /// `what` of the one finding of each result, or the code of its fault.
  private func answers(_ results: [PluginResult]) -> [String] {
    results.map { result in
      result.faults.first.map { "\($0.code)" }
        ?? result.findings.map { $0.message.arguments.first?.value ?? "" }.joined(separator: ",")
    }
  }

  @Test(arguments: ["crash", "exit", "loop", "sleep", "garbage", "storm"])
  func oneBadRecordCostsItselfOnly(_ command: String) async throws {
    let session = try session()
    let names = (0..<40).map { $0 == 17 ? command : "fine \($0)" }
    let results = await session.run(commands(names), priority: .edited)
    #expect(answers(results) == names.map { $0 == command ? "setAside" : $0 })
    // It is known by its content now and stops nobody any more.
    let before = await session.processID
    #expect(answers(await session.run(commands([command, "fine"]), priority: .edited)) == ["setAside", "fine"])
    #expect(await session.processID == before)
    await session.stop()
  }

  @Test func severalBadRecordsAreEachSetAside() async throws {
    let session = try session()
    let names = (0..<60).map { [7, 8, 40].contains($0) ? "crash" : "fine \($0)" }
    #expect(
      answers(await session.run(commands(names), priority: .background))
        == names.map { $0 == "crash" ? "setAside" : $0 })
    await session.stop()
  }

  @Test func killingTheWorkerLosesNothing() async throws {
    let session = try session()
    #expect(answers(await session.run(commands(["warm"]), priority: .edited)) == ["warm"])
    let names = (0..<6_000).map { "number \($0)" }
    async let all = session.run(commands(names), priority: .background)
    // Each answered edit is one kill: the batches around it are cut off wherever they are.
    for edit in 0..<3 {
      if let process = await session.processID { ws_kill(process) }
      #expect(answers(await session.run(commands(["edit \(edit)"]), priority: .edited)) == ["edit \(edit)"])
    }
    #expect(answers(await all) == names)
    await session.stop()
  }

  @Test func killedWhileIdleItIsThereForTheNextCall() async throws {
    let session = try session()
    _ = await session.run(commands(["a"]), priority: .edited)
    let process = try #require(await session.processID)
    ws_kill(process)
    #expect(answers(await session.run(commands(["b"]), priority: .edited)) == ["b"])
    await session.stop()
  }

  @Test func itRestsAfterTooManyDeathsAndCanBeWoken() async throws {
    var policy = RestartPolicy()
    policy.immediate = 1
    policy.firstPause = .milliseconds(1)
    policy.limit = 3
    policy.setAsideLimit = 1
    let session = try session(policy: policy)
    let names = ["crash", "exit", "fine"]
    let results = await session.run(commands(names), priority: .edited)
    #expect(answers(results) == ["setAside", "resting", "resting"])
    #expect(await session.state == .resting)
    await session.wake()
    #expect(answers(await session.run(commands(["crash", "fine"]), priority: .edited)) == ["setAside", "fine"])
    await session.stop()
  }

  @Test func answersThatMakeNoSenseAreDroppedWithOneFault() async throws {
    let session = try session()
    let results = await session.run(commands(["flood", "unknown message", "noise"]), priority: .edited)
    #expect(results[0].findings.count == 1)  // All at one place: one finding.
    #expect(results[0].faults.map(\.code) == [.droppedAnswers])
    #expect(
      results[1].findings.map(\.line)
        == ["test/misbehaving@1:11-28 what=unknown message"].map { $0.replacing("@1", with: "@2") })
    #expect(results[1].faults.map(\.code) == [.droppedAnswers])
    #expect(results[2].faults.isEmpty)
    await session.stop()
  }

  @Test func aLibraryThatIsNoPluginIsRefusedInWords() async throws {
    let rules = try describe("ConcordTestPlugin")
    func faults(_ library: String, _ worker: String = workerPath) async -> [PluginFault.Code] {
      let session = PluginSession(
        rules: rules, program: WorkerProgram(executable: worker, library: library), kinds: kindNumbers, asOf: 0)
      let results = await session.run(commands(["a", "b"]), priority: .edited)
      return results.flatMap(\.faults).map(\.code)
    }
    #expect(await faults("/nonexistent.so") == [.refused, .refused])
    #expect(await faults(buildFolder + "/libExampleC.so") == [.refused, .refused])
    #expect(await faults(buildFolder + "/libConcordTestPlugin.so", "/nonexistent-worker") == [.refused, .refused])
  }

  @Test func largeBatchesGoThroughSharedMemory() async throws {
    let session = try session()
    let long = String(repeating: "é", count: 200_000)
    let results = await session.run(commands([long, "short"]), priority: .edited)
    // The text is longer than a message may be: dropped, and said.
    #expect(answers(results) == ["droppedAnswers", "short"])
    let many = (0..<3_000).map { "\($0)-" + String(repeating: "x", count: 200) }
    #expect(answers(await session.run(commands(many), priority: .background)) == many)
    await session.stop()
  }

  @Test func memoryIsLentForOneBatchAfterTheOther() async throws {
    let session = try session()
    // Dozens of batches that are too large for a message, and between them some that are not, and one that is too large for what is lent.
    for round in 0..<3 {
      let many = (0..<20_000).map { "\(round)-\($0)-" + String(repeating: "x", count: $0 % 400) }
      async let background = session.run(commands(many), priority: .background)
      async let edited = session.run(commands(["a\(round)"]), priority: .edited)
      async let large = session.run(commands([String(repeating: "y", count: 2 << 20)]), priority: .visible)
      #expect(answers(await background) == many)
      #expect(answers(await edited) == ["a\(round)"])
      #expect(answers(await large) == ["droppedAnswers"])
    }
    await session.stop()
  }

  @Test func cancelledCallsComeBack() async throws {
    let session = try session()
    let names = (0..<20_000).map { "n\($0)" }
    let task = Task { await session.run(commands(names), priority: .background) }
    _ = await session.run(commands(["first"]), priority: .edited)
    task.cancel()
    let results = await task.value
    #expect(results.count == names.count)
    for (name, answer) in zip(names, answers(results)) where answer != "cancelled" { #expect(answer == name) }
    #expect(answers(await session.run(commands(["next"]), priority: .edited)) == ["next"])
    await session.stop()
  }
}
