import Facts
import Files
import Findings
import Manifest
import PluginHost
import Schema

/// Something to check once.
package struct CheckItem: Sendable, Hashable {
  /// As the report shows it.
  package var path: String
  /// Its content where that can't be read by path.
  package var content: [UInt8]?
  /// Met in a folder only: passed over if it is of no known kind and belongs to no dataset.
  package var isNamed: Bool

  package init(path: String, content: [UInt8]?, isNamed: Bool) {
    self.path = path
    self.content = content
    self.isNamed = isNamed
  }
}

extension Workspace {
  /// Largest file read.
  private static let sizeLimit = 4 << 30

  /// Opens, settles and closes file by file. The same inputs give the same report.
  package func check(_ items: [CheckItem], asOf: String) async -> CheckReport {
    var report = CheckReport(asOf: asOf, configuration: "")
    var tally = RuleTally(library: library)
    var configurations: [String] = []
    var ownLists: [TermList] = []
    for item in items where !isPassedOver(item) {
      let bytes: [UInt8]
      do {
        bytes = try Self.content(of: item)
      } catch {
        report.notRun.append("\(item.path): \(error.message)")
        continue
      }
      let path = item.content == nil ? (try? FileSystem.resolved(item.path)) ?? item.path : nil
      open(item.path, path: path, text: bytes, isNamed: item.isNamed)
      guard let state = documents[item.path] else { continue }
      state.isPublished = false
      await settled(state)
      let snapshot = DocumentSnapshot(of: state, in: self)
      close(item.path)
      if state.isQuiet { continue }
      if let configuration = state.configuration { configurations.append(configuration.hash) }
      for list in self.ownLists(for: state) where !ownLists.contains(where: { $0 === list }) { ownLists.append(list) }
      report.files.append(checkedFile(item.path, bytes, state, snapshot, &tally))
    }
    report.configuration = Digest.sha256(Array(Set(configurations).sorted().joined(separator: "\n").utf8))
    report.plugins = library.plugins.map {
      PluginSummary(id: $0.id, version: $0.descriptor.version, sha256: $0.sha256)
    }
    report.vocabularies = (library.vocabularies.map(\.list) + ownLists).map {
      VocabularySummary(id: $0.id, version: $0.version, sha256: $0.sha256)
    }
    report.rules = tally.summaries
    report.notRun += library.problems + tally.faults
    return report
  }

  /// A table met in a folder is read only if it is somebody's vocabulary: it may be anything, and large.
  private func isPassedOver(_ item: CheckItem) -> Bool {
    guard !item.isNamed, item.content == nil, VocabularyFile.isTable(item.path) else { return false }
    let path = (try? FileSystem.resolved(item.path)) ?? item.path
    return !library.isVocabulary(path, DatasetConfiguration.governing(path))
  }

  private static func content(of item: CheckItem) throws(FileError) -> [UInt8] {
    if let content = item.content { return content }
    return try FileSystem.regularFile(item.path, limit: sizeLimit)
  }

  private func checkedFile(
    _ path: String, _ bytes: [UInt8], _ state: DocumentState, _ snapshot: DocumentSnapshot, _ tally: inout RuleTally
  ) -> CheckedFile {
    let shown = snapshot.shown(limit: nil).findings
    let checks = tally.add(state, shown)
    let isConfiguration = Paths.name(of: path) == DatasetConfiguration.fileName
    let known = isConfiguration ? (kind: "concord/dataset", reason: "its name") : nil
    return CheckedFile(
      path: path, sha256: Digest.sha256(bytes), dialect: state.recognition.dialect?.id ?? known?.kind,
      recognised: state.recognition.reason ?? known?.reason,
      records: state.document.recordCounts.dropFirst().reduce(0, +),
      findings: snapshot.checked(shown, path: path), checks: checks)
  }
}

extension DocumentSnapshot {
  /// Everything there is to show, as `concord check` reports it.
  package func checkedFindings(path: String) -> [CheckedFinding] { checked(shown(limit: nil).findings, path: path) }

  /// Findings as reports have them, in order of place.
  func checked(_ shown: [PresentedFinding], path: String) -> [CheckedFinding] {
    shown.sorted { ($0.range.lowerBound, $0.range.upperBound) < ($1.range.lowerBound, $1.range.upperBound) }
      .map { checked($0, path: path) }
  }

  private func checked(_ shown: PresentedFinding, path: String) -> CheckedFinding {
    CheckedFinding(
      rule: shown.rule, severity: shown.severity, message: shown.message, fingerprint: shown.fingerprint,
      bytes: shown.range, start: checkedPosition(shown.range.lowerBound), end: checkedPosition(shown.range.upperBound),
      pointer: pointer(at: shown), count: shown.count,
      related: shown.related.map {
        CheckedRelated(
          path: path, start: checkedPosition($0.range.lowerBound), end: checkedPosition($0.range.upperBound),
          message: $0.message)
      },
      fixes: shown.finding.fixes.map { fix in
        CheckedFix(
          title: title(of: fix, rule: shown.rule), isCertain: fix.isCertain,
          edits: (textEdits(of: fix) ?? []).map {
            CheckedEdit(path: path, bytes: $0.range, text: String(decoding: $0.replacement, as: UTF8.self))
          })
      }, isSensitive: shown.isSensitive)
  }

  private func checkedPosition(_ offset: Int) -> CheckedPosition {
    let position = document.position(at: offset, in: .utf16)
    return CheckedPosition(line: position.line, character: position.character)
  }

  /// The JSON pointer of the value a finding stands at; the innermost one that holds it.
  private func pointer(at shown: PresentedFinding) -> String {
    let place = shown.finding.place
    let isText = place.record.record == Self.wholeText
    let record = isText ? document.innermostRecord(at: shown.range.lowerBound).id : place.record.record
    guard let tree = document.tree(of: record) else { return "" }
    let own = isText ? document.relative(shown.range.lowerBound, in: record) ?? 0 : Int(place.start)
    let exact = isText ? nil : tree.nodes.firstIndex { $0.start == place.start && $0.end == place.end }
    return document.pointer(of: exact ?? tree.node(at: own), tree: tree, in: record)
  }
}

/// Counts what ran and what was found, rule by rule.
struct RuleTally {
  private let library: Library
  private var ran: [String: Int] = [:]
  private var found: [String: Int] = [:]
  private(set) var faults: [String] = []

  init(library: Library) { self.library = library }

  /// Takes in a settled document; returns how many rules ran on it.
  mutating func add(_ state: DocumentState, _ shown: [PresentedFinding]) -> Int {
    var here: [String: Int] = [:]
    for (number, count) in state.callCounts {
      for rule in library.plan.call(number)?.rules ?? [] { here[rule, default: 0] += count }
    }
    let records = state.document.recordCounts.reduce(0, +)
    for rule in state.recognition.dialect.map(declaredRules) ?? [] { here[rule, default: 0] += records }
    for finding in shown {
      found[finding.rule, default: 0] += finding.count
      if here[finding.rule] == nil { here[finding.rule] = records }
    }
    for (rule, count) in here { ran[rule, default: 0] += count }
    for fault in state.faults where !faults.contains(fault) { faults.append(fault) }
    return here.count
  }

  private func declaredRules(of dialect: Dialect) -> [String] {
    dialect.program.ruleInfos.map(\.id)
  }

  var summaries: [RuleSummary] {
    ran.keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }.map { rule in
      RuleSummary(id: rule, ran: ran[rule] ?? 0, found: found[rule] ?? 0)
    }
  }
}
