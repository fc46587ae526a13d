import Facts
import Findings
import Manifest
import Ontology
import Schema

extension Workspace {
  /// Says what differs among the claims of keys.
  ///
  /// Cost: what `AgreementJudge` takes for each key.
  func judge(_ keys: [FactKey], in space: FactSpace) {
    guard !keys.isEmpty, let claimKind else { return }
    let isIndexed = !space.lacksFiles && space.areIndexed
    let lists = space.documents.values.first.map { self.lists(for: $0) } ?? library.lists
    for key in keys {
      let claims = self.claims(claimKind, key, in: space)
      let source = claims.first.flatMap { space.book.source($0.fact.source) }
      var found: [AgreementFinding] = []
      for number in source?.agreements ?? [] where claims.count > 1 || !space.book.agreements[number].requires.isEmpty {
        let agreement = space.book.agreements[number]
        let judge = AgreementJudge(agreement, terms: agreement.rule.list.flatMap { lists[$0]?.index })
        found += judge.findings(claims.map(\.fact), isIndexed: isIndexed, reader: reader)
        if !isIndexed, !agreement.requires.isEmpty { space.claimsAwaitingFiles.insert(key) }
      }
      let subject = Self.subject(key, claims)
      space.put(found.map { Self.finding($0, of: subject, among: claims) }, from: .claims(key))
      let named = claims.reduce(into: UInt32(0)) { mask, claim in
        mask |= 1 << UInt32(space.book.source(claim.fact.source)?.alignment?.source ?? 0)
      }
      space.joins.note(
        key, alignment: source?.alignment?.number ?? -1, sources: named,
        kinds: found.compactMap { $0.isReference ? nil : $0.kind })
    }
  }

  /// Judges again what a counterpart was missing of before all files were read.
  func judgeWaitingClaims(in space: FactSpace) {
    guard !space.claimsAwaitingFiles.isEmpty else { return }
    let keys = space.claimsAwaitingFiles.sorted()
    space.claimsAwaitingFiles = []
    judge(keys, in: space)
  }

  /// Has everything judged again that is compared by one of these lists.
  func reviewClaims(in space: FactSpace, lists: Set<String>) {
    guard let claimKind, space.book.agreements.contains(where: { $0.rule.list.map(lists.contains) ?? false }) else {
      return
    }
    space.store.review(claimKind, space.joins.keys)
  }

  /// Whom what is found is for, from now on: an annotator is told nothing of what others said where the own reading is to be
  /// independent of it.
  package func use(actor: String?, isReviewer: Bool) {
    let reader = ClaimReader(actor: actor, role: isReviewer ? .reviewer : .annotator)
    guard self.reader != reader else { return }
    self.reader = reader
    guard let claimKind else { return }
    for state in documents.values where dataset(of: state) == nil {
      state.space.store.review(claimKind, state.space.joins.keys)
      drive(state)
    }
    for dataset in datasets.values {
      dataset.space.store.review(claimKind, dataset.space.joins.keys)
      // What is withheld of files that nobody has open is other than before.
      for state in dataset.onDisk.values where state.isWorkedOff { noteNews(ofFile: state) }
      resume(dataset.space)
    }
  }

  struct FoundClaim {
    var fact: ClaimFact
    /// What names the thing it is about; empty where that is too long to be kept.
    var subject: [[UInt8]]
    /// Whether writing at its place changes what it says.
    var isLiteral: Bool
  }

  /// Where no format says what numbers mean: two are an interval's ends, four a box's left, top, width and height.
  private static func extent(of value: ClaimValue, _ rule: ComparisonRule) -> Extent? {
    let numbers = value.elements.compactMap { Double(String(decoding: $0.text, as: UTF8.self)) }.filter(\.isFinite)
    guard value.kind == .list, numbers.count == value.elements.count else { return nil }
    switch rule {
    case .interval where numbers.count == 2 && numbers[0] <= numbers[1]:
      return Extent(form: .interval, minX: numbers[0], minY: 0, maxX: numbers[1], maxY: 0)
    case .box where numbers.count == 4 && numbers[2] >= 0 && numbers[3] >= 0:
      return Extent(
        form: .box, minX: numbers[0], minY: numbers[1], maxX: numbers[0] + numbers[2], maxY: numbers[1] + numbers[3])
    default: return nil
    }
  }

  /// What is claimed of a thing, in document order.
  func claims(_ kind: FactKind, _ key: FactKey, in space: FactSpace) -> [FoundClaim] {
    space.store.facts(kind, key, limit: AgreementJudge.claimLimit + 1).facts.compactMap { view in
      guard let place = view.fact.places.first?.place else { return nil }
      let payload = ClaimPayload(view.fact.payload)
      let rule = space.book.source(payload.source)?.agreements.first.map { space.book.agreements[$0].rule }
      guard let text = payload.value ?? longValue(at: place, key, in: space) else { return nil }
      func quality(_ quality: ClaimDeclaration.Quality) -> String? {
        payload.qualities[quality].map { String(decoding: $0, as: UTF8.self) }
      }
      var value = text.isText ? ClaimValue(kind: .text, text: text.text) : ClaimValue(json: text.text)
      value.extent = view.fact.extent ?? rule.flatMap { Self.extent(of: value, $0) }
      let fact = ClaimFact(
        value: value, modality: quality(.modality) ?? "", by: quality(.by),
        origin: quality(.origin).flatMap { ClaimOrigin(rawValue: $0) },
        pass: quality(.pass).flatMap { ClaimPass(rawValue: $0) }, at: quality(.at),
        confidence: quality(.confidence).flatMap { Double($0) }, isPrivate: payload.isPrivate, source: payload.source,
        place: place, documentOrder: Int(place.record.document.number))
      return FoundClaim(fact: fact, subject: payload.subject, isLiteral: text.isLiteral)
    }
  }

  /// A value that is too long for its fact, read from its record. Cost: what the record cost when it was read.
  private func longValue(at place: Place, _ key: FactKey, in space: FactSpace) -> ClaimValueText? {
    guard let state = space.documents[place.record.document], let record = state.document.record(place.record.record),
      let tree = state.document.tree(of: record.id)
    else { return nil }
    let result = hostResult(of: record.id, in: state) ?? HostResult(tree: tree)
    return RecordClaims(record, result, of: state).claims().first { claim in
      claim.key == key && tree.nodes[Int(claim.value.node)].start == place.start
    }?.value
  }

  /// What names the thing that claims are about; its key, where that is too long to be kept with them.
  static func subject(_ key: FactKey, _ claims: [FoundClaim]) -> [[UInt8]] {
    claims.first { !$0.subject.isEmpty }?.subject ?? [Array("\(key.high) \(key.low)".utf8)]
  }

  /// The finding with its fix, where the other side's value may stand in its place.
  private static func finding(
    _ found: AgreementFinding, of subject: [[UInt8]], among claims: [FoundClaim]
  ) -> Finding {
    var finding = found.finding
    finding.about = finding.about?.of(subject)
    guard let replacement = found.replacement, let json = replacement.json,
      claims.contains(where: { $0.isLiteral && $0.fact.place == finding.place })
    else { return finding }
    let title = Message(AgreementRules.use, [.init("other", replacement.words)])
    finding.fixes.append(
      Fix(title: title, isCertain: false, action: .edits([.replace(finding.place, json)])))
    return finding
  }
}

extension ComparisonRule {
  /// The list it compares by.
  var list: String? { if case .ontology(let name, _) = self { name } else { nil } }
}
