import CConcordPlugin

/// One value of a record's tree. Every accessor gives `nil` or nothing where there is nothing; none can fail.
///
/// Lives as long as the call it came from.
/// The pointers are the host's, valid during the call; every index into them is checked against the count beside it.
@safe public struct Value {
  let record: UnsafePointer<concord_record>
  let host: UnsafePointer<concord_host>
  /// Below the record's node count.
  @usableFromInline let index: Int

  /// What sort of value it is.
  public enum Kind: UInt8, Sendable {
    /// No value where one belongs (`"a": ,`).
    case missing = 0
    case null, `false`, `true`, number, string, array, object
  }

  init?(_ record: UnsafePointer<concord_record>, _ host: UnsafePointer<concord_host>, _ index: Int) {
    guard index >= 0, unsafe index < record.pointee.node_count else { return nil }
    unsafe self.record = record
    unsafe self.host = host
    self.index = index
  }

  var node: concord_node { unsafe record.pointee.nodes[index] }
  private func has(_ flag: Int) -> Bool { Int(node.flags) & flag != 0 }

  /// What sort of value it is; `missing` for a number this kit does not know.
  public var kind: Kind { Kind(rawValue: node.kind) ?? .missing }
  /// The token is not well formed (`01`, a string without its end).
  public var isMalformed: Bool { has(CONCORD_MALFORMED) }
  /// A container whose children are records of their own.
  public var isElided: Bool { has(CONCORD_ELIDED) }
  /// A member whose key stood earlier in the same object.
  public var isDuplicate: Bool { has(CONCORD_DUPLICATE_KEY) }

  /// The value without surrounding space, quotes and brackets included.
  public var place: Place {
    unsafe Place(record: record.pointee.index, start: node.start, end: max(node.start, node.end))
  }
  /// The member's key, quotes included.
  public var keyPlace: Place? {
    guard node.key_end > node.key_start else { return nil }
    return unsafe Place(record: record.pointee.index, start: node.key_start, end: node.key_end)
  }

  /// The value's bytes as they stand, quotes and brackets included.
  public func withBytes<Result>(_ body: (Span<UInt8>) -> Result) -> Result {
    body(unsafe slice(node.start, node.end).span)
  }
  /// The value's text as it stands, quotes and brackets included.
  public var raw: String { unsafe String(decoding: slice(node.start, node.end), as: UTF8.self) }

  /// A string's text, unescaped; `nil` for anything else.
  public var text: String? {
    guard kind == .string else { return nil }
    guard has(CONCORD_ESCAPED) || has(CONCORD_MALFORMED) else {
      return unsafe String(decoding: inner(node.start, node.end), as: UTF8.self)
    }
    return unsafe String(host.pointee.text(host, record, UInt32(truncatingIfNeeded: index)))
  }
  /// A string's text in UTF-8, unescaped; `nil` for anything else. Costs a copy only where the string holds escapes.
  public func withText<Result>(_ body: (Span<UInt8>) -> Result) -> Result? {
    guard kind == .string else { return nil }
    guard has(CONCORD_ESCAPED) || has(CONCORD_MALFORMED) else { return body(unsafe inner(node.start, node.end).span) }
    let text = unsafe host.pointee.text(host, record, UInt32(truncatingIfNeeded: index))
    guard let start = unsafe text.start else { return nil }
    return body(unsafe UnsafeBufferPointer(start: start, count: text.count).span)
  }
  /// A string's text, or a number's or literal's as it stands: what an id or label reads as. `nil` for containers.
  public var scalarText: String? {
    switch kind {
    case .string: text
    case .number, .true, .false: raw
    case .missing, .null, .array, .object: nil
    }
  }
  /// Whether this is a string with this text. Compares bytes; costs no allocation.
  public func isText(_ text: StaticString) -> Bool {
    guard kind == .string else { return false }
    guard !has(CONCORD_ESCAPED), !has(CONCORD_MALFORMED), text.hasPointerRepresentation else {
      return self.text == "\(text)"
    }
    let inner = unsafe inner(node.start, node.end)
    guard inner.count == text.utf8CodeUnitCount else { return false }
    for index in 0..<text.utf8CodeUnitCount where unsafe inner[index] != text.utf8Start[index] { return false }
    return true
  }

  /// A well-formed, finite number; `nil` for anything else.
  public var number: Double? {
    guard kind == .number, !isMalformed else { return nil }
    return withBytes { bytes in
      var offset = 0
      return NumberReader.next(in: bytes, at: &offset)
    }
  }
  /// A number written without fraction and exponent that fits 64 bits.
  public var integer: Int? {
    guard kind == .number, !isMalformed else { return nil }
    return withBytes { NumberReader.integer($0) }
  }
  /// `true` or `false`; `nil` for anything else.
  public var bool: Bool? {
    switch kind {
    case .true: true
    case .false: false
    default: nil
    }
  }

  /// The member's key, unescaped.
  public var key: String? {
    guard node.key_end > node.key_start else { return nil }
    guard has(CONCORD_KEY_ESCAPED) else {
      return unsafe String(decoding: inner(node.key_start, node.key_end), as: UTF8.self)
    }
    return unsafe String(host.pointee.key(host, record, UInt32(truncatingIfNeeded: index)))
  }
  func keyEquals(_ key: String) -> Bool {
    guard node.key_end > node.key_start else { return false }
    guard has(CONCORD_KEY_ESCAPED) else { return unsafe key.utf8.elementsEqual(inner(node.key_start, node.key_end)) }
    return self.key.map { $0.utf8.elementsEqual(key.utf8) } ?? false
  }

  /// The bytes of a range of offsets, cut to the record's text.
  private func slice(_ start: UInt32, _ end: UInt32) -> UnsafeBufferPointer<UInt8> {
    let bytes = unsafe record.pointee.bytes
    let from = unsafe min(Int(start), bytes.count)
    let to = unsafe min(max(Int(end), from), bytes.count)
    guard let base = unsafe bytes.start, to > from else { return unsafe UnsafeBufferPointer(start: nil, count: 0) }
    return unsafe UnsafeBufferPointer(start: base + from, count: to - from)
  }
  /// The same without the quotes.
  private func inner(_ start: UInt32, _ end: UInt32) -> UnsafeBufferPointer<UInt8> {
    let whole = unsafe slice(start, end)
    guard whole.count >= 2 else { return unsafe UnsafeBufferPointer(start: nil, count: 0) }
    return unsafe UnsafeBufferPointer(rebasing: whole[1..<(whole.count - 1)])
  }
}

extension String {
  /// Copies bytes lent by the host; `nil` for a null start.
  init?(_ bytes: concord_bytes) {
    guard let start = unsafe bytes.start else { return nil }
    unsafe self.init(decoding: UnsafeBufferPointer(start: start, count: bytes.count), as: UTF8.self)
  }
}
