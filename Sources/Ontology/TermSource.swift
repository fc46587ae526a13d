/// Whatever knows terms by their ids, compared by code points, and so can follow what they say of each other.
package protocol TermSource: Sendable {
  func term(_ id: String) -> Term?
}

extension TermSource {
  /// The id of the term this one is a variant of or was replaced by, to the end of the chain. A choice between several ends it, and so
  /// does a circle, or a limit.
  package func canonical(of term: Term) -> String {
    var current = term
    var seen: Set<[UInt8]> = [Array(term.id.utf8)]
    while seen.count <= TermWalk.limit,
      let next = current.canonical ?? (current.replacedBy.count == 1 ? current.replacedBy[0] : nil),
      seen.insert(Array(next.utf8)).inserted
    {
      guard let found = self.term(next) else { return next }
      current = found
    }
    return current.id
  }

  /// Every ancestor's id once, nearest first, at most 256; those that are no terms of the list too.
  package func broader(of term: Term) -> [String] {
    ancestors(of: term).filter { !$0.utf8.elementsEqual(term.id.utf8) }
  }

  /// The same, with the term itself where it stands in a circle.
  func ancestors(of term: Term) -> [String] {
    var out: [String] = []
    var seen: Set<[UInt8]> = []
    var waiting = term.broader
    var next = 0
    while next < waiting.count, out.count < TermWalk.limit {
      let id = waiting[next]
      next += 1
      guard seen.insert(Array(id.utf8)).inserted else { continue }
      out.append(id)
      waiting += self.term(id)?.broader ?? []
    }
    return out
  }
}
