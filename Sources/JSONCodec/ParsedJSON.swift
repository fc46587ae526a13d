import CJSONC

/// One parsed text: owns json-c's tree. Values taken from it keep it alive.
///
/// A class because json-c's tree is freed exactly once, when the last element that reads it is gone.
/// Pointers into the tree never leave this file and `JSONElement`.
@safe package final class ParsedJSON {
  let rootPointer: OpaquePointer?
  /// Strings that json-c was not given.
  let longStrings: LongStrings?

  /// Parses one whole text. Cost: linear in the bytes.
  package convenience init(
    _ bytes: UnsafeRawBufferPointer, limits: JSONCodec.Limits = .init()
  ) throws(JSONCodecError) {
    if bytes.count <= limits.bytes, let long = unsafe LongStrings(bytes) {
      let rest: ParsedJSON? = unsafe long.text.withUnsafeBytes { try? unsafe ParsedJSON(whole: $0, limits: limits) }
      // Places in errors are those of the text as it came.
      if let rest {
        self.init(taking: rest, longStrings: long)
        return
      }
    }
    try unsafe self.init(whole: bytes, limits: limits)
  }

  private init(whole bytes: UnsafeRawBufferPointer, limits: JSONCodec.Limits) throws(JSONCodecError) {
    guard bytes.count <= limits.bytes else {
      throw JSONCodecError(.tooLarge, "\(bytes.count) bytes are more than the \(limits.bytes) that are read")
    }
    if let offset = unsafe firstNumberBeyond64Bits(in: bytes) {
      throw JSONCodecError(.numberOutOfRange, "The number at byte \(offset) has more than 64 bits")
    }
    let depth = Int32(clamping: max(1, limits.depth))
    let result = unsafe concord_json_parse(
      bytes.baseAddress?.assumingMemoryBound(to: CChar.self), bytes.count, depth)
    guard unsafe result.error == json_tokener_success else {
      throw unsafe Self.error(result.error, at: result.offset, of: bytes.count)
    }
    unsafe rootPointer = result.value
    longStrings = nil
  }

  package convenience init(_ bytes: [UInt8], limits: JSONCodec.Limits = .init()) throws(JSONCodecError) {
    // The closure's own `throws` would lose the type.
    let parsed: Result<ParsedJSON, JSONCodecError> = unsafe bytes.withUnsafeBytes { buffer in
      do throws(JSONCodecError) { return .success(try unsafe ParsedJSON(buffer, limits: limits)) } catch {
        return .failure(error)
      }
    }
    let known = try parsed.get()
    self.init(taking: known, longStrings: known.longStrings)
  }

  /// A second owner of the same tree.
  private init(taking other: ParsedJSON, longStrings: LongStrings?) {
    self.longStrings = longStrings
    unsafe rootPointer = other.rootPointer.map { unsafe json_object_get($0) }
  }

  deinit {
    if let rootPointer = unsafe rootPointer { unsafe json_object_put(rootPointer) }
  }

  package var root: JSONElement { unsafe JSONElement(owner: self, pointer: rootPointer) }

  private static func error(_ error: json_tokener_error, at offset: Int, of count: Int) -> JSONCodecError {
    switch error {
    case json_tokener_error_depth: return JSONCodecError(.tooDeep, "Nested too deep at byte \(offset)")
    case json_tokener_error_size: return JSONCodecError(.tooLarge, "Too large to be read")
    case json_tokener_continue where offset >= count:
      return JSONCodecError(.malformed, "The text ends after \(count) bytes, in the middle of a value")
    case json_tokener_continue: return JSONCodecError(.malformed, "Not a JSON value at byte \(offset)")
    default:
      let reason = unsafe String(cString: json_tokener_error_desc(error))
      return JSONCodecError(.malformed, "\(reason) at byte \(offset)")
    }
  }
}
