import Manifest
import Schema

extension DocumentSnapshot {
  /// Looks at the records of each type in order, and leaves a type alone of which the first hundred gave nothing.
  ///
  /// `body` adds what it finds and says whether that was anything; with `false` for `goesOn` it ends. Looks at no more than some
  /// thousands of records, so that the answer comes in the time that somebody waits.
  func sampleRecords(goesOn: () -> Bool, _ body: (RecordReading) -> Bool) {
    guard let reader = RecordReader(self) else { return }
    var left = Self.sampledRecords
    for type in 0..<max(1, document.recordCounts.count) {
      var (seen, hits) = (0, 0)
      for record in document.records(of: type) {
        guard left > 0, goesOn(), !Task.isCancelled, seen < Self.fruitless || hits > 0 else { break }
        left -= 1
        seen += 1
        if let reading = reader.read(record), body(reading) { hits += 1 }
      }
    }
  }

  private static let sampledRecords = 5000
  private static let fruitless = 100
}
