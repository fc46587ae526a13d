import Facts
import Findings
import Schema

extension Workspace {
  /// Whether anything may be withheld at all: it is known who is at work, and that they are no reviewer.
  var withholds: Bool { reader.map { $0.role == .annotator && $0.actor != nil } ?? false }

  /// Whether what a record of another file says must not be told to whoever reads here: it claims something of which the reader's
  /// own reading is to be independent.
  ///
  /// Cost: nothing for reviewers and where nobody said who is at work; else the claims about what the record speaks of.
  func isWithheld(_ record: RecordReference, in space: FactSpace) -> Bool {
    guard withholds, let claimKind, let reader else { return false }
    let keys = Set(space.store.facts(of: .host(record)).lazy.map(\.fact).filter { $0.kind == claimKind }.map(\.key))
    return keys.contains { key in
      let claims = space.store.facts(claimKind, key, limit: AgreementJudge.claimLimit + 1).facts.compactMap(Self.claim)
      let visible = Independence.visible(claims, to: reader)
      return visible.count < claims.count && !visible.contains { $0.place.record == record }
    }
  }

  /// Who says something and in which reading, without what is said.
  private static func claim(_ view: FactView) -> ClaimFact? {
    let payload = ClaimPayload(view.fact.payload)
    return view.fact.places.first.map { named in
      ClaimFact(
        value: ClaimValue(kind: .text, text: []), modality: "",
        by: payload.qualities[.by].map { String(decoding: $0, as: UTF8.self) },
        pass: payload.qualities[.pass].flatMap { ClaimPass(rawValue: String(decoding: $0, as: UTF8.self)) },
        place: named.place)
    }
  }
}
