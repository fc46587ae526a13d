import Facts
import Manifest

/// The kinds of facts that the host itself states, and how they are written.
enum HostFacts {
  /// A region of an asset: key, the asset, apart for each record that holds regions; extent, its box or interval; payload, the label's text.
  static let region = "concord/region"
  /// What is known of a picture, film or sound that a record names: key, the path as written; payload, one of
  /// - `width height orientation` in decimal: what a picture's own header says;
  /// - `sound rate channels samples bits` in decimal: what a sound's own header says, with the samples of a channel that are in the
  ///   file; `0` where it does not say;
  /// - `there`: it is there, and nothing else is known;
  /// - `missing` and a path: it is not there, but one that may be meant is;
  /// - `missing`: it is not there, but other files with its ending lie in that folder.
  ///
  /// Nothing is stated of others: files that were not brought along are not missed.
  static let media = "concord/media"
  /// The same of a file of samples, with one payload more: `all` or `first`, and a JSON list of the members that all samples,
  /// or the first of them, have at least once.
  static let dataFile = "concord/data-file"
  static let missing = "missing"
  static let sound = "sound"

  /// A claim of a record that somebody compares: key, what it is compared under and the subject; payload, see `ClaimPayload`.
  static let claim = "concord/claim"

  static let payloadLimit = 256

  /// The exported members of a definition as a JSON object; members that the record lacks are left out.
  static func exports(names: [String], values: [[UInt8]?]) -> [UInt8] {
    var exports = Exports()
    for (name, value) in zip(names, values) { exports.add(name, value) }
    return exports.text
  }

  /// The same, member by member.
  struct Exports {
    private var members: [UInt8] = []

    /// Nothing where there are none.
    var text: [UInt8] { members.isEmpty ? [] : members + [UInt8(ascii: "}")] }

    mutating func add(_ name: String, _ value: [UInt8]?) {
      let count = max(members.count, 1)
      guard let value, count + value.count + name.utf8.count + 5 <= payloadLimit else { return }
      members.append(members.isEmpty ? UInt8(ascii: "{") : UInt8(ascii: ","))
      members += quoted(name)
      members.append(UInt8(ascii: ":"))
      members += value
    }
  }

  private static func quoted(_ name: String) -> [UInt8] {
    var out = [UInt8(ascii: "\"")]
    for byte in name.utf8 {
      if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") { out.append(UInt8(ascii: "\\")) }
      if byte >= 0x20 { out.append(byte) }
    }
    return out + [UInt8(ascii: "\"")]
  }

  /// The extent of a field's canonical numbers, if it has one.
  static func extent(of entry: RoleTable.Entry, in roles: RoleTable) -> Extent? {
    let start = Int(entry.numberStart)
    guard start + Int(entry.numberCount) <= roles.numbers.count else { return nil }
    let numbers = roles.numbers[start..<(start + Int(entry.numberCount))]
    guard numbers.allSatisfy(\.isFinite) else { return nil }
    switch entry.geometry {
    case .box where numbers.count == 4:
      let (x, y, width, height) = (numbers[start], numbers[start + 1], numbers[start + 2], numbers[start + 3])
      guard width >= 0, height >= 0 else { return nil }
      return Extent(form: .box, minX: x, minY: y, maxX: x + width, maxY: y + height)
    case .interval where numbers.count == 2 && numbers[start] <= numbers[start + 1]:
      return Extent(form: .interval, minX: numbers[start], minY: 0, maxX: numbers[start + 1], maxY: 0)
    default:
      return nil
    }
  }
}
