import Files
import Findings
import JSONCodec
import PluginHost

extension PluginTrial {
  /// Entries of one text.
  private static let entries = 24
  /// After so many texts in a row that a format does not take, no more are drawn of it.
  private static let mostRefused = 32

  /// Draws samples from what each format says of itself, and checks them: a rule that finds fault with them speaks of something that
  /// the format leaves open.
  func trySamples(_ report: inout TrialReport) async {
    for dialect in plugin.descriptor.dialects where options.samples > 0 {
      guard let file = dialect.schema,
        let bytes = try? FileSystem.regularFile(Paths.join(plugin.folder, file), limit: LibraryParts.fileLimit),
        let schema = try? JSONCodec.decode(JSONValue.self, from: bytes)
      else { continue }
      report.samples.append(await samples(of: dialect, schema))
    }
  }

  private func samples(of dialect: PluginDescriptor.Dialect, _ schema: JSONValue) async -> SampleCount {
    var count = SampleCount(format: plugin.id + "/" + dialect.id, drawn: 0, refused: 0, found: [:])
    var sampler = FormatSampler(schema, SeededNumbers(options.seed, count.format))
    let workspace = workspace(count.format, nil)
    let name = Self.path(of: dialect)
    var refusedInARow = 0
    while count.drawn < options.samples, refusedInARow < Self.mostRefused {
      guard let drawn = sampler.draw(entries: min(Self.entries, options.samples - count.drawn)),
        let text = dialect.columns.isEmpty
          ? Self.text(drawn, dialect.syntax) : Self.words(drawn, dialect.columns.map(\.name), dialect.absent),
        case .checked(let file, _) = await workspace.check(
          CheckItem(path: name, content: text, isNamed: true)),
        !file.findings.contains(where: { Self.isOfTheForm($0) })
      else {
        count.refused += 1
        refusedInARow += 1
        continue
      }
      refusedInARow = 0
      count.drawn += max(1, file.records)
      for finding in file.findings where finding.severity > .hint {
        count.found[finding.rule, default: 0] += finding.count
      }
    }
    await workspace.letGo()
    return count
  }

  /// What the format itself says of a text, and not a rule.
  private static func isOfTheForm(_ finding: CheckedFinding) -> Bool {
    ["schema/", "syntax/", "link/"].contains { finding.rule.hasPrefix($0) }
  }

  /// A name that the format goes by.
  private static func path(of dialect: PluginDescriptor.Dialect) -> String {
    guard dialect.columns.isEmpty else { return "drawn." + (dialect.files.first?.split(separator: ".").last ?? "txt") }
    return "drawn." + dialect.syntax
  }

  /// A line for each entry, and a word for each column; one that is not there ends its line.
  private static func words(_ value: JSONValue, _ columns: [String], _ absent: String) -> [UInt8]? {
    guard let entries = value.array, !entries.isEmpty else { return nil }
    let lines = entries.map { entry in
      columns.map { entry[$0] }.prefix { $0 != nil }.map { value in
        switch value {
        case .null?: absent
        case .string(let text)?: text
        case let other?: String(decoding: (try? JSONCodec.encode(other)) ?? [], as: UTF8.self)
        case nil: ""
        }
      }.joined(separator: " ")
    }
    return Array(lines.joined(separator: "\n").utf8)
  }

  private static func text(_ value: JSONValue, _ syntax: String) -> [UInt8]? {
    guard syntax != "json" else { return try? JSONCodec.encode(value) }
    guard let lines = value.array, !lines.isEmpty else { return nil }
    if syntax == "csv" { return table(lines) }
    return Array(lines.compactMap { try? JSONCodec.encode($0) }.joined(separator: [0x0A]))
  }

  /// A column for each member that some entry has.
  private static func table(_ entries: [JSONValue]) -> [UInt8]? {
    var names: [String] = []
    for member in entries.flatMap({ $0.members ?? [] }) where !names.contains(member.key) { names.append(member.key) }
    guard !names.isEmpty else { return nil }
    let rows = entries.map { entry in names.map { cell(entry[$0]) }.joined(separator: ",") }
    return Array(([names.map { cell(.string($0)) }.joined(separator: ",")] + rows).joined(separator: "\n").utf8)
  }

  private static func cell(_ value: JSONValue?) -> String {
    guard let value, value != .null else { return "" }
    let text = value.string ?? String(decoding: (try? JSONCodec.encode(value)) ?? [], as: UTF8.self)
    return "\"" + text.replacing("\"", with: "\"\"") + "\""
  }
}
