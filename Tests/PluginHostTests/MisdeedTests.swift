import Findings
import PluginHost
import Testing

/// What a plugin can do to the host and to the findings of others: nothing. Each misdeed costs the record it was done at.
@Suite(.serialized, .timeLimit(.minutes(3))) struct MisdeedTests {
  private func commands(_ commands: [String], from first: UInt64 = 1) -> [PluginCall] {
    commands.enumerated().map {
      .check(record(["command": "\"\($1)\""], number: first + UInt64($0)), lookups: [])
    }
  }

  /// What the finding of each result says, or the code of its fault. That a process was replaced meanwhile is no fault of
  /// the result it is told with.
  private func answers(_ results: [PluginResult]) -> [String] {
    results.map { result in
      result.faults.first { $0.code != .restarted }.map { "\($0.code)" }
        ?? result.findings.map { $0.message.arguments.first?.value ?? "" }.joined(separator: ",")
    }
  }

  /// Misdeeds after which the process is gone, stands still, or can't be believed any more.
  static let fatal = [
    "crash", "abort", "trap", "divide", "exit", "leave", "stop", "loop", "loop unstoppably", "sleep", "deadlock",
    "take all memory", "map all memory", "overflow", "noise", "forge huge frame", "cut frame short", "forge progress",
    "close everything",
  ]

  @Test(arguments: fatal) func aFatalMisdeedCostsItsRecordOnly(_ misdeed: String) async throws {
    let session = try session("ConcordHostilePlugin")
    let names = (0..<24).map { $0 == 11 ? misdeed : "fine \($0)" }
    let results = await session.run(commands(names), priority: .edited)
    #expect(answers(results) == names.map { $0 == misdeed ? "setAside" : $0 })
    #expect(results[11].faults.first?.message.contains("`hostile` stopped") == true)
    // It is known by its content now and stops nobody any more.
    let before = await session.processID
    #expect(answers(await session.run(commands([misdeed, "fine"]), priority: .edited)) == ["setAside", "fine"])
    #expect(await session.processID == before)
    await session.stop()
  }

  /// Misdeeds that do no harm: what can't be is left out, the rest counts.
  @Test(arguments: ["print", "keep", "leave thread waiting", "slow"])
  func aHarmlessMisdeedCostsNothing(_ misdeed: String) async throws {
    let session = try session("ConcordHostilePlugin")
    let names = ["fine", misdeed, "touch kept", "fine too"]
    #expect(answers(await session.run(commands(names), priority: .edited)) == names)
    await session.stop()
  }

  @Test func slowWorkThatGoesOnIsNoHang() async throws {
    let session = try session("ConcordHostilePlugin")
    let names = (0..<8).map { $0 == 7 ? "fine" : "slow" }
    let before = await session.run(commands(["fine"]), priority: .edited)
    #expect(answers(before) == ["fine"])
    let process = await session.processID
    // Together far longer than one call may take without progress.
    #expect(answers(await session.run(commands(names), priority: .background)) == names)
    #expect(await session.processID == process)
    await session.stop()
  }

  @Test(arguments: ["nonsense", "flood", "flood with facts", "flood with text"])
  func answersThatMakeNoSenseAreLeftOut(_ misdeed: String) async throws {
    let session = try session("ConcordHostilePlugin")
    let results = await session.run(commands(["fine", misdeed, "fine too"]), priority: .edited)
    #expect(answers(results) == ["fine", "droppedAnswers", "fine too"])
    #expect(results[1].findings.count <= 1_000)
    #expect(results[1].facts.count <= 4_096)
    #expect(results[1].faults.count == 1)
    #expect(results[1].findings.allSatisfy { $0.rule == "hostile/attempt" && $0.place.end <= 1_000 })
    await session.stop()
  }

  /// A forged answer is taken for none. It may cost the process, and no other finding.
  @Test(arguments: ["forge answer", "forge count", "scribble"])
  func aForgedFrameCostsNobodyElse(_ misdeed: String) async throws {
    let session = try session("ConcordHostilePlugin")
    let names = (0..<24).map { $0 == 11 ? misdeed : "fine \($0)" }
    let results = answers(await session.run(commands(names), priority: .edited))
    for (name, answer) in zip(names, results) where name != misdeed { #expect(answer == name) }
    #expect([misdeed, "setAside"].contains(results[11]))
    #expect(answers(await session.run(commands(["fine"]), priority: .edited)) == ["fine"])
    await session.stop()
  }

  @Test func aThreadThatSpinsAfterItsCallIsEnded() async throws {
    let session = try session("ConcordHostilePlugin")
    let states = await session.states()
    #expect(
      answers(await session.run(commands(["leave thread spinning"]), priority: .edited)) == ["leave thread spinning"])
    var seen: [WorkerState] = []
    for await state in states {
      seen.append(state)
      // Nobody asks anything, and yet it uses a processor.
      if state == .idle, seen.contains(.ready) { break }
    }
    #expect(await session.processID == nil)
    // The next answer is right, and tells what was done.
    let results = await session.run(commands(["fine"]), priority: .edited)
    #expect(results.first?.findings.first?.message.arguments.first?.value == "fine")
    #expect(results.first?.faults.map(\.code) == [.restarted])
    await session.stop()
  }

  @Test func aWorkerThatNobodyUsesIsEndedAndIsThereWhenNeeded() async throws {
    var policy = RestartPolicy()
    policy.idleLimit = .milliseconds(50)
    let session = try session("ConcordHostilePlugin", policy: policy)
    let states = await session.states()
    #expect(answers(await session.run(commands(["fine"]), priority: .edited)) == ["fine"])
    var wasReady = false
    for await state in states {
      wasReady = wasReady || state == .ready
      if wasReady, state == .idle { break }
    }
    #expect(await session.processID == nil)
    #expect(answers(await session.run(commands(["fine again"]), priority: .edited)) == ["fine again"])
    await session.stop()
  }

  @Test func manyBadRecordsAreEachSetAside() async throws {
    let session = try session("ConcordHostilePlugin")
    let names = (0..<60).map { $0 % 4 == 1 ? "crash" : "fine \($0)" }
    // Each has its own content, as bad records have.
    let calls = names.enumerated().map { index, name in
      PluginCall.check(
        record(["command": "\"\(name)\"", "label": "\"\(index)\""], number: UInt64(index + 1)), lookups: [])
    }
    let results = await session.run(calls, priority: .background)
    #expect(answers(results) == names.map { $0 == "crash" ? "setAside" : $0 })
    await session.stop()
  }
}
