import Facts
import Findings
import Manifest
import WorkerProtocol

/// What the numbers of one call mean: needed to read its answer.
struct CallContext: Sendable {
  /// By the call's record numbers.
  private(set) var records: [RecordReference] = []
  /// Length of the own text, for records whose text went along.
  private var lengths: [Int?] = []
  /// Once there are more than a few records.
  private var numbers: [RecordReference: UInt32] = [:]
  private static let few = 8
  /// Where a record whose text did not go along may be pointed at.
  private var given: [(number: UInt32, range: Range<UInt32>)] = []
  /// The same by record, once there are more than a few.
  private var givenByRecord: [UInt32: [Range<UInt32>]] = [:]

  mutating func attach(_ record: RecordInput) {
    let number = number(of: record.reference)
    lengths[Int(number)] = record.bytes.count
  }

  func attached(_ record: RecordReference) -> UInt32? {
    guard let number = known(record), lengths[Int(number)] != nil else { return nil }
    return number
  }

  private func known(_ record: RecordReference) -> UInt32? {
    records.count <= Self.few ? records.firstIndex(of: record).map { UInt32($0) } : numbers[record]
  }

  mutating func wire(_ place: Place) -> WirePlace {
    let number = number(of: place.record)
    let wire = WirePlace(record: number, start: place.start, end: place.end)
    if lengths[Int(number)] == nil { give(number, place.start..<max(place.start, place.end)) }
    return wire
  }

  private mutating func give(_ number: UInt32, _ range: Range<UInt32>) {
    guard given.count >= Self.few else { return given.append((number, range)) }
    if givenByRecord.isEmpty {
      for each in given { givenByRecord[each.number, default: []].append(each.range) }
    }
    givenByRecord[number, default: []].append(range)
  }

  private func isGiven(_ wire: WirePlace) -> Bool {
    func holds(_ range: Range<UInt32>) -> Bool { range.lowerBound <= wire.start && wire.end <= range.upperBound }
    if givenByRecord.isEmpty { return given.contains { $0.number == wire.record && holds($0.range) } }
    return givenByRecord[wire.record]?.contains(where: holds) ?? false
  }

  /// Gives records their numbers in document order, so that the plugin can tell which of several places comes first.
  mutating func number(_ records: some Sequence<RecordReference>) {
    for record in Set(records).sorted() { _ = number(of: record) }
  }

  private mutating func number(of record: RecordReference) -> UInt32 {
    if let number = known(record) { return number }
    let number = UInt32(clamping: records.count)
    records.append(record)
    lengths.append(nil)
    if records.count == Self.few + 1 {
      for (number, record) in records.enumerated() { numbers[record] = UInt32(clamping: number) }
    } else if records.count > Self.few {
      numbers[record] = number
    }
    return number
  }

  /// The place meant; `nil` if it lies outside of what the plugin was shown.
  func place(_ wire: WirePlace) -> Place? {
    guard Int(wire.record) < records.count, wire.start <= wire.end else { return nil }
    if let length = lengths[Int(wire.record)] {
      guard Int(wire.end) <= length else { return nil }
    } else {
      guard isGiven(wire) else { return nil }
    }
    return Place(record: records[Int(wire.record)], start: wire.start, end: wire.end)
  }
}

/// Translates between the host's numbers of kinds and fields and the plugin's.
struct PluginNumbers: Sendable {
  /// By the plugin's kind numbers.
  let kinds: [FactKind?]
  private let kindNumbers: [FactKind: UInt32]
  private let fieldNumbers: [String: UInt32]
  private let contextNumbers: [String: UInt32]
  private let recipeNumbers: [String: UInt32]
  let lookupCount: Int
  /// Tables already translated. Lists are few: one a schema.
  private var fieldMaps: [ObjectIdentifier: (names: FieldNames, numbers: [UInt32?])] = [:]

  init(_ rules: PluginRules, kinds known: [String: FactKind]) {
    func numbers(_ names: [String]) -> [String: UInt32] {
      Dictionary(names.enumerated().map { ($1, UInt32(clamping: $0)) }, uniquingKeysWith: { a, _ in a })
    }
    kinds = rules.kinds.map { known[$0] }
    kindNumbers = Dictionary(
      kinds.enumerated().compactMap { index, kind in kind.map { ($0, UInt32(clamping: index)) } },
      uniquingKeysWith: { a, _ in a })
    fieldNumbers = numbers(rules.fields)
    contextNumbers = numbers(rules.contexts)
    recipeNumbers = numbers(rules.recipeNames)
    lookupCount = rules.lookups.count
  }

  func number(of kind: FactKind?) -> UInt32 { kind.flatMap { kindNumbers[$0] } ?? noIndex }
  func number(ofRecipe name: String) -> UInt32 { recipeNumbers[name] ?? noIndex }

  fileprivate mutating func fields(of record: RecordInput) -> [RoleTable.Entry] {
    let identity = ObjectIdentifier(record.fieldNames)
    let map: [UInt32?]
    if let known = fieldMaps[identity] {
      map = known.numbers
    } else {
      map = record.fieldNames.names.map { fieldNumbers[$0] }
      fieldMaps[identity] = (record.fieldNames, map)
    }
    return record.roles.entries.compactMap { entry in
      guard Int(entry.field) < map.count, let number = map[Int(entry.field)], Int(entry.node) < record.nodes.count
      else {
        return nil
      }
      var entry = entry
      entry.field = number
      return entry
    }
  }

  fileprivate func contexts(of record: RecordInput) -> [(index: UInt32, text: [UInt8])] {
    record.context.compactMap { member in contextNumbers[member.name].map { ($0, member.value) } }
  }
}

/// Writes calls as they cross, one after the other.
struct CallEncoder {
  var numbers: PluginNumbers
  var out = ByteWriter()
  /// What the numbers of the call mean that is being written.
  private(set) var context = CallContext()

  init(numbers: PluginNumbers) { self.numbers = numbers }

  /// Writes a call; what its numbers mean.
  mutating func write(_ call: PluginCall) -> CallContext {
    context = CallContext()
    self.call(call)
    return context
  }

  private mutating func call(_ call: PluginCall) {
    switch call {
    case .check(let input, let lookups):
      out.put(CallForm.check.rawValue)
      context.attach(input)
      record(input)
      out.put(count: numbers.lookupCount)
      for index in 0..<numbers.lookupCount { found(index < lookups.count ? lookups[index] : LookupResult()) }
    case .relate(let subject, let among, let relation, let related):
      out.put(CallForm.relate.rawValue)
      out.put(UInt32(relation.rawValue))
      out.put(numbers.number(of: among))
      fact(subject)
      facts(related.prefix(Limits.lookupFacts))
    case .group(let kind, let key, let members, let records):
      out.put(CallForm.group.rawValue)
      out.put(numbers.number(of: kind))
      out.put(WireKey(key))
      var seen: Set<RecordReference> = []
      let records = records.filter { seen.insert($0.reference).inserted }
      for input in records { context.attach(input) }
      facts(members.prefix(Limits.groupFacts))
      out.put(count: records.count)
      for input in records { record(input) }
    case .totals(let kind, let key, let totals):
      out.put(CallForm.totals.rawValue)
      out.put(numbers.number(of: kind))
      out.put(WireKey(key))
      out.put(count: totals.count)
      context.number(totals.lazy.flatMap(\.places).map(\.record))
      for total in totals {
        out.put(total.bin)
        out.put(total.amount)
        let places = total.places.prefix(Limits.places)
        out.put(count: places.count)
        for place in places { out.put(context.wire(place)) }
      }
    case .fix(let input, let recipe, let argument):
      out.put(CallForm.fix.rawValue)
      context.attach(input)
      record(input)
      out.put(numbers.number(ofRecipe: recipe))
      out.put(argument)
    case .complete(let input, let node, _):
      out.put(CallForm.complete.rawValue)
      context.attach(input)
      record(input)
      out.put(UInt32(clamping: node))
    case .hover(let input, let node, _):
      out.put(CallForm.hover.rawValue)
      context.attach(input)
      record(input)
      out.put(UInt32(clamping: node))
    }
  }

  mutating func record(_ input: RecordInput) {
    out.put(
      recordOfRole: input.roles.role.rawValue, dialect: input.dialect, pattern: input.pattern, bytes: input.bytes,
      nodes: input.nodes, fields: numbers.fields(of: input), numbers: input.roles.numbers,
      contexts: numbers.contexts(of: input))
  }

  mutating func found(_ result: LookupResult) {
    out.put(count: max(result.total, result.facts.count))
    facts(result.facts.prefix(Limits.lookupFacts))
  }

  mutating func facts(_ facts: ArraySlice<AttachedFact>) {
    out.put(count: facts.count)
    for item in facts { fact(item) }
  }

  mutating func fact(_ fact: AttachedFact) {
    let places = fact.places.prefix(Limits.places).map { (name: $0.name, place: context.wire($0.place)) }
    let record = fact.places.first.flatMap { context.attached($0.place.record) } ?? noIndex
    out.put(
      factOfKind: numbers.number(of: fact.kind), record: record, key: WireKey(fact.key), order: fact.order,
      places: places,
      payload: fact.payload, extent: WireExtent(fact.extent))
  }
}

/// What a plugin is told about a key: the answer to `members`.
func encodedMembers(_ result: LookupResult, _ numbers: PluginNumbers) -> [UInt8] {
  var encoder = CallEncoder(numbers: numbers)
  encoder.found(result)
  return encoder.out.bytes
}

extension WireKey {
  init(_ key: FactKey) { self.init(high: key.high, low: key.low) }
}

extension WireExtent {
  init(_ extent: Extent?) {
    self.init()
    guard let extent else { return }
    form = UInt32(extent.form.rawValue)
    minX = extent.minX
    minY = extent.minY
    maxX = extent.maxX
    maxY = extent.maxY
  }
}
