import Foundation
import JSONCodec
import LSPTestClient
import Testing

/// A session in which nothing happens: nobody wakes up for it.
@Suite(.serialized, .timeLimit(.minutes(3))) struct IdleTests {
  /// How often a process has gone to sleep by itself so far, all its threads together: each time something had woken it.
  private func sleeps(of process: Int32) throws -> Int {
    let threads = try FileManager.default.contentsOfDirectory(atPath: "/proc/\(process)/task")
    return threads.reduce(0) { sum, thread in
      let status = (try? String(contentsOfFile: "/proc/\(process)/task/\(thread)/status", encoding: .utf8)) ?? ""
      let line = status.split(separator: "\n").first { $0.hasPrefix("voluntary_ctxt_switches") }
      return sum + (line?.split(separator: "\t").last.flatMap { Int($0) } ?? 0)
    }
  }

  /// Over as long as another program takes that does nothing else.
  private func sleeps(of processes: [Int32], seconds: Int) async throws -> [Int] {
    let before = try processes.map(sleeps)
    _ = try await Program.run("/bin/sleep", ["\(seconds)"])
    return zip(try processes.map(sleeps), before).map { $0 - $1 }
  }

  @Test(arguments: [true, false]) func aServerAtRestWakesNobody(pulls: Bool) async throws {
    let server = try await ServerProcess.initialized(SessionOptions(pulls: pulls))
    var file = try OpenFile("shelf.json", in: server)
    let wrong = try file.range(ShelfTests.wrong)
    if pulls { _ = try await file.pull() } else { try await file.finding(ShelfTests.checkDigit, at: wrong) }
    try file.replace("store114", with: "store115")
    if pulls { _ = try await file.pull() } else { try await file.finding(ShelfTests.checkDigit, at: wrong) }
    let workers = server.workers
    #expect(!workers.isEmpty)
    // What the last edit set going comes to rest, on a busy machine not at once. What wakes again and again is never at rest.
    var counts: [Int] = []
    for _ in 0..<4 {
      _ = try await sleeps(of: [], seconds: 2)
      counts = try await sleeps(of: [server.processID] + workers, seconds: 6)
      // For each worker the server looks after it once at first, and ever more rarely: each pause is as long as all before.
      if counts[0] <= 4 * workers.count, counts.dropFirst().allSatisfy({ $0 == 0 }) { break }
    }
    #expect(counts[0] <= 4 * workers.count, "\(counts)")
    #expect(counts.dropFirst().allSatisfy { $0 == 0 }, "\(counts)")
    // It is there at once when it is wanted.
    #expect(await file.hover(wrong.lowerBound) != .null)
    await server.end()
  }
}
