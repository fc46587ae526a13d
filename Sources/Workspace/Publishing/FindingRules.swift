import Findings

/// The rules that something was found by in one document, numbered, and what the dataset says of them.
struct FindingRules: Sendable {
  private struct Entry: Sendable {
    var id: String
    var isDeclared: Bool
    var level: DocumentLevels.Level
  }

  private var entries: [Entry] = []
  private var numbers: [String: Int] = [:]

  var count: Int { entries.count }
  func id(_ number: Int) -> String { entries[number].id }
  func number(of rule: String) -> Int? { numbers[rule] }
  func isDeclared(_ number: Int) -> Bool { entries[number].isDeclared }

  func isOff(_ number: Int) -> Bool { entries[number].level == .off }

  /// At which severity a finding is shown; `nil` where the dataset has switched its rule off.
  func severity(of finding: Finding, _ number: Int) -> Severity? {
    switch entries[number].level {
    case .own: finding.severity
    case .set(let severity): severity
    case .off: nil
    }
  }

  /// Makes sure that a rule has a number.
  mutating func note(_ rule: String, _ levels: DocumentLevels) {
    guard numbers[rule] == nil else { return }
    numbers[rule] = entries.count
    entries.append(Entry(id: rule, isDeclared: levels.isDeclared(rule), level: levels.level(of: rule)))
  }
}

/// How a document's dataset has the findings of rules shown.
struct DocumentLevels: Sendable {
  enum Level: Sendable, Equatable {
    /// As grave as the finding says.
    case own
    case set(Severity)
    case off
  }

  private let library: Library
  private let configuration: DatasetConfiguration?
  private let path: String?

  init(_ library: Library, _ configuration: DatasetConfiguration?, path: String?) {
    self.library = library
    self.configuration = configuration
    self.path = path
  }

  func level(of rule: String) -> Level {
    guard let configuration, let path, let level = configuration.level(of: rule, in: path) else { return .own }
    return level.severity.map { .set($0) } ?? .off
  }

  /// Rules of schemas and of the host may say several things of one place.
  func isDeclared(_ rule: String) -> Bool { library.rule(rule)?.form == .declared }
}
