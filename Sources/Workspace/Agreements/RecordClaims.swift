import Facts
import Findings
import Manifest
import Ontology
import Schema

/// Reads what one record claims, following paths out of it.
///
/// A class, because it collects what it looked up while paths are followed.
final class RecordClaims: ClaimSurroundings {
  private let record: Record
  private let result: HostResult
  private let state: DocumentState
  /// Every key that was looked at, also in vain.
  private(set) var lookedUp: [(FactKind, FactKey)] = []

  private var tree: RecordTree { result.tree }
  /// Boxes and intervals of the record, by value.
  private lazy var extents = Dictionary(
    result.roles.entries.compactMap { entry in
      HostFacts.extent(of: entry, in: result.roles).map { (entry.node, $0) }
    }, uniquingKeysWith: { first, _ in first })
  private lazy var privateNodes = Set(result.privateNodes)

  init(_ record: Record, _ result: HostResult, of state: DocumentState) {
    self.record = record
    self.result = result
    self.state = state
  }

  /// A claim of the record, read to its end.
  struct ReadClaim {
    var source: Int
    var key: FactKey
    /// The subject's parts, as they are compared.
    var subject: [[UInt8]]
    var value: ClaimValueText
    var qualities: [ClaimDeclaration.Quality: [UInt8]]
    /// Its value identifies a person.
    var isPrivate: Bool
    /// The box or interval that the value is, in the format's canonical numbers.
    var extent: Extent?
  }

  /// Everything the record claims, in document order. Cost: a few steps a claim.
  func claims() -> [ReadClaim] {
    var found: [ReadClaim] = []
    for claim in result.claims {
      guard claim.declaration < state.claims.declared.count, let source = state.claims.declared[claim.declaration],
        Int(claim.node) < tree.nodes.count
      else { continue }
      read(source, at: Int(claim.node)).map { found.append($0) }
    }
    for (place, source) in state.claims.aligned where place.type == record.type {
      for node in place.nodes(in: tree) { read(source, at: node).map { found.append($0) } }
    }
    return found
  }

  private func read(_ source: ClaimSource, at node: Int) -> ReadClaim? {
    let start = source.claim.start(at: node, in: tree)
    let value = source.claim.value.map { $0.value(in: tree, from: start, self) } ?? ClaimValueText(of: node, in: tree)
    guard var value, Int(value.node) < tree.nodes.count else { return nil }
    if let times = source.claim.times {
      guard let timed = timed(value, times, from: start) else { return nil }
      value = timed
    }
    var subject: [[UInt8]] = []
    for path in source.claim.subject {
      guard let part = path.value(in: tree, from: start, self) else { return nil }
      // Files name the same things in different spellings of one letter.
      subject.append(Composition.composed(part.text))
    }
    var key = source.family
    for part in subject { key += [0] + part }
    var qualities: [ClaimDeclaration.Quality: [UInt8]] = [:]
    for (quality, path) in source.claim.qualities { qualities[quality] = path.value(in: tree, from: start, self)?.text }
    if let modality = source.claim.modality { qualities[.modality] = Array(modality.utf8) }
    return ReadClaim(
      source: source.number, key: FactKey(text: key), subject: subject, value: value, qualities: qualities,
      isPrivate: privateNodes.contains(value.node), extent: extents[value.node])
  }

  /// Start, end and the value as a list; `nil` where the times are not known.
  private func timed(_ value: ClaimValueText, _ times: ClaimDeclaration.Times, from node: Int) -> ClaimValueText? {
    func seconds(_ path: ClaimPath?) -> Double? {
      path?.value(in: tree, from: node, self).flatMap { Double(String(decoding: $0.text, as: UTF8.self)) }
        .flatMap { $0.isFinite ? $0 : nil }
    }
    guard let start = seconds(times.start), let end = seconds(times.end) ?? seconds(times.duration).map({ start + $0 })
    else { return nil }
    let written = value.isText ? JSONString.encode(value.text) : value.text
    return ClaimValueText(
      node: value.node, text: Array("[\(start), \(end), ".utf8) + written + [UInt8(ascii: "]")], isText: false,
      isLiteral: false)
  }

  // MARK: Beyond the record

  func ancestor(_ levels: Int) -> RecordTree? {
    var outer = record.parent
    var left = levels - 1
    while left > 0, let inner = outer {
      outer = state.document.lineage(of: inner)?.parent
      left -= 1
    }
    return outer.flatMap { state.outerTree(of: $0) }
  }

  func member(_ name: String, ofThingNamedAt node: Int) -> ClaimValueText? {
    guard let reference = result.meaning.references[UInt32(clamping: node)] else { return nil }
    for kind in reference.kinds {
      lookedUp.append((kind, reference.key))
      guard let definition = state.store.facts(kind, reference.key, limit: 1).facts.first?.fact else { continue }
      let exports = RecordTree(parsing: definition.payload)
      if let found = exports.lastMember(Array(name.utf8), of: 0) { return ClaimValueText(of: found, in: exports) }
    }
    return nil
  }
}
