import Facts
import Findings
import Manifest
import Schema

/// Claims as facts, for those who compare them.
extension HostStage {
  func stateClaims(_ claims: [Claim], record: Record, places: PlaceMaker, into result: inout HostResult) {
    guard let claimKind else { return }
    for claim in claims {
      guard claim.declaration < dialect.program.declarations.claims.count,
        let node = places.node(claim.node)
      else { continue }
      let declaration = dialect.program.declarations.claims[claim.declaration]
      var key = Array(declaration.property.utf8)
      var isWithinParent = false
      for part in claim.subject {
        key.append(0)
        switch part {
        case .found(_, let text): key += text
        case .elsewhere: isWithinParent = true
        case .absent: continue
        }
      }
      var factKey = FactKey(text: key)
      if isWithinParent, let parent = record.parent { factKey = factKey.scoped(to: parent.label, 1) }
      var names = ["declaration"]
      var values: [[UInt8]?] = [Array(String(claim.declaration).utf8)]
      func add(_ name: String, _ part: Claim.Part) {
        guard case .found(let node, _) = part, Int(node) < places.tree.nodes.count else { return }
        names.append(name)
        values.append(Array(places.tree.text(of: Int(node))))
      }
      add("value", claim.value)
      for quality in ClaimDeclaration.Quality.allCases { claim.qualities[quality].map { add(quality.rawValue, $0) } }
      let valueNode: Int
      if case .found(let found, _) = claim.value, let own = places.node(found) {
        valueNode = own
      } else {
        valueNode = node
      }
      result.facts.append(
        StatedFact(
          kind: claimKind, key: factKey,
          places: [.init("", places.place(of: valueNode)), .init("record", places.place(of: 0))],
          payload: HostFacts.exports(names: names, values: values)))
    }
  }
}
