import Files
import WorkerProtocol

/// What a compiled vocabulary was read from. It stands in the index itself, which is believed only for the file that it names.
struct VocabularyOrigin: Sendable, Hashable {
  var path: String
  /// What formats call the list.
  var id: String
  /// Of a table: the name of a column to the term's member.
  var columns: [String: String]
  var status: FileSystem.Status
  /// When it was read; nanoseconds since 1970.
  var readAt: Int64
  /// SHA-256 of its bytes.
  var sha256: String
  /// Cells that can't be used as written, and the row of the first.
  var faults: Int = 0
  var faultRow: Int = 0

  /// Whether the file can't have changed since without showing it.
  func covers(_ status: FileSystem.Status) -> Bool {
    self.status == status && readAt - status.modified > FileSystem.timeStep
  }

  /// The same of another time or content.
  func isOfSameList(as other: VocabularyOrigin) -> Bool { key == other.key }

  /// What the file in the cache is named by.
  var key: [UInt8] {
    var writer = ByteWriter()
    write(list: &writer)
    return writer.bytes
  }

  private func write(list writer: inout ByteWriter) {
    writer.put(path)
    writer.put(id)
    writer.put(count: columns.count)
    for (name, member) in columns.sorted(by: { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }) {
      writer.put(name)
      writer.put(member)
    }
  }

  var bytes: [UInt8] {
    var writer = ByteWriter()
    write(list: &writer)
    writer.put(UInt64(clamping: status.size))
    writer.put(status.modified)
    writer.put(status.inode)
    writer.put(readAt)
    writer.put(sha256)
    writer.put(count: faults)
    writer.put(count: faultRow)
    return writer.bytes
  }
}

extension VocabularyOrigin {
  /// `nil` for bytes that are none.
  init?(_ bytes: [UInt8]) {
    let read = unsafe bytes.withUnsafeBytes { memory in
      var reader = unsafe ByteReader(memory)
      return try? VocabularyOrigin(reading: &reader)
    }
    guard let read else { return nil }
    self = read
  }

  private init(reading reader: inout ByteReader) throws(WireError) {
    path = try reader.string()
    id = try reader.string()
    columns = [:]
    for _ in 0..<(try reader.count(of: 8)) {
      let name = try reader.string()
      columns[name] = try reader.string()
    }
    let size = Int(clamping: try reader.uint64())
    let modified = try reader.int64()
    status = FileSystem.Status(kind: .file, size: size, modified: modified, inode: try reader.uint64())
    readAt = try reader.int64()
    sha256 = try reader.string()
    faults = Int(try reader.uint32())
    faultRow = Int(try reader.uint32())
  }
}
