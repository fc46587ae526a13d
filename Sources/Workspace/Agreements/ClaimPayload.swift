import Facts
import Manifest
import Schema

/// What a claim's fact carries besides key and place: a JSON object of the source's number, the value, the subject's last part
/// and who says so. What is too long stands for itself by a hash, so that a change of it is a change.
struct ClaimPayload {
  var source = 0
  /// `nil` where it is too long to be kept here.
  var value: ClaimValueText?
  var subject: [[UInt8]] = []
  var qualities: [ClaimDeclaration.Quality: [UInt8]] = [:]
  var isPrivate = false

  private static let longest = 96
  private static let longestQuality = 40

  /// The payload of a claim.
  static func bytes(of claim: RecordClaims.ReadClaim) -> [UInt8] {
    var names = ["source"]
    var values: [[UInt8]?] = [Array(String(claim.source).utf8)]
    if claim.value.text.count <= longest {
      names.append(claim.value.isText ? "text" : "value")
      values.append(claim.value.isText ? quoted(claim.value.text) : claim.value.text)
    } else {
      let hash = FactKey(text: claim.value.text)
      names.append("hash")
      values.append(quoted(Array((String(hash.high, radix: 36) + String(hash.low, radix: 36)).utf8)))
    }
    for (name, holds) in [("literal", claim.value.isLiteral), ("private", claim.isPrivate)] where holds {
      names.append(name)
      values.append(Array("true".utf8))
    }
    for (quality, text) in claim.qualities.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
      names.append(quality.rawValue)
      values.append(quoted(Array(text.prefix(longestQuality))))
    }
    // Only to show what nearly met; the first to go where there is no room.
    let subject = claim.subject.map(quoted).joined(separator: [UInt8(ascii: ",")])
    names.append("subject")
    values.append([UInt8(ascii: "[")] + subject + [UInt8(ascii: "]")])
    return HostFacts.exports(names: names, values: values)
  }

  init(_ payload: [UInt8]) {
    let tree = RecordTree(parsing: payload)
    for node in tree.children(of: 0) {
      switch tree.key(of: node) ?? "" {
      case "source": source = tree.integer(of: node).flatMap { Int(exactly: $0) } ?? 0
      case "text", "value": value = ClaimValueText(of: node, in: tree)
      case "subject": subject = tree.children(of: node).map { tree.stringBytes(of: $0) ?? [] }
      case "private": isPrivate = true
      case "hash", "literal": break
      case let name:
        if let quality = ClaimDeclaration.Quality(rawValue: name) { qualities[quality] = tree.stringBytes(of: node) }
      }
    }
    value?.isLiteral = tree.lastMember(Array("literal".utf8), of: 0) != nil
  }

  private static func quoted(_ text: [UInt8]) -> [UInt8] {
    var out = [UInt8(ascii: "\"")]
    for byte in text {
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"): out += [UInt8(ascii: "\\"), byte]
      case 0..<0x20: out += Array("\\u00".utf8) + [hex(byte >> 4), hex(byte & 15)]
      default: out.append(byte)
      }
    }
    return out + [UInt8(ascii: "\"")]
  }

  private static func hex(_ digit: UInt8) -> UInt8 { digit < 10 ? 0x30 + digit : 0x57 + digit }
}
