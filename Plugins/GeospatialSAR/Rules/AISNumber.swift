import PluginKit

/// A ship's number that no ship can have.
struct AISNumber: RecordRule {
  static let info = RuleInfo(
    id: "ais-mmsi", severity: .warning,
    summary: "A ship's number (MMSI) has nine digits, and those of a country among them.",
    why: "Messages of different ships run together, and a detection is given to the wrong one.",
    source:
      "ITU-R M.585: ships begin with their country's three digits, 201 to 775; groups, coast stations, aids to navigation, aircraft and distress beacons have digits before them.",
    message: "A ship's number has nine digits, and this has {count}. Copy it again from the message.",
    messages: [
      "zeros":
        "This number has {count} digits: written without quotation marks, a coast station's or a group's loses the zeros it begins with. If it is `{padded}`, write that.",
      "letters": "A ship's number is nine digits and nothing else. Copy it again from the message.",
      "placeholder":
        "{value} is what is entered when nobody knows the ship's number. Leave it empty, or look the ship up.",
      "country": "No country has the digits {country}. Copy the number again from the message.",
    ],
    good: [
      MapExample.messages(#""mmsi": "211331640""#), MapExample.messages(#""mmsi": 367533950"#),
      MapExample.messages(#""mmsi": "992111234""#), MapExample.messages(#""mmsi": "003669702""#),
      MapExample.messages(#""mmsi": "111211501""#), MapExample.messages(#""mmsi": "970211234""#),
    ],
    bad: [
      MapExample.messages(#""mmsi": ⟪"21133164"⟫"#), MapExample.messages(#""mmsi": ⟪3669702⟫"#),
      MapExample.messages(#""mmsi": ⟪"21133164O"⟫"#), MapExample.messages(#""mmsi": ⟪123456789⟫"#),
      MapExample.messages(#""mmsi": ⟪"199331640"⟫"#),
    ])
  static let reads = Reads(fields: [.mmsi])

  func check(_ record: Record, _ report: inout Report) {
    for field in record.all(.mmsi) {
      guard let text = field.text, !text.isEmpty else { continue }
      let isWritten = field.value.kind == .string
      switch MMSI.judge(text) {
      case .right: continue
      case .length(let count):
        let padded = String(repeating: "0", count: max(0, 9 - count)) + text
        let lostZeros = !isWritten && (count == 7 || count == 8) && MMSI.judge(padded) == .right
        // Receivers write numbers so, and a station's can be nothing else: only a hint.
        report.finding(
          at: field, count == 0 ? "letters" : lostZeros ? "zeros" : "", ["count": count, "padded": padded],
          severity: lostZeros ? .hint : nil, fold: text)
      case .placeholder: report.finding(at: field, "placeholder", ["value": text], fold: text)
      case .country(let country): report.finding(at: field, "country", ["country": country], fold: text)
      }
    }
  }
}
