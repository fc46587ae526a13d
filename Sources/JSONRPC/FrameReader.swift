/// Where bytes come from. `read` blocks until there are some.
package protocol ByteSource {
  /// Fills the front of `buffer` and says how much; 0 at the end.
  mutating func read(into buffer: UnsafeMutableRawBufferPointer) -> Int
}

/// Cuts a stream of bytes into message bodies: `Content-Length: n`, an empty line, n bytes.
///
/// Any order and case of headers, LF for CRLF and blank lines between messages are taken. Where the stream makes no
/// sense, it says so once and goes on at the next `Content-Length:`.
package struct FrameReader<Source: ByteSource> {
  package enum Frame: Sendable, Hashable {
    case body([UInt8])
    /// Something that is no message was passed over; one sentence says what.
    case damaged(String)
    /// A body of so many bytes was larger than the limit, and is read past.
    case tooLarge(bytes: Int, limit: Int)
    case end
  }

  /// Bodies above this are read past and reported, never kept. Asked for each message.
  private let maximumBody: () -> Int
  private var source: Source
  /// Bytes read and not yet used begin at `position`.
  private var buffer: [UInt8] = []
  private var position = 0
  /// Of the line read last, with its end; it still stands before `position`.
  private var lastLineLength = 0

  private static var readSize: Int { 1 << 16 }
  private static var maximumHeader: Int { 1 << 13 }
  /// A length above this is taken for garbage and not believed.
  private static var credibleLength: Int { 1 << 32 }

  /// What damage left to do. Done when the next message is wanted, so that the damage is told without waiting for it.
  private enum Pending {
    case resynchronization
    case skipping(Int)
  }
  private var pending: Pending?

  package init(_ source: Source, maximumBody: @autoclosure @escaping () -> Int = 1 << 30) {
    self.source = source
    self.maximumBody = maximumBody
  }

  /// The next body, damage or end. Blocks as long as the source does.
  package mutating func next() -> Frame {
    switch pending {
    case nil: break
    case .resynchronization: skipToNextHeader()
    case .skipping(let count): skip(count)
    }
    pending = nil
    switch readHeader() {
    case .end: return .end
    case .damaged(let reason):
      pending = .resynchronization
      return .damaged(reason)
    case .length(let length):
      let limit = maximumBody()
      guard length <= limit else {
        pending = length <= Self.credibleLength ? .skipping(length) : .resynchronization
        return .tooLarge(bytes: length, limit: limit)
      }
      return readBody(length)
    }
  }

  /// Takes `body`, which turned out to be no message, and goes on inside it where another message begins.
  ///
  /// That happens when the length was too large. Does nothing when no header is inside.
  package mutating func reclaim(_ body: [UInt8]) {
    guard let start = Self.headerStart(in: body, from: 0) else { return }
    buffer.replaceSubrange(..<position, with: body[start...])
    position = 0
  }

  // MARK: Header

  private enum Header {
    case length(Int)
    case damaged(String)
    case end
  }

  private mutating func readHeader() -> Header {
    var length: Int?
    var size = 0
    var isFirstLine = true
    while true {
      switch readLine() {
      case .end: return .end
      case .tooLong: return .damaged("A header line is longer than \(Self.maximumHeader) bytes")
      case .line(let line) where line.isEmpty:
        if isFirstLine { continue }
        return length.map { .length($0) } ?? .damaged("A header without Content-Length")
      case .line(let line):
        isFirstLine = false
        size += line.count
        guard size <= Self.maximumHeader else { return .damaged("A header longer than \(Self.maximumHeader) bytes") }
        switch Self.parse(line) {
        case .other: continue
        case .damaged(let reason):
          // A header may begin in the middle of what made no sense, but not with the length that made none.
          let isLength = Self.headerStart(in: line, from: 0) == 0
          position -= lastLineLength - (isLength ? contentLength.count : 0)
          return .damaged(reason)
        case .length(let value):
          if let length, length != value { return .damaged("Two different lengths in one header") }
          length = value
        }
      }
    }
  }

  private enum HeaderLine {
    case length(Int)
    case other
    case damaged(String)
  }

  private static func parse(_ line: [UInt8]) -> HeaderLine {
    guard let colon = line.firstIndex(of: UInt8(ascii: ":")) else { return .damaged("A header line without a colon") }
    let name = line[..<colon]
    let isToken = !name.isEmpty && name.allSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "{") }
    guard isToken else { return .damaged("A header line without a name") }
    guard name.elementsEqual(contentLength, by: { $0 | 0x20 == $1 | 0x20 }) else { return .other }
    let isSpace: (UInt8) -> Bool = { $0 == 0x20 || $0 == 0x09 }
    let digits = line[(colon + 1)...].drop(while: isSpace).reversed().drop(while: isSpace).reversed()
    let isNumber = !digits.isEmpty && digits.allSatisfy { $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") }
    guard isNumber, let value = Int(String(decoding: digits, as: UTF8.self)) else {
      return .damaged("Content-Length is not a number of bytes")
    }
    return .length(value)
  }

  // MARK: Bytes

  private enum Line {
    case line([UInt8])
    case tooLong
    case end
  }

  private mutating func readLine() -> Line {
    var searched = 0
    while true {
      let unread = buffer[position...]
      if let newline = unread.dropFirst(searched).firstIndex(of: 0x0A) {
        var line = buffer[position..<newline]
        if line.last == 0x0D { line = line.dropLast() }
        lastLineLength = newline + 1 - position
        position = newline + 1
        return .line(Array(line))
      }
      searched = unread.count
      if searched > Self.maximumHeader { return .tooLong }
      guard fill() else { return .end }
    }
  }

  private mutating func readBody(_ length: Int) -> Frame {
    let available = buffer.count - position
    if available >= length {
      let body = Array(buffer[position..<position + length])
      position += length
      return .body(body)
    }
    let start = position
    // Memory is touched only as bytes arrive, so that a length that is never sent costs nothing.
    let body = unsafe [UInt8](unsafeUninitializedCapacity: length) { target, count in
      for index in 0..<available { unsafe target.initializeElement(at: index, to: buffer[start + index]) }
      count = available
      while count < length {
        let rest = unsafe UnsafeMutableRawBufferPointer(rebasing: UnsafeMutableRawBufferPointer(target)[count..<length])
        let got = unsafe source.read(into: rest)
        if got <= 0 { break }
        count += min(got, length - count)
      }
    }
    buffer.removeAll(keepingCapacity: true)
    position = 0
    return body.count == length ? .body(body) : .end
  }

  private mutating func skip(_ count: Int) {
    var rest = count
    while true {
      let step = min(rest, buffer.count - position)
      position += step
      rest -= step
      if rest == 0 || !fill() { return }
    }
  }

  private mutating func skipToNextHeader() {
    while true {
      if let start = Self.headerStart(in: buffer, from: position) {
        position = start
        return
      }
      position = max(position, buffer.count - contentLength.count)
      guard fill() else {
        position = buffer.count
        return
      }
    }
  }

  private static func headerStart(in bytes: [UInt8], from start: Int) -> Int? {
    let name = contentLength
    guard start >= 0, bytes.count - start > name.count else { return nil }
    for offset in start..<(bytes.count - name.count) where bytes[offset] | 0x20 == UInt8(ascii: "c") {
      let isName = bytes[offset..<offset + name.count].elementsEqual(name, by: { $0 | 0x20 == $1 | 0x20 })
      if isName, bytes[offset + name.count] == UInt8(ascii: ":") { return offset }
    }
    return nil
  }

  /// More bytes into the buffer; `false` at the end.
  private mutating func fill() -> Bool {
    if position > 0 {
      buffer.removeSubrange(..<position)
      position = 0
    }
    let got = unsafe withUnsafeTemporaryAllocation(byteCount: Self.readSize, alignment: 16) { piece in
      let got = unsafe source.read(into: piece)
      unsafe buffer.append(contentsOf: piece.prefix(max(0, got)))
      return got
    }
    return got > 0
  }
}

private let contentLength = Array("content-length".utf8)
