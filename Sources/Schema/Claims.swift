package import Manifest

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
  /// When it is so: the value is then start, end and what was claimed, in seconds.
  package var times: Times?
  package var rule: DeclaredRule

  /// From when to when; the end by itself, or by how long it takes.
  package struct Times: Sendable, Hashable {
    package var start: ClaimPath
    package var end: ClaimPath?
    package var duration: ClaimPath?

    package init(start: ClaimPath, end: ClaimPath? = nil, duration: ClaimPath? = nil) {
      self.start = start
      self.end = end
      self.duration = duration
    }
  }

  package init(
    subject: [ClaimPath], property: String, value: ClaimPath? = nil, modality: String? = nil,
    qualities: [Quality: ClaimPath] = [:], times: Times? = nil, rule: DeclaredRule = DeclaredRule()
  ) {
    self.subject = subject
    self.property = property
    self.value = value
    self.modality = modality
    self.qualities = qualities
    self.times = times
    self.rule = rule
  }
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
      if alternative.leadsOut { return .elsewhere }
      if let value = alternative.value(in: tree, from: start) { return .found(node: value.node, text: value.text) }
    }
    return .absent
  }
}

extension Collector {
  /// What a record claims where the keyword stands on `node`; `nil` if it lacks the value or part of the subject.
  func claim(_ index: Int, at node: UInt32) -> Claim? {
    guard node & keyBit == 0 else { return nil }
    let declaration = program.declarations.claims[index]
    let own = Int(node)
    let start = declaration.start(at: own, in: tree)
    let value =
      declaration.value.map { $0.follow(in: tree, from: start) }
      ?? ClaimValueText(of: own, in: tree).map { .found(node: node, text: $0.text) } ?? .absent
    let subject = declaration.subject.map { $0.follow(in: tree, from: start) }
    guard value != .absent, !subject.contains(.absent) else { return nil }
    return Claim(
      declaration: index, node: node, subject: subject, value: value,
      qualities: declaration.qualities.mapValues { $0.follow(in: tree, from: start) }.filter { $0.value != .absent })
  }
}

extension ClaimDeclaration {
  private static let modalities: Set<String> = [
    "image", "video", "audio", "text", "document", "pointcloud", "radar", "sar", "optical", "depth", "tabular",
    "message",
  ]

  /// Whether that is what a claim's modality may be; any other word is a path to it.
  package static func isModality(_ word: String) -> Bool { modalities.contains(word) }

  /// Where its paths begin: on an object there; on a plain value, at the object around it.
  package func start(at node: Int, in tree: RecordTree) -> Int {
    tree.nodes[node].kind == .object || node == 0 ? node : Int(tree.nodes[node].parent)
  }

  /// Every path it has.
  package var paths: [ClaimPath] {
    subject + [value, times?.start, times?.end, times?.duration].compactMap(\.self) + qualities.values
  }
}
