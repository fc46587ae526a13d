import Glibc
import JSONRPC
import LSPTestClient
import Synchronization
import Testing

@Suite struct OutboxTests {
  /// Nobody takes while thousands are replaced; then what is left comes once each, the newest, in order.
  @Test func whatIsReplacedAgainAndAgainComesOnceAndInOrder() {
    let outbox = Outbox(capacity: 1 << 20)
    outbox.add(Array("first".utf8))
    for round in 0..<5_000 {
      for subject in ["a", "b", "c"] { outbox.add(Array("\(subject)\(round)".utf8), subject: subject) }
      if round == 2_500 { outbox.add(Array("middle".utf8)) }
    }
    outbox.add(Array("last".utf8))
    outbox.close()
    var taken: [String] = []
    outbox.drain { bytes in
      taken.append(String(decoding: bytes, as: UTF8.self))
      return true
    }
    #expect(taken == ["first", "middle", "a4999", "b4999", "c4999", "last"])
  }

  @Test func whatExceedsTheCapacityClosesIt() {
    let outbox = Outbox(capacity: 100)
    #expect(outbox.add([UInt8](repeating: 1, count: 500)))
    #expect(!outbox.add([1]))
    #expect(!outbox.add([1]))
    outbox.close()
    var count = 0
    outbox.drain { bytes in
      count += bytes.count
      return true
    }
    #expect(count == 500)
  }
}
