import Facts
import Files
import Findings
import Manifest
import PluginHost

/// What ran on one file and what it found, rule by rule.
struct FileTally: Sendable {
  private(set) var ran: [String: Int] = [:]
  private(set) var found: [String: Int] = [:]
  /// What was found and somebody has accepted.
  private(set) var accepted: [String: Int] = [:]
  /// Rules that the dataset has switched off for this file.
  private(set) var switchedOff: Set<String> = []
  /// The plugins that had a say in it.
  private(set) var plugins: Set<String> = []
  /// Media files it names, and how many of them could not be looked into.
  private(set) var media = (named: 0, missing: 0)
  private(set) var faults: [String]
  /// Hash of its dataset's configuration.
  private(set) var configuration: String?
  /// Its dataset's own vocabularies.
  var vocabularies: [VocabularySummary] = []
  /// What its dataset's files came to where they are joined; with the first of them.
  private(set) var joins: [JoinSummary] = []
  private(set) var disagreements: [DisagreementSummary] = []

  /// What came of a settled document, of which `shown` is reported. `settled` tells how many things of each kind of disagreement
  /// are accepted.
  init(of state: DocumentState, shown: [PresentedFinding], library: Library, settled: () -> [UInt64: Int]) {
    faults = state.faults
    configuration = state.configuration?.hash
    let pictures = state.mediaHeaders.filter { $0.key.sort == .picture }
    media = (pictures.count, pictures.values.count { $0.map { $0.starts(with: HostFacts.missing.utf8) } ?? true })
    for rule in SyntaxRules.all { ran[rule.id] = 1 }
    ran.merge(state.ruleCounts?.records ?? [:], uniquingKeysWith: +)
    // What joined files have in common is counted with the first of them.
    ran.merge(state.space.takeAnswered(library.plan), uniquingKeysWith: +)
    let records = state.document.recordCounts.reduce(0, +)
    if let dialect = state.recognition.dialect {
      plugins.insert(dialect.plugin)
      for rule in dialect.ruleIDs { ran[rule, default: 0] += records }
    }
    for call in state.checker?.calls ?? [] { plugins.insert(call.plugin.id) }
    for finding in shown {
      if finding.acceptance == nil {
        found[finding.rule, default: 0] += finding.count
      } else {
        accepted[finding.rule, default: 0] += finding.count
      }
      if ran[finding.rule] == nil { ran[finding.rule] = records }
    }
    noteSwitchedOff(by: state.configuration, path: state.path)
    if let configuration = state.configuration, !state.space.isTallied {
      state.space.isTallied = true
      let report = JoinReport(space: state.space, configuration: configuration)
      (joins, disagreements) = (report.summaries, report.disagreements(settled: settled()))
    }
  }

  private mutating func noteSwitchedOff(by configuration: DatasetConfiguration?, path: String?) {
    guard let configuration, let path else { return }
    for rule in Set(configuration.levels.map(\.rule)) {
      guard let level = configuration.level(of: rule, in: path), level.severity == nil else { continue }
      switchedOff.insert(rule)
      ran[rule] = nil
    }
  }
}

/// Counts what ran and what was found over all files, rule by rule.
struct RuleTally {
  private let library: Library
  private var ran: [String: Int] = [:]
  private var found: [String: Int] = [:]
  private var accepted: [String: Int] = [:]
  private var filesSwitchedOff: [String: Int] = [:]
  private var plugins: Set<String> = []
  /// By rule that looks into pictures: those named in files that it ran over, and how many of them are not here.
  private var pictures: [String: (named: Int, missing: Int)] = [:]
  private let mediaRules: Set<String>
  private var configurations: Set<String> = []
  private(set) var faults: [String] = []
  /// The datasets' own vocabularies, each once.
  private(set) var vocabularies: [VocabularySummary] = []
  private(set) var joins: [JoinSummary] = []
  private(set) var disagreements: [DisagreementSummary] = []

  init(library: Library) {
    self.library = library
    mediaRules = library.mediaRules
  }

  /// Takes in what is known of one more file.
  mutating func add(_ file: FileTally) {
    ran.merge(file.ran, uniquingKeysWith: +)
    found.merge(file.found, uniquingKeysWith: +)
    accepted.merge(file.accepted, uniquingKeysWith: +)
    for rule in file.switchedOff { filesSwitchedOff[rule, default: 0] += 1 }
    plugins.formUnion(file.plugins)
    // What names no pictures is not wanting for them.
    if file.media.named > 0 {
      for rule in mediaRules where file.ran[rule] != nil {
        let known = pictures[rule] ?? (0, 0)
        pictures[rule] = (known.named + file.media.named, known.missing + file.media.missing)
      }
    }
    if let configuration = file.configuration { configurations.insert(configuration) }
    joins += file.joins
    disagreements += file.disagreements
    for list in file.vocabularies where !vocabularies.contains(list) { vocabularies.append(list) }
    for fault in file.faults where !faults.contains(fault) { faults.append(fault) }
  }

  /// One hash for the configurations of all datasets the files belong to.
  var configuration: String {
    Digest.sha256(Array(configurations.sorted().joined(separator: "\n").utf8))
  }

  /// Every rule that ran, was switched off, or belongs to a plugin that had a say; by id.
  var summaries: [RuleSummary] {
    let idle = library.allRules.lazy.map(\.id).filter { id in
      id.utf8.firstIndex(of: UInt8(ascii: "/")).map { plugins.contains(String(id[..<$0])) } ?? false
    }
    let all = Set(ran.keys).union(filesSwitchedOff.keys).union(idle)
    return all.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }.map { rule in
      RuleSummary(
        id: rule, ran: ran[rule] ?? 0, found: found[rule] ?? 0, accepted: accepted[rule] ?? 0, skipped: skipped(rule))
    }
  }

  /// Why a rule did not run everywhere, in plain words.
  private func skipped(_ rule: String) -> String? {
    if let files = filesSwitchedOff[rule] {
      let place = ran[rule] == nil ? "" : files == 1 ? " for 1 file" : " for \(files) files"
      return "switched off in concord.json\(place)"
    }
    guard let media = pictures[rule], media.missing > 0 else { return nil }
    return media.missing == media.named
      ? "the pictures are not here" : "\(media.missing) of \(media.named) pictures are not here"
  }
}

extension Library {
  /// Rules that look into the headers of media files.
  fileprivate var mediaRules: Set<String> {
    var found: Set<String> = []
    for code in plugins.compactMap(\.code) {
      let lookups = code.rules.lookups
      // What adds up amounts has something to say whatever is here.
      for rule in code.rules.rules where rule.info.form != .tally {
        // One that looks them up beside what it is called for has something to say without them, too.
        let readsMedia = rule.lookups.contains { index in
          guard lookups.indices.contains(index), lookups[index].kind == HostFacts.media else { return false }
          guard case .field(let field) = lookups[index].by else { return true }
          return rule.fields.contains(field)
        }
        if readsMedia { found.insert(rule.info.id) }
      }
    }
    return found
  }
}
