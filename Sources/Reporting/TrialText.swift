package import Workspace

/// What came of trying out a plugin, for the person who makes it.
package struct TrialText: Sendable {
  package let text: String

  package init(_ report: TrialReport) {
    var lines = ["\(report.plugin) \(report.version)"]
    lines += report.faults.flatMap(Self.lines)
    lines.append("")
    lines += Self.table(Self.summary(report))
    if !report.costs.isEmpty || report.jointCost != nil { lines += [""] + Self.costs(report) }
    if !report.slowest.isEmpty { lines += ["", "what took longest"] + Self.table(report.slowest.map(Self.row)) }
    text = lines.joined(separator: "\n")
  }

  private static func lines(_ fault: TrialFault) -> [String] {
    let head = "  \(fault.place.printable): \(fault.message.printable)"
    guard let text = fault.text else { return [head] }
    return [head, "    with: " + shown(text)]
  }

  /// The beginning of a text, on one line.
  private static func shown(_ text: [UInt8]) -> String {
    String(decoding: text.prefix(400), as: UTF8.self).printable + (text.count > 400 ? "…" : "")
  }

  private static func summary(_ report: TrialReport) -> [[String]] {
    func verdict(_ kind: TrialFault.Kind, _ good: String) -> String {
      let count = report.faults.count { $0.kind == kind }
      return count == 0 ? good : count == 1 ? "1 fault" : "\(count) faults"
    }
    var rows = [
      [
        "examples", "\(report.examples) of \(report.rules) rules, \(report.files) files",
        verdict(.example, "all show what they are there for"),
      ]
    ]
    if !report.rulesWithoutExamples.isEmpty {
      rows.append(["", "without a bad one", report.rulesWithoutExamples.joined(separator: ", ")])
    }
    rows.append(
      report.hasCode
        ? [
          "order", "\(report.calls) calls, each \(report.askings) times",
          verdict(.purity, "the same answers whatever came before"),
        ] : ["order", "no code", "nothing could depend on it"])
    rows.append([
      "changes", "\(report.changes) texts, seed \(report.seed)",
      verdict(.change, report.hasCode ? "no stop, no answer out of place" : "nothing out of place"),
    ])
    for sample in report.samples { rows.append(["samples", "\(sample.drawn) of \(sample.format)", of(sample)]) }
    return rows
  }

  private static func of(_ sample: SampleCount) -> String {
    if sample.drawn == 0 { return "its format says too little of itself to draw any" }
    let rules = sample.found.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { "\($0.key) \($0.value)×" }
    return rules.isEmpty ? "nothing found" : "look whether these are right: " + rules.joined(separator: ", ")
  }

  private static func costs(_ report: TrialReport) -> [String] {
    if let cost = report.jointCost {
      return ["A record takes \(time(cost)). This code does not tell its rules apart, so none can be timed by itself."]
    }
    let rows = report.costs.map { cost in
      [
        cost.rule, "\(cost.records)", cost.records > 0 ? time(cost.recordCost) : "",
        cost.joins > 0 ? "\(cost.joins)" : "",
        cost.joins > 0 ? time(cost.joinCost) : "",
      ]
    }
    return table([["rule", "records", "each", "joins", "each"]] + rows)
  }

  private static func row(_ record: SlowRecord) -> [String] {
    [time(record.nanoseconds), "\(record.bytes) bytes", record.place]
  }

  /// Microseconds with one decimal.
  private static func time(_ nanoseconds: Double) -> String {
    let tenths = Int((min(max(nanoseconds, 0), 1e15) / 100).rounded())
    return "\(tenths / 10).\(tenths % 10) µs"
  }

  /// Columns two spaces apart.
  private static func table(_ rows: [[String]]) -> [String] {
    let columns = rows.map(\.count).max() ?? 0
    let widths = (0..<columns).map { column in rows.map { $0.count > column ? $0[column].count : 0 }.max() ?? 0 }
    return rows.map { row in
      let cells = row.enumerated().map { index, cell in
        index == row.count - 1 ? cell : cell + String(repeating: " ", count: widths[index] - cell.count)
      }
      let line = "  " + cells.joined(separator: "  ")
      return String(line.reversed().drop { $0 == " " }.reversed())
    }
  }
}
