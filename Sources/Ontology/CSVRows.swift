import CCSV

/// Reads the rows of a table whose cells stand between delimiters. Never fails: any bytes are some table.
package enum CSVRows {
  /// Cells of one row that are read; no list has so many columns.
  static let columnLimit = 4096

  package struct Row {
    /// As a spreadsheet counts: the first is 1, empty ones count.
    package var number: Int
    /// Without quotes and the space around them; as bytes, which may be no text.
    package var cells: [[UInt8]]
    /// Whether cells were left out because there are too many.
    package var isCut: Bool
  }

  /// The delimiter that stands most often outside quotes in the first row: `,`, `;` or tab.
  package static func delimiter(of bytes: [UInt8]) -> UInt8 {
    var counts: [UInt8: Int] = [:]
    var isQuoted = false
    for byte in bytes.prefix(1 << 16) {
      if byte == UInt8(ascii: "\"") { isQuoted.toggle() }
      if isQuoted { continue }
      // Empty rows in front of the header say nothing.
      if (byte == 0x0A || byte == 0x0D) && !counts.isEmpty { break }
      if byte == 0x09 || byte == UInt8(ascii: ";") || byte == UInt8(ascii: ",") { counts[byte, default: 0] += 1 }
    }
    let most = counts.values.max() ?? 0
    return [0x09, UInt8(ascii: ";"), UInt8(ascii: ",")].first { counts[$0] == most } ?? UInt8(ascii: ",")
  }

  /// Calls `body` with each row that has a cell, in order. `true` if a quote stood open at the end. Cost: linear.
  ///
  /// `bytes` are UTF-8. A first row `sep=;`, as Excel writes it, says the delimiter and is none of the list's.
  package static func read(_ bytes: [UInt8], delimiter: UInt8? = nil, _ body: (Row) -> Void) -> Bool {
    var first = 1
    var bytes = bytes[...]
    var delimiter = delimiter
    if bytes.starts(with: Array("sep=".utf8)), bytes.count > 5, bytes[5] == 0x0A || bytes[5] == 0x0D {
      delimiter = delimiter ?? bytes[4]
      bytes = bytes.dropFirst(bytes.dropFirst(5).starts(with: [0x0D, 0x0A]) ? 7 : 6)
      first = 2
    }
    let separator = delimiter ?? Self.delimiter(of: Array(bytes.prefix(1 << 16)))
    return withoutActuallyEscaping(body) { parse(bytes, separator, RowCollector(firstRow: first, $0)) }
  }

  /// libcsv calls back with memory of its own, which is copied before the call returns. The collector outlives the parser, and
  /// both are of this function.
  private static func parse(_ bytes: ArraySlice<UInt8>, _ separator: UInt8, _ collector: RowCollector) -> Bool {
    var parser = unsafe csv_parser()
    guard unsafe csv_init(&parser, UInt8(CSV_REPALL_NL)) == 0 else { return false }
    defer { unsafe csv_free(&parser) }
    // A quote or a line end as delimiter would be a table of another kind.
    let isUsable = separator != 0x22 && separator != 0x0A && separator != 0x0D
    unsafe csv_set_delim(&parser, isUsable ? separator : UInt8(ascii: ","))
    return withExtendedLifetime(collector) {
      let data = unsafe Unmanaged.passUnretained(collector).toOpaque()
      let field: @convention(c) (UnsafeMutableRawPointer?, Int, UnsafeMutableRawPointer?) -> Void = {
        text, count, data in
        guard let data = unsafe data else { return }
        let cell = unsafe [UInt8](UnsafeRawBufferPointer(start: text, count: text == nil ? 0 : count))
        unsafe Unmanaged<RowCollector>.fromOpaque(data).takeUnretainedValue().add(cell)
      }
      let end: @convention(c) (Int32, UnsafeMutableRawPointer?) -> Void = { byte, data in
        guard let data = unsafe data else { return }
        unsafe Unmanaged<RowCollector>.fromOpaque(data).takeUnretainedValue().end(with: byte)
      }
      unsafe bytes.withUnsafeBytes { buffer in
        _ = unsafe csv_parse(&parser, buffer.baseAddress, buffer.count, field, end, data)
      }
      // Strict only about the end: it says whether a quote stands open, and keeps that cell to itself until asked without.
      unsafe csv_set_opts(&parser, UInt8(CSV_REPALL_NL | CSV_STRICT | CSV_STRICT_FINI))
      let isOpen = unsafe csv_fini(&parser, field, end, data) != 0
      if isOpen {
        unsafe csv_set_opts(&parser, UInt8(CSV_REPALL_NL))
        unsafe csv_fini(&parser, field, end, data)
      }
      return isOpen
    }
  }
}

/// Makes rows of libcsv's cells and line ends. A class because C holds it by its address.
private final class RowCollector {
  private var row: Int
  private var cells: [[UInt8]] = []
  private var count = 0
  private var lastEnd: Int32 = 0
  private let body: (CSVRows.Row) -> Void

  init(firstRow: Int, _ body: @escaping (CSVRows.Row) -> Void) {
    row = firstRow
    self.body = body
  }

  func add(_ cell: [UInt8]) {
    count += 1
    lastEnd = 0
    if cells.count < CSVRows.columnLimit { cells.append(cell) }
  }

  /// `byte` is the line end, or below 0 at the end of the file. The second half of a CR LF ends nothing.
  func end(with byte: Int32) {
    let isSecondHalf = count == 0 && byte == 0x0A && lastEnd == 0x0D
    lastEnd = byte
    if isSecondHalf {
      lastEnd = 0
      return
    }
    if count > 0 { body(CSVRows.Row(number: row, cells: cells, isCut: count > cells.count)) }
    row += 1
    count = 0
    cells = []
  }
}
