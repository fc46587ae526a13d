/// Something that is not well formed. Parsing never fails; it gives a tree and these.
package struct SyntaxProblem: Sendable, Hashable {
  /// The part of the rule id behind `syntax/`.
  package enum Code: String, Sendable, CaseIterable {
    case unexpectedCharacter = "unexpected-character"
    case unterminatedString = "unterminated-string"
    case strayQuote = "stray-quote"
    case controlCharacter = "control-character"
    case invalidEscape = "invalid-escape"
    case loneSurrogate = "lone-surrogate"
    case invalidUTF8 = "invalid-utf8"
    case invalidNumber = "invalid-number"
    case invalidLiteral = "invalid-literal"
    case missingComma = "missing-comma"
    case trailingComma = "trailing-comma"
    case extraComma = "extra-comma"
    case missingColon = "missing-colon"
    case missingKey = "missing-key"
    case missingValue = "missing-value"
    case missingOpener = "missing-opener"
    case missingCloser = "missing-closer"
    case strayCloser = "stray-closer"
    case strayOpener = "stray-opener"
    case comment = "comment"
    case duplicateKey = "duplicate-key"
    case byteOrderMark = "byte-order-mark"
    case extraContent = "extra-content"
    case emptyDocument = "empty-document"
    case blankLine = "blank-line"
    case unclosedCell = "unclosed-cell"
    case strayCellQuote = "stray-cell-quote"
    case missingCell = "missing-cell"
    case extraCell = "extra-cell"
    case duplicateColumn = "duplicate-column"
    case foreignEncoding = "foreign-encoding"
  }

  package var code: Code
  package var range: Range<Int>
  /// The text that would make it right in place of `range`, where that is certain (a trailing comma: empty).
  package var replacement: [UInt8]?

  package init(_ code: Code, _ range: Range<Int>, replacement: [UInt8]? = nil) {
    self.code = code
    self.range = range
    self.replacement = replacement
  }
}
