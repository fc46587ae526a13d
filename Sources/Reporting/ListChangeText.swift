package import Workspace

/// What a new list changes, for the person who keeps it.
package struct ListChangeText: Sendable {
  package let text: String
  /// How many names of one sort are printed.
  private static let shown = 20

  /// `files` are those with labels of the list; `checked` says how many were looked at, `nil` if none were to be.
  package init(_ trial: ListTrial, files: [ListTrial.FileImpact], checked: Int?) {
    var lines = Self.list(trial)
    guard let checked else {
      text = lines.joined(separator: "\n")
      return
    }
    lines.append("")
    for file in files where !file.changed.isEmpty { lines += Self.lines(file) }
    lines.append(Self.summary(files, checked: checked))
    text = lines.joined(separator: "\n")
  }

  private static func list(_ trial: ListTrial) -> [String] {
    let change = trial.change
    var lines = ["\(trial.id): \(plural(change.countBefore, "label")) before, \(change.countAfter) after"]
    func add(_ title: String, _ items: [String]) {
      guard !items.isEmpty else { return }
      lines.append("  \(title): \(items.count)")
      lines += items.prefix(shown).map { "    " + $0.printable }
      if items.count > shown { lines.append("    and \(items.count - shown) more") }
    }
    add("new", change.added.map(name))
    add(
      "gone without a word",
      change.removed.map { name($0.term) + ($0.after.isEmpty ? "" : ": perhaps now \($0.after)") })
    add(
      "retired",
      change.retired.map {
        name($0.term) + ": " + ($0.after.isEmpty ? "nothing is named to use instead" : "use \($0.after)")
      })
    add("brought back", change.broughtBack.map(name))
    add("renamed", change.renamed.map { "\($0.term.id): \(shown($0.before)) is now \(shown($0.after))" })
    add("moved", change.moved.map { "\(name($0.term)): from \(kind($0.before)) to \(kind($0.after))" })
    if change.isEmpty { lines.append("  nothing has changed") }
    return lines
  }

  private static func name(_ term: ListChange.Named) -> String {
    term.id == term.label ? term.id : "\(term.id) (\(term.label))"
  }

  private static func shown(_ name: String) -> String { name.isEmpty ? "without a name" : "“\(name)”" }
  private static func kind(_ names: String) -> String { names.isEmpty ? "the top" : names }

  private static func lines(_ file: ListTrial.FileImpact) -> [String] {
    let parts = fates(of: [file]).joined(separator: ", ")
    return ["\(file.path.printable): \(plural(file.labels, "label")) of this list; \(parts)"]
      + file.changed.prefix(shown).map { "  \($0.count)× \($0.text.printable): \(words($0).printable)" }
      + (file.changed.count > shown ? ["  and \(file.changed.count - shown) more"] : [])
  }

  private static func words(_ label: ListTrial.ChangedLabel) -> String {
    switch label.fate {
    case .unknown:
      label.target.isEmpty ? "no longer in the list" : "no longer in the list; perhaps \(label.target) is meant"
    case .retired:
      label.target.isEmpty
        ? "no longer to be used, and nothing is named instead"
        : label.isCertain
          ? "no longer to be used; use \(label.target)" : "no longer to be used; choose one of \(label.target)"
    case .elsewhere: "no longer a kind of \(label.target), which belongs there"
    case .other: "now means \(label.target)"
    case .found: "was not to be used before, and now is: \(label.target)"
    }
  }

  private static func fates(of files: [ListTrial.FileImpact]) -> [String] {
    let names: [ListTrial.Fate: String] = [
      .unknown: "no longer in the list", .retired: "retired", .elsewhere: "in the wrong place",
      .other: "with another meaning", .found: "right from now on",
    ]
    return ListTrial.Fate.allCases.compactMap { fate in
      let count = files.reduce(0) { $0 + $1.changed.filter { $0.fate == fate }.reduce(0) { $0 + $1.count } }
      return count == 0 ? nil : "\(count) \(names[fate] ?? "")"
    }
  }

  private static func summary(_ files: [ListTrial.FileImpact], checked: Int) -> String {
    let labels = files.reduce(0) { $0 + $1.labels }
    let before = files.reduce(0) { $0 + $1.unknownBefore }
    let unknown = before == 0 ? "" : " \(before) are in neither list."
    let head = "Looked at \(plural(checked, "file")), \(plural(labels, "label")) of this list in \(files.count)"
    let parts = fates(of: files)
    return head + ": " + (parts.isEmpty ? "nothing changes." : parts.joined(separator: ", ") + ".") + unknown
  }

  private static func plural(_ count: Int, _ word: String) -> String { count == 1 ? "1 \(word)" : "\(count) \(word)s" }
}
