/// Follows `broader`, `canonical` and `replacedBy` through a list of terms. Ids are compared by their code points.
package struct TermResolver: Sendable {
  private var terms: [[UInt8]: Term] = [:]

  /// Of two terms with one id the first counts.
  package init(_ vocabulary: Vocabulary) {
    for term in vocabulary.terms where terms[Array(term.id.utf8)] == nil { terms[Array(term.id.utf8)] = term }
  }

  package func term(_ id: String) -> Term? { terms[Array(id.utf8)] }

  /// The term this one is a variant of or was replaced by, to the end of the chain. A choice between several ends it, and so does a circle.
  package func canonical(of term: Term) -> String {
    var current = term
    var seen: Set<[UInt8]> = [Array(term.id.utf8)]
    while let next = current.canonical ?? (current.replacedBy.count == 1 ? current.replacedBy[0] : nil),
      seen.insert(Array(next.utf8)).inserted
    {
      guard let found = self.term(next) else { return next }
      current = found
    }
    return current.id
  }

  /// Every ancestor once, nearest first.
  package func broader(of term: Term) -> [String] {
    var out: [String] = []
    var seen: Set<[UInt8]> = [Array(term.id.utf8)]
    var waiting = term.broader
    var next = 0
    while next < waiting.count {
      let id = waiting[next]
      next += 1
      guard seen.insert(Array(id.utf8)).inserted else { continue }
      out.append(id)
      waiting += self.term(id)?.broader ?? []
    }
    return out
  }
}
