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
    switch command.text {
    case "crash": fatalError("as asked")
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
    case "noise": print("this must not reach anybody")
    default: break
    }
    report.finding(at: command, "", ["what": command.text ?? ""])
  }
}
