import Files
import Findings
import PluginHost

/// A text with the format it was found to have.
struct TriedText: Sendable {
  var title: String
  var bytes: [UInt8]
  var dialect: String
}

extension PluginTrial {
  /// Larger files of `Examples` are checked, and not changed.
  private static let changedFileLimit = 32 << 10

  /// Checks all examples; the texts whose format is known.
  func tryExamples(_ witness: CallWitness, _ report: inout TrialReport) async -> [TriedText] {
    var tried: [TriedText] = []
    for rule in library.allRules where rule.id.hasPrefix(plugin.id + "/") {
      let texts = TrialText.all(of: rule)
      report.rules += 1
      report.examples += texts.count
      if rule.bad.isEmpty { report.rulesWithoutExamples.append(rule.id) }
      var assumed: String?
      for text in texts {
        let outcome = await outcome(of: text, assuming: assumed, witness)
        if text.isBad { assumed = assumed ?? outcome.assumed }
        report.faults += outcome.problems.map { TrialFault(kind: .example, place: text.title, message: $0) }
        for (file, dialect) in zip(text.files, outcome.dialects) {
          guard let dialect else { continue }
          tried.append(TriedText(title: text.title, bytes: file.bytes, dialect: dialect))
        }
      }
    }
    return tried + (await tryFiles(witness, &report))
  }

  private struct Outcome {
    var problems: [String] = []
    /// By file.
    var dialects: [String?] = []
    /// The format that was tried because none was recognized.
    var assumed: String?
  }

  /// Looks at an example as it stands. Examples may leave out what their format is known by: then the plugin's formats are tried
  /// in order, `first` before them.
  private func outcome(of text: TrialText, assuming first: String?, _ witness: CallWitness) async -> Outcome {
    let asItStands = await look(at: text, as: nil, witness)
    guard text.files.count == 1, asItStands.dialects == [nil] else { return asItStands }
    for dialect in [first].compactMap(\.self) + formats {
      var tried = await look(at: text, as: dialect, witness)
      guard tried.problems.isEmpty else { continue }
      tried.assumed = dialect
      return tried
    }
    return asItStands
  }

  private func look(at text: TrialText, as dialect: String?, _ witness: CallWitness) async -> Outcome {
    let workspace = workspace(dialect, witness)
    witness.begin(text.title)
    _ = witness.takeFaults()
    var outcome = Outcome()
    var isAnyMarked = false
    do {
      for (item, file) in zip(try items(of: text), text.files) where file.name != DatasetConfiguration.fileName {
        guard case .checked(let checked, let tally) = await workspace.check(item) else {
          outcome.problems.append("it could not be checked")
          outcome.dialects.append(nil)
          continue
        }
        outcome.dialects.append(checked.dialect)
        outcome.problems += tally.faults
        isAnyMarked = isAnyMarked || !file.marks.isEmpty
        outcome.problems += problems(text.rule, checked, file, isOnlyFile: text.files.count == 1)
      }
    } catch {
      outcome.problems.append("\(error.path): \(error.message)")
    }
    await workspace.letGo()
    if outcome.dialects == [nil] {
      // Whatever else is said follows from this.
      outcome.problems = [
        "its format is not known, and with none of the plugin's formats it shows what it is there for"
      ]
    } else if text.isBad, !isAnyMarked {
      outcome.problems.append("it marks no place with ⟪ ⟫ where something is to be found")
    } else if !text.isBad, isAnyMarked {
      outcome.problems.append("it marks a place, though nothing is to be found in it")
    }
    for fault in witness.takeFaults() where !outcome.problems.contains(fault.message) {
      outcome.problems.append(fault.message)
    }
    return outcome
  }

  /// One file is checked as it stands; several are a dataset, and lie in a folder of their own.
  private func items(of text: TrialText) throws(FileError) -> [CheckItem] {
    if text.files.count == 1 { return [CheckItem(path: "example.json", content: text.files[0].bytes, isNamed: true)] }
    let name = text.title.map { $0.isLetter || $0.isNumber ? $0 : "-" }
    let folder = Paths.join(options.scratch, String(name))
    try FileSystem.makeFolder(folder)
    if !text.files.contains(where: { $0.name == DatasetConfiguration.fileName }) {
      try FileSystem.create(Paths.join(folder, DatasetConfiguration.fileName), with: Array("{}".utf8))
    }
    var items: [CheckItem] = []
    for file in text.files {
      let path = Paths.join(folder, file.name)
      guard Paths.relative(path, to: folder) != nil, !file.name.split(separator: "/").contains("..") else { continue }
      try? FileSystem.makeFolder(Paths.folder(of: path))
      try FileSystem.create(path, with: file.bytes)
      items.append(CheckItem(path: path, content: nil, isNamed: true))
    }
    return items
  }

  private func problems(
    _ rule: String, _ checked: CheckedFile, _ file: TrialText.File, isOnlyFile: Bool
  ) -> [String] {
    let found = checked.findings.filter { $0.rule == rule }.map(\.bytes)
    let name = isOnlyFile ? "" : "\(file.name): "
    let missed = file.marks.filter { !found.contains($0) }.map { "\(name)nothing is found at \(place($0, file))" }
    let surplus = found.filter { !file.marks.contains($0) }.map {
      "\(name)something is found at \(place($0, file)), which is not marked"
    }
    return missed + surplus
  }

  /// `1:17 "abc"`, with line and column from 1, in bytes.
  private func place(_ range: Range<Int>, _ file: TrialText.File) -> String {
    let before = file.bytes[..<min(range.lowerBound, file.bytes.count)]
    let line = before.count { $0 == 0x0A } + 1
    let column = before.count - (before.lastIndex(of: 0x0A).map { $0 + 1 } ?? 0) + 1
    let text = String(decoding: file.bytes[range.clamped(to: file.bytes.indices)].prefix(40), as: UTF8.self)
    return "\(line):\(column) `\(text)`"
  }

  // MARK: Files

  /// Files of `Examples`: in those whose names begin with `bad` something must be found, in others nothing.
  private func tryFiles(_ witness: CallWitness, _ report: inout TrialReport) async -> [TriedText] {
    let folder = Paths.join(plugin.folder, "Examples")
    guard FileSystem.status(of: folder)?.kind == .folder else { return [] }
    let patterns = plugin.descriptor.dialects.flatMap(\.files) + ["*.json", "*.jsonl"]
    let paths = FileWalk(below: folder) { name in patterns.contains { Paths.matches($0, path: name) } }.files.sorted()
    var tried: [TriedText] = []
    for path in paths where Paths.name(of: path) != DatasetConfiguration.fileName {
      let title = String(path.dropFirst(plugin.folder.count + 1))
      witness.begin(title)
      let workspace = workspace(nil, witness)
      let outcome = await workspace.check(CheckItem(path: path, content: nil, isNamed: true))
      await workspace.letGo()
      report.files += 1
      guard case .checked(let file, let tally) = outcome else {
        report.faults.append(TrialFault(kind: .example, place: title, message: "it could not be checked"))
        continue
      }
      let problems = problem(of: file).map { [$0] } ?? []
      report.faults += (problems + tally.faults).map { TrialFault(kind: .example, place: title, message: $0) }
      guard let dialect = file.dialect, dialect.hasPrefix(plugin.id + "/"),
        let bytes = try? FileSystem.regularFile(path, limit: Self.changedFileLimit)
      else { continue }
      tried.append(TriedText(title: title, bytes: bytes, dialect: dialect))
    }
    return tried
  }

  private func problem(of file: CheckedFile) -> String? {
    if Paths.name(of: file.path).hasPrefix("bad") {
      return file.findings.isEmpty ? "nothing is found in it" : nil
    }
    guard let finding = file.findings.first else { return file.dialect == nil ? "its format is not known" : nil }
    return "\(finding.start.line + 1):\(finding.start.character + 1): \(finding.message) [\(finding.rule)]"
  }
}
