import PluginKit

/// What the recording of a record is called, in every file of a dataset.
enum Recording {
  static let fields: [Field] = [.recordingName, .recordingPath, .recordingID]

  static func name(of record: Record) -> String? {
    let name = record.text(.recordingName) ?? record.text(.recordingID) ?? record.text(.recordingPath).map(stem)
    return name.flatMap { $0.isEmpty || $0.utf8.count > 512 ? nil : $0 }
  }

  /// A file's name without folders and ending.
  static func stem(_ path: String) -> String {
    let bytes = path.utf8
    let start = bytes.lastIndex { $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "\\") }.map { bytes.index(after: $0) }
    // What ends with a slash is called what stands before it.
    if start == bytes.endIndex { return stem(String(path.dropLast())) }
    let file = path[(start ?? bytes.startIndex)...]
    guard let dot = file.utf8.lastIndex(of: UInt8(ascii: ".")), dot > file.startIndex else { return String(file) }
    return String(file[..<dot])
  }
}

/// What several files say of one recording, as facts carry it.
struct Parts {
  private static let separator: Character = "\u{1F}"
  let parts: [String]

  init(_ parts: String...) {
    self.parts = parts.map { $0.utf8.count <= 100 ? $0 : String(decoding: $0.utf8.prefix(100), as: UTF8.self) }
  }
  init(_ fact: Fact) {
    parts = fact.text.split(separator: Self.separator, omittingEmptySubsequences: false).map(String.init)
  }

  var payload: Payload {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(parts.reduce(parts.count) { $0 + $1.utf8.count })
    for (index, part) in parts.enumerated() {
      if index > 0 { bytes.append(0x1F) }
      bytes.append(contentsOf: part.utf8)
    }
    return Payload(bytes.count <= 256 ? bytes : Array(bytes.prefix(256)))
  }
  subscript(index: Int) -> String { parts.indices.contains(index) ? parts[index] : "" }
  func number(_ index: Int) -> Double? { Double(self[index]) }
}

/// Which of some names is nearest to another, if one is near.
enum Nearest {
  static func name(to name: String, among names: some Sequence<String>) -> String? {
    var best: (name: String, distance: Int)?
    var isTied = false
    for other in names {
      let distance = distance(Array(name.utf8.prefix(64)), Array(other.utf8.prefix(64)))
      if let known = best, distance >= known.distance {
        isTied = isTied || distance == known.distance && !known.name.utf8.elementsEqual(other.utf8)
      } else {
        (best, isTied) = ((other, distance), false)
      }
    }
    guard let best, !isTied, best.distance <= max(1, name.utf8.count / 4) else { return nil }
    return best.name
  }

  private static func distance(_ a: [UInt8], _ b: [UInt8]) -> Int {
    var row = Array(0...b.count)
    for (i, x) in a.enumerated() {
      var corner = row[0]
      row[0] = i + 1
      for (j, y) in b.enumerated() {
        let next = min(row[j] + 1, row[j + 1] + 1, corner + (x == y ? 0 : 1))
        (corner, row[j + 1]) = (row[j + 1], next)
      }
    }
    return row[b.count]
  }
}

extension String {
  /// As a JSON string.
  var json: String { JSON.quoted(self) }
}
