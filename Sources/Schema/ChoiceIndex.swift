import Manifest

/// Finds the few branches of a wide `anyOf` or `oneOf` that a value may fit, by what tells the branches apart.
///
/// A class because many places look at it and nobody changes it.
final class ChoiceIndex: Sendable {
  /// Choices of no more branches are tried one after the other.
  static let leastBranches = 8

  enum Criterion: Sendable {
    /// The kind of value alone.
    case kind
    /// Each branch wants certain values.
    case ownConstant(BranchTable)
    /// Each branch wants certain values of one member. `withoutIt`: branches that don't demand that it is there.
    case constant(name: UInt32, BranchTable, withoutIt: [UInt32])
    /// Each branch demands a member that few others do.
    case required(BranchTable)
  }

  let criterion: Criterion
  /// Constant sets of all branches, where the criterion is `ownConstant`.
  let sets: [UInt32]
  /// Kinds of value that some branch takes.
  let kinds: TypeMask
  /// Names that tell the branches apart, the first few.
  let names: [UInt32]
  private let byKind: [[UInt32]]

  init(_ criterion: Criterion, kinds masks: [TypeMask], sets: [UInt32], names: [UInt32]) {
    self.criterion = criterion
    self.sets = sets
    self.names = names
    kinds = masks.reduce([]) { $0.union($1) }
    byKind = Self.kinds.map { kind in
      masks.indices.filter { masks[$0].has(kind) }.map { UInt32(clamping: $0) }
    }
  }

  private static let kinds: [TypeMask] = [.null, .boolean, [.number, .integer], .string, .array, .object]

  /// The branches that take such values.
  func branches(of kind: Node.Kind) -> [UInt32] {
    switch kind {
    case .null: byKind[0]
    case .false, .true: byKind[1]
    case .number: byKind[2]
    case .string: byKind[3]
    case .array: byKind[4]
    case .object, .missing: byKind[5]
    }
  }
}

/// Branches by a hash or name.
struct BranchTable: Sendable {
  private let branchesByKey: [UInt64: [UInt32]]
  /// Branches that no key leads to: they may always fit.
  let others: [UInt32]

  init(_ keys: [[UInt64]?]) {
    var table: [UInt64: [UInt32]] = [:]
    var others: [UInt32] = []
    for (branch, keys) in keys.enumerated() {
      guard let keys else {
        others.append(UInt32(clamping: branch))
        continue
      }
      for key in Set(keys) { table[key, default: []].append(UInt32(clamping: branch)) }
    }
    branchesByKey = table
    self.others = others
  }

  func only(_ key: UInt64) -> [UInt32] { branchesByKey[key] ?? [] }

  func branches(_ key: UInt64) -> [UInt32] { others.isEmpty ? only(key) : (only(key) + others).sorted() }

  /// How many branches are left to try, on average over the branches.
  var meanWidth: Double {
    let total = branchesByKey.values.reduce(0) { $0 + $1.count }
    guard total > 0 else { return .infinity }
    return Double(others.count) + Double(branchesByKey.values.reduce(0) { $0 + $1.count * $1.count }) / Double(total)
  }
}

/// How the index of a wide choice is made.
extension SchemaCompiler {
  /// `nil` where the branches are few, or nothing tells them apart.
  func choiceIndex(of branches: [UInt32], propertySets: [[UInt32: UInt32]]) -> ChoiceIndex? {
    guard branches.count > ChoiceIndex.leastBranches else { return nil }
    let required = branches.map { requiredNames(of: $0) }
    let own = branches.map { constantSet(of: $0) }
    var found: [(width: Double, criterion: ChoiceIndex.Criterion, names: [UInt32])] = []
    func add(_ table: BranchTable, _ names: [UInt32], _ criterion: ChoiceIndex.Criterion) {
      found.append((table.meanWidth, criterion, names))
    }
    let ownTable = BranchTable(own.map { $0.map(hashes) })
    add(ownTable, [], .ownConstant(ownTable))
    for name in commonNames(propertySets) {
      let table = BranchTable(propertySets.map { $0[name].map(hashes) })
      let without = branches.indices.filter { !required[$0].contains(name) }.map { UInt32(clamping: $0) }
      add(table, [name], .constant(name: name, table, withoutIt: without))
    }
    let (byName, names) = requiredTable(required)
    add(byName, names, .required(byName))
    let kinds = branches.map { kindsTaken(by: $0) }
    let sets = own.compactMap { $0 }
    if let best = found.min(by: { $0.width < $1.width }), best.width < Double(branches.count) / 2 {
      return ChoiceIndex(best.criterion, kinds: kinds, sets: sets, names: best.names)
    }
    return kinds.allSatisfy { $0 == .any } ? nil : ChoiceIndex(.kind, kinds: kinds, sets: [], names: [])
  }

  private func hashes(_ set: UInt32) -> [UInt64] {
    code.constantSets[Int(set)].constants.indices.map { code.constants[$0].hash }
  }

  private func commonNames(_ sets: [[UInt32: UInt32]]) -> [UInt32] {
    var counts: [UInt32: Int] = [:]
    for set in sets { for name in set.keys { counts[name, default: 0] += 1 } }
    return counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.prefix(8).map(\.key)
  }

  /// Each branch under the name it demands that the fewest others do.
  private func requiredTable(_ required: [Set<UInt32>]) -> (BranchTable, [UInt32]) {
    var counts: [UInt32: Int] = [:]
    for names in required { for name in names { counts[name, default: 0] += 1 } }
    let rarest = required.map { names in names.min { (counts[$0] ?? 0, $0) < (counts[$1] ?? 0, $1) } }
    var names: [UInt32] = []
    for case .some(let name) in rarest where names.count < 12 && !names.contains(name) { names.append(name) }
    return (BranchTable(rarest.map { $0.map { [UInt64($0)] } }), names)
  }

  private func requiredNames(of place: UInt32) -> Set<UInt32> {
    var names: Set<UInt32> = []
    for same in demands(of: place) {
      for step in code.places[Int(same)].steps.indices where code.steps[step].operation == .object {
        for member in code.objects[Int(code.steps[step].a)].members.indices where code.members[member].isRequired {
          names.insert(code.members[member].name)
        }
      }
    }
    return names
  }

  private func kindsTaken(by place: UInt32) -> TypeMask {
    demands(of: place).reduce(.any) { mask, same in
      let own = code.places[Int(same)]
      if own.flags.contains(.never) { return [] }
      // A whole number is a number: whoever takes only one of them is asked about both.
      let types = own.types.has([.number, .integer]) ? own.types.union([.number, .integer]) : own.types
      return mask.intersection(types)
    }
  }
}
