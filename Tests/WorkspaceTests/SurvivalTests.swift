import Foundation
import PluginHost
import Synchronization
import TestSupport
import Testing
import Workspace

/// Workers that are killed in the middle of their work cost nothing but time.
@Suite struct SurvivalTests {
  /// Few enough deaths that no plugin is put to rest.
  static let deaths = 4

  @Test(arguments: [Form.cocoOneLine, .concord, .shelf, .checkout]) func killedWorkersLoseNoFinding(_ form: Form)
    async throws
  {
    let library = try Installation.makeLibrary()
    let pools = library.plugins.compactMap { $0.pool }
    let sessions = pools.flatMap { [$0.interactive, $0.bulk] }
    var killed = 0
    var seeds = SplitMix64(seed: UInt64(form.rawValue.utf8.count))
    // A call that a death accuses runs again alone; every round ends settled, so none is accused twice.
    for _ in 0..<Self.deaths {
      let seed = seeds.next()
      var run = EditRun(form, seed: seed, records: 60)
      run.library = library
      let round = Round(fatalStep: 3 + Int(seed % 8))
      let failure = try await run.run(edits: 12, stretch: 1000) { step in
        guard step == round.fatalStep else { return }
        for session in sessions {
          if let process = await session.processID, kill(process, SIGKILL) == 0 { round.count() }
        }
      }
      #expect(failure == nil, "\(form), seed \(seed): \(failure ?? "")")
      killed += round.killed
    }
    #expect(killed >= Self.deaths)
    for pool in pools { await pool.stop() }
  }

  /// The first open is the moment at which no worker is ready yet.
  @Test func workersKilledWhileAFileOpensAreReplaced() async throws {
    let library = try Installation.makeLibrary()
    let form = Form.cocoPretty
    var texts = Texts(seed: 5)
    let text = texts.text(form, records: 2000)
    let expected = try await Desk(text, dialect: form.dialect).findings
    let desk = try await Desk(text, dialect: form.dialect, library: library)
    let pools = library.plugins.compactMap { $0.pool }
    // Other tests run beside this one, and a file is opened in no time: whoever kills is not to wait for their turn.
    let killed = await Task(priority: .high) {
      var killed = 0
      while killed < Self.deaths, await !desk.workspace.isSettled(desk.uri) {
        for pool in pools {
          if let process = await pool.bulk.processID, kill(process, SIGKILL) == 0 { killed += 1 }
        }
        await Task.yield()
      }
      return killed
    }.value
    #expect(killed > 0)
    #expect(try await desk.findings == expected)
    for pool in pools { await pool.stop() }
  }

  private final class Round: Sendable {
    let fatalStep: Int
    private let counter = Mutex(0)
    init(fatalStep: Int) { self.fatalStep = fatalStep }
    func count() { counter.withLock { $0 += 1 } }
    var killed: Int { counter.withLock { $0 } }
  }
}
