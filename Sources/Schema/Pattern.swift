// Every call into PCRE2 of this module stands in this file. Subjects are lent for the length of a call; results are plain numbers.
import CPCRE2

/// A compiled regular expression, shared by all threads.
///
/// A class because the compiled form must be freed once.
// Sendable: the compiled code and the match context are only written in `init`, before anyone shares them, and PCRE2 reads
// them from any number of threads; each matching thread brings its own `PatternMatcher`.
@safe final class Pattern: @unchecked Sendable {
  /// As the schema writes it.
  let source: String
  fileprivate let code: OpaquePointer
  fileprivate let context: OpaquePointer

  /// How often matching may try again before it gives up; some milliseconds.
  private static let matchLimit: UInt32 = 100_000

  /// Why a pattern cannot be used, in plain words.
  struct Failure: Error {
    var message: String
  }

  /// Translates from ECMAScript's spelling and compiles. `isStrict` refuses letters that are escaped without a meaning.
  init(_ source: String, isStrict: Bool = false) throws(Failure) {
    let translated = try PatternTranslation.translate(source, isStrict: isStrict)
    var errorCode: Int32 = 0
    var errorOffset = 0
    let options =
      PCRE2_UTF | PCRE2_DOLLAR_ENDONLY | PCRE2_ALLOW_EMPTY_CLASS | PCRE2_MATCH_UNSET_BACKREF
      | PCRE2_NEVER_BACKSLASH_C
    let compiled = unsafe translated.withUnsafeBufferPointer { pattern in
      unsafe pcre2_compile_8(pattern.baseAddress, pattern.count, UInt32(options), &errorCode, &errorOffset, nil)
    }
    guard let compiled = unsafe compiled else { throw Failure(message: Self.message(errorCode)) }
    guard let context = unsafe pcre2_match_context_create_8(nil) else {
      unsafe pcre2_code_free_8(compiled)
      throw Failure(message: "there is no memory for it")
    }
    // Without JIT (it may be switched off) the interpreter does the same, more slowly.
    unsafe pcre2_jit_compile_8(compiled, PCRE2_JIT_COMPLETE)
    unsafe pcre2_set_match_limit_8(context, Self.matchLimit)
    unsafe pcre2_set_depth_limit_8(context, Self.matchLimit)
    unsafe pcre2_set_heap_limit_8(context, 16_384)
    self.source = source
    unsafe self.code = compiled
    unsafe self.context = context
  }

  deinit {
    unsafe pcre2_match_context_free_8(context)
    unsafe pcre2_code_free_8(code)
  }

  private static func message(_ code: Int32) -> String {
    var buffer = [UInt8](repeating: 0, count: 256)
    let length = unsafe buffer.withUnsafeMutableBufferPointer { bytes in
      unsafe pcre2_get_error_message_8(code, bytes.baseAddress, bytes.count)
    }
    return String(decoding: buffer.prefix(Int(max(0, length))), as: UTF8.self)
  }
}

/// What one thread needs to match; reused from call to call.
///
/// A class because the memory must be freed once. Not `Sendable`: it belongs to one evaluation at a time.
@safe final class PatternMatcher {
  enum Outcome { case matches, differs, gaveUp }

  private let data: OpaquePointer?

  init() { unsafe data = pcre2_match_data_create_8(2, nil) }
  deinit { unsafe pcre2_match_data_free_8(data) }

  /// Looks for the pattern anywhere in the text, which may be any bytes: what is no UTF-8 counts as U+FFFD.
  func search(_ pattern: Pattern, in text: Span<UInt8>, _ range: Range<Int>) -> Outcome {
    let outcome = match(pattern, text, range)
    // PCRE2's own mode for broken UTF-8 misreads `\W` when compiled (seen in 10.42), so it looks at repaired text instead.
    guard outcome >= PCRE2_ERROR_UTF8_ERR21, outcome <= PCRE2_ERROR_UTF8_ERR1 else { return Self.outcome(outcome) }
    var bytes: [UInt8] = []
    for at in range { bytes.append(text[at]) }
    let repaired = Array(String(decoding: bytes, as: UTF8.self).utf8)
    return Self.outcome(match(pattern, repaired.span, 0..<repaired.count))
  }

  /// What the first group of the first match holds, or where there is no group all of it; `nil` if nothing matches.
  func captured(_ pattern: Pattern, in text: [UInt8]) -> ArraySlice<UInt8>? {
    guard search(pattern, in: text.span, text.indices) == .matches, let data = unsafe data else { return nil }
    let pairs = unsafe pcre2_get_ovector_pointer_8(data)
    let count = unsafe Int(pcre2_get_ovector_count_8(data))
    guard let pairs = unsafe pairs, count >= 1 else { return nil }
    let isGrouped = unsafe count > 1 && pairs[2] != -1
    let (start, end) = unsafe isGrouped ? (pairs[2], pairs[3]) : (pairs[0], pairs[1])
    guard start <= end, end <= text.count else { return nil }
    return text[start..<end]
  }

  private static func outcome(_ result: Int32) -> Outcome {
    result >= 0 ? .matches : result == PCRE2_ERROR_NOMATCH ? .differs : .gaveUp
  }

  private func match(_ pattern: Pattern, _ text: Span<UInt8>, _ range: Range<Int>) -> Int32 {
    guard let data = unsafe data else { return PCRE2_ERROR_NOMEMORY }
    return unsafe text.withUnsafeBufferPointer { bytes in
      unsafe pcre2_match_8(
        pattern.code, bytes.baseAddress.map { unsafe $0 + range.lowerBound } ?? Self.empty, range.count, 0, 0, data,
        pattern.context)
    }
  }

  /// PCRE2 wants an address even for no bytes. It is never read.
  private static var empty: UnsafePointer<UInt8>? { unsafe UnsafePointer(bitPattern: 8) }
}
