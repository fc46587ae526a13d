import Facts
import Manifest
import Schema

/// What a document's records of one kind say, and of what: a claim that its format declares, or a source of an alignment.
struct ClaimSource: Sendable {
  /// Which of all sources it is: formats' come first, then those of the dataset's alignments.
  var number: Int
  /// What its claims are compared under: claims of another family never meet these.
  var family: [UInt8]
  var claim: ClaimDeclaration
}

/// Where a source of an alignment finds its records in a document.
struct SourcePlace: Sendable {
  let type: RecordType
  /// From the record down to what is meant; empty for the record itself.
  let inner: [RecordShape.Step]

  /// Without a pattern: each line of a list of lines, and anything else whole. Of a document's records the innermost that hold
  /// all that the pattern means.
  init(_ pattern: RecordShape.Pattern?, in document: Document) {
    let known = document.shape.patterns.enumerated()
    guard let pattern = pattern ?? (document.syntax == .jsonl ? RecordShape.Pattern("/*") : nil) else {
      (type, inner) = (0, [])
      return
    }
    let holding = known.filter { pattern.steps.starts(with: $0.element.steps) }
      .max { $0.element.steps.count < $1.element.steps.count }
    type = holding.map { $0.offset + 1 } ?? 0
    inner = Array(pattern.steps.dropFirst(holding?.element.steps.count ?? 0))
  }

  /// The values in a record's tree that are meant. Cost: a step a value on the way.
  func nodes(in tree: RecordTree) -> [Int] {
    var found = [0]
    for step in inner {
      found = found.flatMap { node -> [Int] in
        guard !tree.nodes[node].flags.contains(.elided) else { return [] }
        switch step {
        case .key(let key): return tree.lastMember(Array(key.utf8), of: node).map { [$0] } ?? []
        case .every:
          let isContainer = tree.nodes[node].kind == .array || tree.nodes[node].kind == .object
          return isContainer ? Array(tree.children(of: node)) : []
        }
      }
    }
    return found
  }
}

/// What a document's records claim: nothing, where nobody compares it.
struct DocumentClaims: Sendable {
  /// By the format's own declarations; `nil` where nothing compares what one declares.
  let declared: [ClaimSource?]
  let aligned: [(place: SourcePlace, source: ClaimSource)]
  /// Members of defined things that paths read.
  let exports: [String]
  let isEmpty: Bool
  /// The ways of paths that lead to records around.
  let outerWays: [ClaimPath.Alternative]

  init(
    declared: [ClaimSource?] = [], aligned: [(place: SourcePlace, source: ClaimSource)] = [], exports: [String] = []
  ) {
    (self.declared, self.aligned, self.exports) = (declared, aligned, exports)
    let claims = declared.compactMap { $0?.claim } + aligned.map(\.source.claim)
    isEmpty = claims.isEmpty
    outerWays = claims.flatMap(\.paths).flatMap(\.alternatives).filter { $0.up > 0 }
  }
}
