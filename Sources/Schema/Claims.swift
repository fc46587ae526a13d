import Manifest

/// `x-claim`: that a value says something of a subject, and who says so.
package struct ClaimDeclaration: Sendable, Hashable {
  /// What a claim is known by besides its value.
  package enum Quality: String, Sendable, Hashable, CaseIterable {
    case modality, by, origin, pass, at, batch, language, team, groups, confidence
  }

  /// The parts that name the subject, outermost first.
  package var subject: [ClaimPath]
  /// What is claimed: `class`, `count`, `start` …
  package var property: String
  /// `nil`: the value the keyword stands on.
  package var value: ClaimPath?
  /// A modality that is the same for all of them.
  package var modality: String?
  package var qualities: [Quality: ClaimPath]
  package var rule: DeclaredRule
}

/// One claim that a record makes.
package struct Claim: Sendable, Hashable {
  /// What a path came to.
  package enum Part: Sendable, Hashable {
    /// A value of this record: its node, and its text (strings plain, after the path's changes).
    case found(node: UInt32, text: [UInt8])
    /// It stands in another record, or behind a reference: who joins records must look there.
    case elsewhere
    case absent
  }

  /// In `Declarations.claims`.
  package var declaration: Int
  /// The value the keyword stands on.
  package var node: UInt32
  package var subject: [Part]
  package var value: Part
  package var qualities: [ClaimDeclaration.Quality: Part]
}

extension ClaimPath {
  /// Follows the path in one record. Alternatives count in order; one that leads out of the record leaves the rest open.
  func follow(in tree: RecordTree, from start: Int) -> Claim.Part {
    for alternative in alternatives {
      if alternative.up > 0 || !alternative.follows.isEmpty { return .elsewhere }
      guard let node = alternative.node(in: tree, from: start) else { continue }
      guard let text = Self.text(of: node, in: tree) else { continue }
      guard let changed = alternative.changed(text) else { return .elsewhere }
      return .found(node: UInt32(clamping: node), text: changed)
    }
    return .absent
  }

  static func text(of node: Int, in tree: RecordTree) -> [UInt8]? {
    switch tree.nodes[node].kind {
    case .missing, .null: nil
    case .string: tree.plainText(of: node)
    default: tree.nodes[node].flags.contains(.elided) ? nil : Array(tree.text(of: node))
    }
  }
}

extension ClaimPath.Alternative {
  fileprivate func node(in tree: RecordTree, from start: Int) -> Int? {
    var node = start
    for step in steps {
      let key = Array(step.utf8)
      if tree.nodes[node].kind == .array {
        guard let ordinal = Int(step), ordinal >= 0, !tree.nodes[node].flags.contains(.elided),
          let child = tree.children(of: node).dropFirst(ordinal).first(where: { _ in true })
        else { return nil }
        node = child
      } else {
        guard let child = tree.lastMember(key, of: node) else { return nil }
        node = child
      }
    }
    return node
  }

  /// The text after the path's changes; `nil` where one needs more than is known here (what a pattern's group holds).
  fileprivate func changed(_ text: [UInt8]) -> [UInt8]? {
    var text = text
    for change in changes {
      switch change {
      case .lower: text = Array(String(decoding: text, as: UTF8.self).lowercased().utf8)
      case .stem:
        let name = text.lastIndex(of: UInt8(ascii: "/")).map { Array(text[($0 + 1)...]) } ?? text
        text = name.lastIndex(of: UInt8(ascii: ".")).map { $0 > 0 ? Array(name[..<$0]) : name } ?? name
      case .split(let separator, let part):
        let parts = String(decoding: text, as: UTF8.self).split(separator: separator, omittingEmptySubsequences: false)
        let index = part < 0 ? parts.count + max(part, -parts.count - 1) : part
        guard parts.indices.contains(index) else { return [] }
        text = Array(parts[index].utf8)
      case .regex: return nil
      }
    }
    return text
  }
}

extension Collector {
  /// What a record claims where the keyword stands on `node`; `nil` if it lacks the value or part of the subject.
  func claim(_ index: Int, at node: UInt32) -> Claim? {
    guard node & keyBit == 0 else { return nil }
    let declaration = program.declarations.claims[index]
    // On an object, paths begin there; on a plain value, at the object around it.
    let own = Int(node)
    let isObject = tree.nodes[own].kind == .object
    let start = isObject || own == 0 ? own : Int(tree.nodes[own].parent)
    let value =
      declaration.value.map { $0.follow(in: tree, from: start) }
      ?? ClaimPath.text(of: own, in: tree).map { .found(node: node, text: $0) } ?? .absent
    let subject = declaration.subject.map { $0.follow(in: tree, from: start) }
    guard value != .absent, !subject.contains(.absent) else { return nil }
    return Claim(
      declaration: index, node: node, subject: subject, value: value,
      qualities: declaration.qualities.mapValues { $0.follow(in: tree, from: start) }.filter { $0.value != .absent })
  }
}
