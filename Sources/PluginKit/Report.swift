import CConcordPlugin

/// What every call can ask the host for.
@safe public struct HostCall {
  let host: UnsafePointer<concord_host>
  // Not counted: one is made for each rule and record, and both outlive the call.
  private let lentTable: Unmanaged<RuleTable>
  private let lentArena: Unmanaged<Arena>

  init(host: UnsafePointer<concord_host>, table: RuleTable, arena: Arena) {
    unsafe self.host = host
    unsafe lentTable = .passUnretained(table)
    unsafe lentArena = .passUnretained(arena)
  }

  var table: RuleTable { unsafe lentTable.takeUnretainedValue() }
  var arena: Arena { unsafe lentArena.takeUnretainedValue() }

  /// Today, in days since 1970-01-01. An input, not a clock.
  public var asOf: Int { unsafe Int(host.pointee.as_of) }

  /// A setting of the plugin; `nil` if it is not set, or the rule does not declare it.
  public func setting(_ name: String) -> JSON? {
    guard let index = table.settings[name] else { return nil }
    return unsafe String(host.pointee.setting(host, index)).flatMap { JSON(parsing: $0) }
  }

  /// Looks a text up among the ids and labels of a vocabulary; `nil` if it is not there, or the rule does not declare the vocabulary.
  public func term(_ text: String, in vocabulary: String) -> Term? {
    guard let index = table.vocabularies[vocabulary] else { return nil }
    var term = unsafe concord_term()
    unsafe term.size = MemoryLayout<concord_term>.size
    guard unsafe host.pointee.term(host, index, arena.bytes(text), &term) != 0, let id = unsafe String(term.id) else {
      return nil
    }
    let broader = unsafe UnsafeBufferPointer(start: term.broader, count: term.broader == nil ? 0 : term.broader_count)
    return unsafe Term(
      id: id, label: String(term.label) ?? "", canonical: String(term.canonical) ?? id,
      replacedBy: String(term.replaced_by).flatMap { $0.isEmpty ? nil : $0 },
      broader: broader.map { unsafe String($0) ?? "" }, isDeprecated: term.is_deprecated != 0,
      match: Term.Match(rawValue: term.matched) ?? .otherLabel)
  }

  func complain(_ text: String) { unsafe host.pointee.complain(host, arena.bytes(text)) }

  /// The facts of a key, at most 256. Only while completing or hovering; the host may have to be asked.
  func members(_ kind: FactKind, _ key: String) -> Facts {
    guard let index = table.kinds[kind] else { return unsafe Facts(nil, 0, 0, host) }
    let found = unsafe host.pointee.members(host, index, arena.bytes(key))
    return unsafe Facts(found.facts, found.fact_count, found.total, host)
  }
}

/// What a rule has to say: findings, facts, amounts, claims.
public struct Report {
  /// What else the call can ask the host for.
  public let call: HostCall

  /// Today, in days since 1970-01-01. An input, not a clock.
  public var asOf: Int { call.asOf }
  /// A setting of the plugin; see `HostCall.setting`.
  public func setting(_ name: String) -> JSON? { call.setting(name) }
  /// Looks a text up in a vocabulary; see `HostCall.term`.
  public func term(_ text: String, in vocabulary: String) -> Term? { call.term(text, in: vocabulary) }

  /// Reports a finding.
  ///
  /// `message` is a key of the rule's `messages`, or `""` for its main message. Findings of the rule in one document with
  /// equal `fold` are shown as one with a count.
  public mutating func finding(
    at place: some Placed, _ message: String = "", _ arguments: Arguments = [:], severity: Severity? = nil,
    related: [Related] = [], fixes: [Fix] = [], fold: String? = nil
  ) {
    let arena = call.arena
    var finding = unsafe concord_finding()
    unsafe finding.size = MemoryLayout<concord_finding>.size
    unsafe finding.rule = call.table.rule
    unsafe finding.severity = severity?.rawValue ?? 0
    unsafe finding.place = place.place.c
    unsafe finding.message = arena.message(message, arguments)
    let relatedItems = unsafe related.map {
      unsafe concord_related(place: $0.place.place.c, message: arena.message($0.key, $0.arguments))
    }
    unsafe (finding.related, finding.related_count) = unsafe arena.array(relatedItems)
    unsafe (finding.fixes, finding.fix_count) = unsafe arena.array(fixes.map { unsafe arena.fix($0, call.table) })
    if let fold {
      unsafe finding.has_fold = 1
      unsafe finding.fold = arena.bytes(fold)
    }
    _ = unsafe call.host.pointee.report(call.host, &finding)
  }

  /// What a fact or amount is stated under.
  public enum Key {
    case text(String)
    /// Cheaper than a text, where many are stated. Means something in its own file only, as texts do.
    case number(UInt64)
    case key(FactKey)
  }

  /// States a fact under a key, at one to eight places; the first is the main one.
  @inlinable public mutating func state(
    _ kind: FactKind, key: Key, at place: some Placed, also places: KeyValuePairs<String, any Placed> = [:],
    payload: Payload = .none, extent: Extent? = nil
  ) {
    state(kind, key, place.place, places, payload, extent)
  }

  @usableFromInline mutating func state(
    _ kind: FactKind, _ key: Key, _ place: Place, _ places: KeyValuePairs<String, any Placed>, _ payload: Payload,
    _ extent: Extent?
  ) {
    guard let index = stated(kind) else { return }
    let arena = call.arena
    var statement = unsafe concord_statement()
    unsafe statement.size = MemoryLayout<concord_statement>.size
    unsafe statement.kind = index
    switch key {
    case .text(let text): unsafe statement.key_text = arena.bytes(text)
    case .number(let number): unsafe statement.key_text = arena.bytes(number)
    case .key(let key):
      unsafe statement.has_key = 1
      unsafe statement.key = concord_key(high: key.high, low: key.low)
    }
    let named = unsafe arena.room(for: concord_named_place.self, 1 + places.count)
    unsafe named[0] = concord_named_place(name: concord_bytes(), place: place.c)
    for (number, item) in places.enumerated() {
      unsafe named[number + 1] = concord_named_place(name: arena.bytes(item.key), place: item.value.place.c)
    }
    unsafe (statement.places, statement.place_count) = unsafe (UnsafePointer(named), 1 + places.count)
    unsafe statement.payload = arena.bytes(payload.bytes)
    unsafe statement.extent = concord_extent(extent)
    _ = unsafe call.host.pointee.state(call.host, call.table.rule, &statement)
  }

  /// States what stands for the record by numbers, at most 64: each as a fact under it whose payload is its place among `keys`, one
  /// byte. For kinds that only group rules ask for, and only of two members and more: what nobody shares costs next to nothing.
  public mutating func sketch(_ kind: FactKind, keys: [UInt64], at place: some Placed) {
    guard let index = stated(kind) else { return }
    guard unsafe call.host.pointee.size >= concord_host.sketchEnd, let sketch = unsafe call.host.pointee.sketch else {
      for (number, key) in keys.enumerated() {
        state(kind, key: .number(key), at: place, payload: Payload([UInt8(truncatingIfNeeded: number)]))
      }
      return
    }
    var item = unsafe concord_sketch()
    unsafe item.size = MemoryLayout<concord_sketch>.size
    unsafe item.kind = index
    unsafe (item.keys, item.key_count) = unsafe call.arena.array(keys)
    unsafe item.place = place.place.c
    _ = unsafe sketch(call.host, call.table.rule, &item)
  }

  /// Adds an amount to a total of a key. Integers only: count, or scale to a fixed point.
  @inlinable public mutating func tally(
    _ kind: FactKind, key: Key, bin: UInt32 = 0, _ amount: Int64 = 1, at place: some Placed
  ) {
    tally(kind, key, bin, amount, place.place)
  }

  @usableFromInline mutating func tally(
    _ kind: FactKind, _ key: Key, _ bin: UInt32, _ amount: Int64, _ place: Place
  ) {
    guard let index = stated(kind) else { return }
    var item = unsafe concord_amount()
    unsafe item.size = MemoryLayout<concord_amount>.size
    unsafe item.kind = index
    switch key {
    case .text(let text): unsafe item.key_text = call.arena.bytes(text)
    case .number(let number): unsafe item.key_text = call.arena.bytes(number)
    case .key(let key):
      unsafe item.has_key = 1
      unsafe item.key = concord_key(high: key.high, low: key.low)
    }
    unsafe item.amount = amount
    unsafe item.bin = bin
    unsafe item.place = place.c
    _ = unsafe call.host.pointee.tally(call.host, call.table.rule, &item)
  }

  /// Says who says what of whom.
  public mutating func claim(_ claim: Claim) {
    let arena = call.arena
    var item = unsafe concord_claim()
    unsafe item.size = MemoryLayout<concord_claim>.size
    unsafe item.place = claim.place.place.c
    unsafe (item.subject, item.subject_count) = unsafe arena.array(claim.subject.map { unsafe arena.bytes($0) })
    unsafe item.property = arena.bytes(claim.property)
    unsafe item.value = arena.bytes(claim.value)
    unsafe item.modality = arena.bytes(claim.modality)
    unsafe item.by = arena.bytes(claim.by)
    unsafe item.origin = arena.bytes(claim.origin)
    unsafe item.pass = arena.bytes(claim.pass)
    unsafe item.at = arena.bytes(claim.at)
    unsafe item.batch = arena.bytes(claim.batch)
    unsafe item.language = arena.bytes(claim.language)
    unsafe item.team = arena.bytes(claim.team)
    unsafe item.confidence = claim.confidence ?? .nan
    _ = unsafe call.host.pointee.claim(call.host, &item)
  }

  private func stated(_ kind: FactKind) -> UInt32? {
    if let index = call.table.states[kind.number] { return index }
    call.complain("Rule `\(call.table.id)` states `\(kind.rawValue)`, which it does not declare.")
    return nil
  }
}
