import Facts
import Findings
import Manifest
import Schema

/// What one source of an alignment came to.
package struct JoinSummary: Sendable, Hashable {
  package var alignment: String
  /// The pattern of its files, as written.
  package var files: String
  /// Things that its files name, and how many of them files of another source name too.
  package var made: Int
  package var met: Int
}

/// Says what a dataset's alignments came to, and what is wrong with them.
struct JoinReport {
  let space: FactSpace
  let configuration: DatasetConfiguration

  /// Below this part that meets, the alignment is taken for wrong.
  private static let leastMet = 0.01
  private static let nearLimit = 20_000
  private static let documentLimit = 4
  private static let entryLimit = 256

  var summaries: [JoinSummary] {
    space.book.alignments.enumerated().flatMap { number, alignment in
      alignment.sources.enumerated().map { index, source in
        let reach = space.joins.reach(number, index)
        return JoinSummary(alignment: alignment.name, files: source.files, made: reach.made, met: reach.met)
      }
    }
  }

  /// Every kind of disagreement, the most frequent first. `settled` things of a kind, as findings name it, are left out.
  func disagreements(settled: [UInt64: Int]) -> [DisagreementSummary] {
    space.joins.kinds.compactMap { kind, count -> DisagreementSummary? in
      let left = count - (settled[kind.about(judged: 0).kind] ?? 0)
      guard left > 0 else { return nil }
      return DisagreementSummary(
        modality: kind.first.modality, value: kind.first.value, otherModality: kind.second.modality,
        otherValue: kind.second.value, count: left)
    }.sorted { a, b in
      if a.count != b.count { return a.count > b.count }
      return (a.modality + a.value + "\0" + a.otherModality + a.otherValue).utf8
        .lexicographicallyPrecedes((b.modality + b.value + "\0" + b.otherModality + b.otherValue).utf8)
    }
  }

  /// What stands in the way of joining, each at its place in `concord.json`. Cost: nothing where files meet.
  func problems() -> [ConfigurationProblem] {
    var found = configuration.problems
    for (number, alignment) in space.book.alignments.enumerated() {
      var empty: Set<Int> = []
      for (index, source) in alignment.sources.enumerated() where space.joins.reach(number, index).made == 0 {
        empty.insert(index)
        if let problem = reason(ofNothing: source, number, index) { found.append(problem) }
      }
      guard alignment.sources.count > 1, empty.isEmpty else { continue }
      // The source of fewer things: that another has many more is no fault.
      let reaches = alignment.sources.indices.map { (index: $0, reach: space.joins.reach(number, $0)) }
      guard let least = reaches.min(by: { $0.reach.made < $1.reach.made }),
        Double(least.reach.met) < Double(least.reach.made) * Self.leastMet
      else { continue }
      found.append(apart(alignment, number, least.index, least.reach))
    }
    return found
  }

  // MARK: Nothing was read

  private func reason(ofNothing source: Alignment.Source, _ number: Int, _ index: Int) -> ConfigurationProblem? {
    let rule = AlignmentRules.nothing.id
    let files = Message.Argument("files", source.files)
    let states = space.documents.values.filter { state in
      state.claims.aligned.contains {
        space.book.source($0.source.number)?.alignment.map { $0 == (number, index) } ?? false
      }
    }.sorted { $0.id < $1.id }
    guard !states.isEmpty else {
      return ConfigurationProblem(rule: rule, message: Message("files", [files]), range: source.range)
    }
    var entries = 0
    var misses: [String: Int] = [:]
    /// Of paths that lead nowhere, the first name that is not there, and those that are.
    var absent: [String: (name: String, known: Set<String>)] = [:]
    for state in states.prefix(Self.documentLimit) {
      guard let place = state.claims.aligned.first(where: { $0.source.claim == source.claim })?.place else { continue }
      for record in records(of: place.type, in: state).prefix(Self.entryLimit) {
        guard let tree = state.document.tree(of: record.id) else { continue }
        for node in place.nodes(in: tree) {
          entries += 1
          for path in source.claim.subject + [source.claim.value].compactMap(\.self)
          where path.alternatives.allSatisfy({ $0.up > 0 || $0.value(in: tree, from: node) == nil })
            && path.alternatives.contains(where: { $0.up == 0 })
          {
            misses[path.text, default: 0] += 1
            let first = path.alternatives[0].firstMissing(in: tree, from: node)
            absent[path.text] = (first.name, first.known.union(absent[path.text]?.known ?? []))
          }
        }
      }
    }
    guard entries > 0 else {
      let written = source.records?.path ?? "/"
      return ConfigurationProblem(
        rule: rule, message: Message("entries", [files, .init("path", written)]), range: source.range)
    }
    guard let path = misses.filter({ $0.value == entries }).keys.min(), let range = source.pathRanges[path] else {
      return nil
    }
    let near = absent[path].flatMap { $0.name.isEmpty ? nil : ClaimPath.nearest($0.name, among: $0.known.sorted()) }
    return ConfigurationProblem(
      rule: rule,
      message: Message(
        near == nil ? "" : "near",
        [files, .init("path", path), .init("count", String(entries)), .init("near", near ?? "")]), range: range)
  }

  private func records(of type: RecordType, in state: DocumentState) -> [Record] {
    if type == 0 { return state.document.record(.document).map { [$0] } ?? [] }
    return state.document.records().filter { $0.type == type }
  }

  // MARK: Little met

  private func apart(
    _ alignment: Alignment, _ number: Int, _ index: Int, _ reach: JoinTable.Reach
  ) -> ConfigurationProblem {
    let source = alignment.sources[index]
    var arguments = [
      Message.Argument("files", source.files), .init("made", String(reach.made)), .init("met", String(reach.met)),
    ]
    let near = nearest(number, index)
    if let near { arguments += [.init("own", near.own), .init("other", near.other)] }
    return ConfigurationProblem(
      rule: AlignmentRules.apart.id, message: Message(near == nil ? "" : "near", arguments), range: source.range)
  }

  /// Two names, one of this source and one of another, that differ in little but spelling.
  private func nearest(_ number: Int, _ index: Int) -> (own: String, other: String)? {
    guard let kind = space.store.plan.kinds[HostFacts.claim] else { return nil }
    var own: [String] = []
    var others: [String: String] = [:]
    for (key, source) in space.joins.unmet(number, limit: Self.nearLimit) {
      guard let fact = space.store.facts(kind, key, limit: 1).facts.first?.fact else { continue }
      let parts = ClaimPayload(fact.payload).subject.map { String(decoding: $0, as: UTF8.self) }
      guard !parts.isEmpty else { continue }
      let text = parts.joined(separator: " ")
      if source == index { own.append(text) } else { others[Self.bare(text)] = text }
    }
    for text in own.sorted() {
      if let other = others[Self.bare(text)] { return (text, other) }
    }
    return nil
  }

  /// Letters and digits alone, small, without zeros in front.
  private static func bare(_ text: String) -> String {
    var out = ""
    var isAfterDigit = false
    for character in text.lowercased() where character.isLetter || character.isNumber {
      if character == "0", !isAfterDigit { continue }
      isAfterDigit = character.isNumber
      out.append(character)
    }
    return out
  }
}

extension Workspace {
  /// Looks at what a dataset's alignments came to, if anything they are about has changed.
  func reportJoins(of dataset: Dataset) {
    let space = dataset.space
    guard !space.lacksFiles, dataset.reported != space.joins.revision else { return }
    dataset.reported = space.joins.revision
    let path = Paths.join(dataset.configuration.root, DatasetConfiguration.fileName)
    let reference = RecordReference(document: dataset.id(of: path), record: DocumentSnapshot.wholeText)
    let problems = JoinReport(space: space, configuration: dataset.configuration).problems()
    let findings = problems.map { problem in
      Finding(
        rule: problem.rule, severity: library.rule(problem.rule)?.severity ?? .error,
        place: Place(
          record: reference, start: UInt32(clamping: problem.range.lowerBound),
          end: UInt32(clamping: problem.range.upperBound)), message: problem.message)
    }
    space.put(findings, from: .configuration)
  }
}
