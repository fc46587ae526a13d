import CWorkerSystem
import WorkerProtocol

extension ByteReader {
  /// Asks the processor for what follows, without waiting for it.
  func fetch(_ count: Int) {
    unsafe rest { rest in
      guard let base = rest.baseAddress else { return }
      for offset in stride(from: 0, to: min(count, rest.count), by: 64) { unsafe ws_fetch(base + offset) }
    }
  }
}
