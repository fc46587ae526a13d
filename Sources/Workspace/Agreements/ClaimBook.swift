import Facts
import Manifest
import Schema

/// Who claims what in a dataset, and how it is compared: the formats' declarations that some agreement is about, and the dataset's
/// alignments.
struct ClaimBook: Sendable {
  struct Source: Sendable {
    /// In `agreements`.
    var agreements: [Int]
    /// In `alignments`, and which of its sources.
    var alignment: (number: Int, source: Int)?
  }

  let alignments: [Alignment]
  private(set) var agreements: [Agreement]
  /// By number: the formats' declarations in order of their ids, then the alignments' sources.
  private(set) var sources: [Source] = []
  /// The number of each format's first declaration.
  private var first: [String: Int] = [:]
  private var firstOfAlignment: [Int] = []
  /// Members of defined things that paths read.
  private let exports: [String]

  init(dialects: [String: Dialect], agreements: [Agreement], configuration: DatasetConfiguration?) {
    alignments = configuration?.alignments ?? []
    self.agreements = agreements
    var followed: Set<String> = []
    for dialect in dialects.values.sorted(by: { $0.id.utf8.lexicographicallyPrecedes($1.id.utf8) }) {
      first[dialect.id] = sources.count
      for claim in dialect.program.declarations.claims {
        let mine = agreements.indices.filter { agreements[$0].property.utf8.elementsEqual(claim.property.utf8) }
        sources.append(Source(agreements: mine))
        if !mine.isEmpty { followed.formUnion(claim.follows) }
      }
    }
    for (number, alignment) in alignments.enumerated() {
      firstOfAlignment.append(sources.count)
      self.agreements.append(alignment.agreement)
      for (index, source) in alignment.sources.enumerated() {
        sources.append(Source(agreements: [self.agreements.count - 1], alignment: (number, index)))
        followed.formUnion(source.claim.follows)
      }
    }
    exports = followed.sorted()
  }

  func source(_ number: Int) -> Source? { sources.indices.contains(number) ? sources[number] : nil }

  /// What a document's records claim that is compared with anything.
  func claims(of document: Document, _ dialect: Dialect?, path: String?, root: String?) -> DocumentClaims {
    var declared: [ClaimSource?] = []
    if let dialect, let first = first[dialect.id] {
      declared = dialect.program.declarations.claims.enumerated().map { index, claim in
        guard !sources[first + index].agreements.isEmpty else { return nil }
        return ClaimSource(number: first + index, family: Array(claim.property.utf8), claim: claim)
      }
    }
    guard let path, let root, let relative = Paths.relative(path, to: root) else {
      return DocumentClaims(declared: declared, exports: exports)
    }
    var aligned: [(place: SourcePlace, source: ClaimSource)] = []
    for (number, alignment) in alignments.enumerated() {
      for (index, source) in alignment.sources.enumerated() where Paths.matches(source.files, path: relative) {
        let family = [0] + Array(String(number).utf8)
        aligned.append(
          (
            SourcePlace(source.records, in: document),
            ClaimSource(number: firstOfAlignment[number] + index, family: family, claim: source.claim)
          ))
      }
    }
    return DocumentClaims(declared: declared, aligned: aligned, exports: exports)
  }

  /// The patterns of records by which a file of no known format is read, those around others too; empty if no alignment says any.
  func patterns(path: String?, root: String?) -> [RecordShape.Pattern] {
    guard let path, let root, let relative = Paths.relative(path, to: root) else { return [] }
    var found: [RecordShape.Pattern] = []
    for source in alignments.flatMap(\.sources) where Paths.matches(source.files, path: relative) {
      guard let pattern = source.records else { continue }
      for length in 1...pattern.steps.count where pattern.steps[length - 1] == .every {
        if let part = pattern.dropping(last: pattern.steps.count - length), !found.contains(part) { found.append(part) }
      }
    }
    return found
  }
}

extension ClaimDeclaration {
  /// Members that its paths read of what a value names.
  fileprivate var follows: [String] { paths.flatMap(\.alternatives).flatMap(\.follows) }
}
