import Files
import Findings
import Manifest
import Ontology
import PluginHost
import Schema

/// What a new list would make of the labels in files, before anybody has it.
package struct ListTrial: Sendable {
  package let change: ListChange
  /// The list's name in formats.
  package let id: String
  private let old: TermList
  private let new: TermList
  /// What took the place of terms that are gone, where that can be told, by id.
  private let heirs: [[UInt8]: String]

  /// What becomes of a label.
  package enum Fate: Int, Sendable, Hashable, Comparable, CaseIterable {
    case unknown, retired, elsewhere, other, found
    package static func < (left: Fate, right: Fate) -> Bool { left.rawValue < right.rawValue }
  }

  package struct ChangedLabel: Sendable, Hashable {
    package var text: String
    package var count: Int
    package var fate: Fate
    /// What it maps to: `boot (Boot)`; empty if nobody can tell.
    package var target: String
    /// Whether that is what the list says, rather than a guess.
    package var isCertain: Bool
  }

  package struct FileImpact: Sendable, Hashable {
    package var path: String
    /// Labels of this list in it.
    package var labels: Int
    package var changed: [ChangedLabel]
    /// Labels that the old list does not know either.
    package var unknownBefore: Int
  }

  /// Which list files call by which name, and what its columns hold.
  package struct Identity: Sendable, Hashable {
    package var id: String
    package var columns: [String: String]

    /// Of a list that a plugin or a dataset has at this place; `nil` if none has.
    package init?(ofListAt path: String, in library: Library) {
      guard let real = try? FileSystem.resolved(path) else { return nil }
      if let dataset = DatasetConfiguration.governing(real), let named = dataset.vocabulary(at: real) {
        (id, columns) = (named.id, named.columns)
        return
      }
      for plugin in library.plugins {
        for list in plugin.descriptor.vocabularies
        where (try? FileSystem.resolved(Paths.join(plugin.folder, list.file))) == real {
          (id, columns) = (list.id, list.columns)
          return
        }
      }
      return nil
    }

    /// Of the list of that name; without columns if nobody has one.
    package init(id: String, in library: Library) {
      self.id = id
      let known = library.plugins.lazy.flatMap { $0.descriptor.vocabularies }.first { $0.id == id }
      columns = known?.columns ?? [:]
    }
  }

  /// Cost: as compiling both lists.
  package init(id: String, from old: LabelList, to new: LabelList) {
    self.id = id
    change = ListChange(from: old.terms, to: new.terms)
    func compiled(_ list: LabelList) -> TermList {
      let vocabulary = Vocabulary(id: id, version: list.version, terms: list.terms)
      return TermList(TermIndex(vocabulary), sha256: "", files: [])
    }
    (self.old, self.new) = (compiled(old), compiled(new))
    heirs = Dictionary(
      change.removed.filter { !$0.after.isEmpty }.map { (Array($0.term.id.utf8), $0.after) },
      uniquingKeysWith: { first, _ in first })
  }

  /// The names of the lists that files ask for, and what becomes of the labels of this one. Files without any are left out.
  ///
  /// Every file is read as a check reads it. Cost: a check of each.
  package func impacts(on items: [CheckItem], library: Library) async -> (files: [FileImpact], unreadable: [String]) {
    let witness = TermWitness()
    var options = Workspace.Options()
    options.terms = witness
    let report = await FileChecks(library: library, options: options).run(items, asOf: "") { _ in }
    let counts = witness.counts
    let files = items.compactMap { item -> FileImpact? in
      let path = (try? FileSystem.resolved(item.path)) ?? item.path
      return (counts[path] ?? counts[item.path]).flatMap { impact(item.path, $0) }
    }
    return (files, report.notRun.filter { fault in items.contains { fault.hasPrefix($0.path + ":") } })
  }

  private func impact(_ path: String, _ counts: [TermWitness.Use: Int]) -> FileImpact? {
    var impact = FileImpact(path: path, labels: 0, changed: [], unknownBefore: 0)
    for (use, count) in counts where use.ontology == id {
      impact.labels += count
      let before = old.find(use.text, use.form)
      if before == nil, new.find(use.text, use.form) == nil { impact.unknownBefore += count }
      guard let (fate, target, isCertain) = fate(of: use, before) else { continue }
      let text = String(decoding: use.text.prefix(200), as: UTF8.self)
      impact.changed.append(
        ChangedLabel(text: text, count: count, fate: fate, target: target, isCertain: isCertain))
    }
    guard impact.labels > 0 else { return nil }
    impact.changed.sort { ($0.fate.rawValue, -$0.count, $0.text) < ($1.fate.rawValue, -$1.count, $1.text) }
    return impact
  }

  /// `nil` if it is as before.
  private func fate(of use: TermWitness.Use, _ before: Term?) -> (Fate, String, Bool)? {
    guard let now = new.find(use.text, use.form) else {
      guard let before else { return nil }
      if let heir = heirs[Array(before.id.utf8)] { return (.unknown, heir, false) }
      let guess = new.meant(by: String(decoding: use.text, as: UTF8.self), under: use.under)
      return (.unknown, guess.map { "\($0.id) (\($0.label))" } ?? "", false)
    }
    if now.isDeprecated {
      guard before?.isDeprecated != true else { return nil }
      let heirs = now.replacedBy.compactMap { new.term(Array($0.utf8)) }.map { "\($0.id) (\($0.label))" }
      return (.retired, heirs.joined(separator: ", "), heirs.count == 1)
    }
    if let branch = use.under, !new.isUnder(now.id, branch), before.map({ old.isUnder($0.id, branch) }) ?? true {
      return (.elsewhere, new.term(Array(branch.utf8))?.label ?? branch, true)
    }
    guard let before else { return (.found, "\(now.id) (\(now.label))", true) }
    if before.isDeprecated { return (.found, "\(now.id) (\(now.label))", true) }
    return before.id.utf8.elementsEqual(now.id.utf8) ? nil : (.other, "\(now.id) (\(now.label))", true)
  }
}

extension TermList {
  /// The term that a label stands for where a format asks for it in this form.
  func find(_ text: [UInt8], _ form: TermDeclaration.Form) -> Term? {
    switch form {
    case .id: term(text)
    case .prefLabel: term(labeled: text, onlyPreferred: true)
    case .label: term(labeled: text, onlyPreferred: false)
    case .any: term(text) ?? term(labeled: text, onlyPreferred: false)
    }
  }
}
