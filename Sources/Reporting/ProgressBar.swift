/// How far a check has come, on one line.
package struct ProgressBar: Sendable {
  package var done: Int
  package var all: Int
  package var bytesDone: Int
  package var bytes: Int

  package init(done: Int, all: Int, bytesDone: Int, bytes: Int) {
    self.done = done
    self.all = all
    self.bytesDone = bytesDone
    self.bytes = bytes
  }

  /// A bar and the count of files, at most `width` columns wide; only the count where there is no room for more.
  ///
  /// It grows with the bytes of the files that are done, since one file can be larger than all others.
  package func text(width: Int) -> String {
    let count = "\(done)/\(all)"
    let room = min(40, width - count.utf8.count - 8)
    guard room >= 4 else { return String(count.prefix(max(0, width))) }
    let filled = bytes > 0 ? Int(Double(room) * min(1, Double(bytesDone) / Double(bytes))) : 0
    let bar = String(repeating: "█", count: filled) + String(repeating: "░", count: room - filled)
    let percent = bytes > 0 ? Int(100 * min(1, Double(bytesDone) / Double(bytes))) : 0
    return "\(bar) \(count) \(percent) %"
  }
}
