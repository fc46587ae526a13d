/// Lines of words with space between them, one record a line, whose columns the format names: RTTM, CTM, STM.
package struct WordGrammar: Sendable, Hashable {
  package struct Column: Sendable, Hashable {
    package var name: String
    /// Its words are numbers; one that is none is a text.
    package var isNumber: Bool
    /// The column is there only in lines whose word begins with this byte.
    package var opens: UInt8?

    package init(_ name: String, isNumber: Bool = false, opens: UInt8? = nil) {
      self.name = name
      self.isNumber = isNumber
      self.opens = opens
    }
  }
  package var columns: [Column]
  /// A line that begins with this is no record.
  package var comment: [UInt8]
  /// The word that stands where nothing is known; it reads as `null`.
  package var absent: [UInt8]
  /// The last column is the rest of the line, with the space in it.
  package var takesRest: Bool

  package init(_ columns: [Column], comment: String = "", absent: String = "", takesRest: Bool = false) {
    self.columns = columns
    self.comment = Array(comment.utf8)
    self.absent = Array(absent.utf8)
    self.takesRest = takesRest
  }

  /// The column of a word that stands behind those before it.
  func column(from column: Int, first byte: UInt8) -> Int {
    guard column < columns.count, let opens = columns[column].opens, byte != opens else { return column }
    return column + 1
  }

  func isRest(_ column: Int) -> Bool { takesRest && column == columns.count - 1 }

  /// What a row calls a word: its column's name, or behind all columns how manieth it is.
  func key(of column: Int) -> [UInt8] {
    Array((column < columns.count ? columns[column].name : String(column + 1)).utf8)
  }

  /// A word as a row's value reads: JSON text, and whether that is no string. `nil`: a string.
  func plainValue(of word: ArraySlice<UInt8>, in column: Int) -> (kind: Node.Kind, json: [UInt8])? {
    if !absent.isEmpty, word.elementsEqual(absent) { return (.null, Array("null".utf8)) }
    guard column < columns.count, columns[column].isNumber, let number = Self.number(word) else { return nil }
    return (.number, number)
  }

  /// A number as JSON writes it: `.5` and `007` are numbers here too.
  private static func number(_ word: ArraySlice<UInt8>) -> [UInt8]? {
    var rest = word
    let sign: [UInt8] = rest.first == UInt8(ascii: "-") ? [UInt8(ascii: "-")] : []
    if !sign.isEmpty || rest.first == UInt8(ascii: "+") { rest = rest.dropFirst() }
    let whole = rest.prefix { $0.isDigit }
    rest = rest.dropFirst(whole.count)
    var fraction: ArraySlice<UInt8> = []
    if rest.first == UInt8(ascii: ".") {
      fraction = rest.dropFirst().prefix { $0.isDigit }
      rest = rest.dropFirst(1 + fraction.count)
    }
    guard whole.count + fraction.count > 0 else { return nil }
    var exponent: [UInt8] = []
    if let mark = rest.first, mark | 0x20 == UInt8(ascii: "e") {
      let digits = rest.dropFirst().drop { $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "+") }
      guard !digits.isEmpty, rest.count - digits.count <= 2, digits.allSatisfy(\.isDigit) else { return nil }
      exponent = Array(rest)
      rest = []
    }
    guard rest.isEmpty else { return nil }
    let digits = whole.drop { $0 == UInt8(ascii: "0") }
    let point = fraction.isEmpty ? [] : [UInt8(ascii: ".")] + fraction
    return sign + (digits.isEmpty ? [UInt8(ascii: "0")] : Array(digits)) + point + exponent
  }
}
