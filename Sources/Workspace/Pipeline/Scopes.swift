import Facts
import Findings
import Manifest
import Schema

/// Where an id counts: keys of one scope never meet those of another.
struct Scopes {
  let document: Document
  let id: DocumentID
  let record: Record

  /// The key of an id's canonical bytes in the scope declared for it; `nil` if the record has no such ancestor.
  func key(_ id: [UInt8], in scope: DeclaredScope) -> FactKey? {
    switch scope {
    case .dataset: FactKey(text: id)
    case .document: FactKey(text: id, in: self.id)
    case .ancestor(let path): ancestor(path).map { FactKey(text: id, in: self.id).scoped(to: $0.label, 1) }
    }
  }

  /// The label of the ancestor within which ids of a scope are told apart, 0 where they are known everywhere; `nil` if the
  /// record has no such ancestor.
  func ancestorLabel(in scope: DeclaredScope) -> UInt64? {
    switch scope {
    case .dataset, .document: 0
    case .ancestor(let path): ancestor(path)?.label
    }
  }

  /// `/samples/*`: the ancestor of that type; `../` (repeated): so many records up.
  private func ancestor(_ path: String) -> RecordID? {
    var current: RecordID? = record.parent
    if path.hasPrefix("..") {
      var levels = path.split(separator: "/").prefix { $0 == ".." }.count
      while levels > 1, let inner = current {
        current = document.lineage(of: inner)?.parent
        levels -= 1
      }
      return current
    }
    guard let type = document.shape.type(of: path) else { return nil }
    if record.type == type { return record.id }
    if record.parentType == type { return record.parent }
    while let id = current, let found = document.lineage(of: id) {
      if found.type == type { return id }
      current = found.parent
    }
    return nil
  }
}

extension RecordShape.Pattern {
  /// The pattern as seen from so many steps down; `nil` if nothing is left.
  func dropping(first count: Int) -> RecordShape.Pattern? {
    count < steps.count ? RecordShape.Pattern(Self.path(of: steps.dropFirst(count))) : nil
  }

  /// The pattern of what is so many steps up; `nil` if that is no list's entry.
  func dropping(last count: Int) -> RecordShape.Pattern? { RecordShape.Pattern(Self.path(of: steps.dropLast(count))) }
}
