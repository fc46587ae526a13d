import Glibc
import PluginKit

/// Does on request what plugins should not: the text of the field `command` says what.
struct Misbehaving: RecordRule {
  static let info = RuleInfo(
    id: "misbehaving", severity: .error, summary: "Does what plugins should not.", why: "For tests.", message: "{what}",
    good: ["{}"], bad: ["⟪{}⟫"])
  static let reads = Reads(fields: ["command"])

  func check(_ record: Record, _ report: inout Report) {
    guard let command = record.first("command") else { return }
    // Not known before it runs, so that the compiler can't say what would happen.
    let number = command.text?.utf8.count ?? 0
    switch command.text {
    case "crash": fatalError("as asked")
    case "index": report.finding(at: command, "", ["what": [1, 2, 3][number + 3]])
    case "arithmetic": report.finding(at: command, "", ["what": Int.max + number])
    case "nothing": report.finding(at: command, "", ["what": ([] as [String]).first!])
    case "cast": report.finding(at: command, "", ["what": "\(number as Any as! String)"])
    case "precondition": precondition(number == 0)
    case "recursion": report.finding(at: command, "", ["what": Self.deep(number)])
    case "exit": exit(0)
    case "loop": while true {}
    case "sleep": while true { pause() }
    case "garbage":
      var bytes = [UInt8](repeating: 0xA5, count: 64)
      _ = unsafe write(3, &bytes, bytes.count)
    case "storm":
      var held: [[UInt8]] = []
      while true { held.append([UInt8](repeating: 1, count: 64 << 20)) }
    case "flood": for number in 0..<100_000 { report.finding(at: command, "", ["what": number]) }
    case "unknown message": report.finding(at: command, "nobody wrote this")
    case "task": Task.detached { while true { await Task.yield() } }
    case "noise": print("this must not reach anybody")
    default: break
    }
    report.finding(at: command, "", ["what": command.text ?? ""])
  }

  /// Never ends, and is no loop that a compiler could make of it.
  private static func deep(_ number: Int) -> Int {
    let more = (0..<64).map { $0 &+ number }
    return deep(number &+ 1) &+ more.reduce(0, &+)
  }
}
