import PluginKit

/// An attribute that is not written as DICOM's JSON is.
struct DICOMJSONShape: RecordRule {
  static let info = RuleInfo(
    id: "dicomjson-shape", severity: .error,
    summary: "An attribute is written under eight letters and digits in capitals, with one value of the kind it says.",
    why: "Programs overlook the attribute, or stop at it.",
    source: "DICOM PS3.18, annex F.",
    message:
      "An attribute has its values, a place to find them, or its bytes, but only one of these. Take the others away.",
    messages: [
      "case": "The letters of an attribute's name are capitals. Write {tag}.",
      "person": "A person's name is an object with `Alphabetic` in it, not a text.",
      "wrap": "Put it into such an object",
      "number": "A value of the kind {vr} is a number, not a text.",
      "unquote": "Write it as a number",
    ],
    good: [
      object(
        #""00100010": {"vr": "PN", "Value": [{"Alphabetic": "Anon"}]}, "00280010": {"vr": "US", "Value": [512]}, "00280030": {"vr": "DS", "Value": ["0.5", 0.5, null]}"#
      )
    ],
    bad: [
      object(#"⟪"0008103e"⟫: {"vr": "LO", "Value": ["a"]}"#), object(#""00280010": {"vr": "US", "Value": [⟪"512"⟫]}"#),
      object(#""00100010": {"vr": "PN", "Value": [⟪"Anon"⟫]}"#),
      object(#""7FE00010": ⟪{⟫"vr": "OW", "InlineBinary": "AAAA", "BulkDataURI": "bulk/1"}"#),
    ])
  static let reads = Reads(fields: [.attribute, .lowerCaseTag])

  func check(_ record: Record, _ report: inout Report) {
    for tag in record.all(.lowerCaseTag) {
      guard let key = tag.value.keyPlace, let name = tag.value.key else { continue }
      report.finding(at: key, "case", ["tag": "`\(name.uppercased())`"], fold: name)
    }
    for attribute in record.all(.attribute) where attribute.value.kind == .object {
      let given = ["Value", "BulkDataURI", "InlineBinary"].filter { attribute.value[$0] != nil }
      if given.count > 1 { report.finding(at: attribute.place.part(offset: 0, count: 1), fold: attribute.value.key) }
      guard let values = attribute.value["Value"], values.kind == .array, let vr = attribute.value["vr"]?.text else {
        continue
      }
      for value in values.children {
        guard let text = value.text else { continue }
        if vr == "PN" {
          let wrapped = #"{"Alphabetic": \#(JSON.quoted(text))}"#
          report.finding(
            at: value, "person", fixes: [Fix("wrap", isCertain: true, edits: [.replace(value, with: wrapped)])],
            fold: "PN")
        } else if Self.numeric.contains(vr) {
          let fixes =
            Int(text).map { [Fix("unquote", edits: [.replace(value, with: String($0))])] } ?? []
          report.finding(at: value, "number", ["vr": "`\(vr)`"], fixes: fixes, fold: vr)
        }
      }
    }
  }

  private static let numeric: Set = ["FL", "FD", "SL", "SS", "UL", "US"]
  private static func object(_ attributes: String) -> String {
    #"[{"00080018": {"vr": "UI", "Value": ["1.2.3"]}, \#(attributes)}]"#
  }
}
