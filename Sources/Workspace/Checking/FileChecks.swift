import PluginHost

/// Checks many files, several at a time, and hands out what came of each in the order of the list.
///
/// The same inputs give the same report, however many files are checked at a time.
package struct FileChecks: Sendable {
  private let library: Library
  private var options: Workspace.Options
  private let jobs: Int

  /// How far ahead of the first file that is still being checked others may be, for each job: their findings wait in memory.
  private static let lead = 8

  /// `jobs` is how many files are checked at a time, at least 1.
  package init(library: Library, options: Workspace.Options, jobs: Int = 1) {
    self.library = library
    self.options = options
    self.options.countsRules = true
    self.jobs = max(1, jobs)
  }

  /// Checks the items.
  ///
  /// - Parameters:
  ///   - items: in the order in which they are handed out.
  ///   - asOf: the day that stands in the report.
  ///   - noteDone: called for every item when it is done, in any order, with its index.
  ///   - handOut: takes what came of a file. Files that could not be read or are passed over are not handed out.
  /// - Returns: the report without its files.
  package func run(
    _ items: [CheckItem], asOf: String, noteDone: (Int) -> Void = { _ in }, handOut: (CheckedFile) -> Void
  ) async -> CheckReport {
    // Before anything is checked: what is named in the report is what was used.
    let plugins = library.plugins.map {
      PluginSummary(id: $0.id, version: $0.descriptor.version, sha256: $0.sha256)
    }
    var tally = RuleTally(library: library)
    var unreadable: [String] = []
    var waiting: [Int: FileOutcome] = [:]
    var handedOut = 0
    var parts = CheckParts(items, library: library)
    var idle = (0..<min(jobs, max(1, items.count))).map { _ in Workspace(library: library, options: options) }
    await withTaskGroup(of: (CheckParts.Part, Workspace, FileOutcome).self) { group in
      func start(_ part: CheckParts.Part, in workspace: Workspace) {
        let item = items[part.current]
        group.addTask { (part, workspace, await workspace.check(item)) }
      }
      while handedOut < items.count {
        while let workspace = idle.last, let part = parts.next(before: handedOut + jobs * Self.lead) {
          idle.removeLast()
          start(part, in: workspace)
        }
        guard let (part, workspace, outcome) = await group.next() else { break }
        if let rest = part.rest { start(rest, in: workspace) } else { idle.append(workspace) }
        waiting[part.current] = outcome
        noteDone(part.current)
        while let next = waiting.removeValue(forKey: handedOut) {
          switch next {
          case .checked(let file, let ofFile):
            tally.add(ofFile)
            handOut(file)
          case .unreadable(let why): unreadable.append(why)
          case .passedOver: break
          }
          handedOut += 1
        }
      }
    }
    for workspace in idle { await workspace.letGo() }
    var report = report(tally, plugins, asOf: asOf, unreadable: unreadable)
    (report.joins, report.disagreements) = (tally.joins, tally.disagreements)
    return report
  }

  /// Checks the items and keeps the files in the report.
  package func report(_ items: [CheckItem], asOf: String) async -> CheckReport {
    var files: [CheckedFile] = []
    var report = await run(items, asOf: asOf) { files.append($0) }
    report.files = files
    return report
  }

  private func report(
    _ tally: RuleTally, _ plugins: [PluginSummary], asOf: String, unreadable: [String]
  ) -> CheckReport {
    CheckReport(
      asOf: asOf, configuration: tally.configuration,
      plugins: plugins,
      vocabularies: library.vocabularies.map {
        VocabularySummary(id: $0.id, version: $0.version, sha256: $0.sha256)
      } + tally.vocabularies,
      rules: tally.summaries, notRun: unreadable + library.problems + tally.faults)
  }
}
