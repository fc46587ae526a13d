/// Small whole files for the rules' examples.
enum MedicalExample {
  /// A study with a CT series, a mammogram and a note, and these labels.
  static func study(_ labels: String..., about: String = "", things: String = "") -> String {
    let things = things.isEmpty ? "" : #""entities": [{"id": "\#(things)"}], "#
    return
      #"{"concord": "1.0", "domain": "medical-imaging", "samples": [{"id": "s1", \#(about.isEmpty ? "" : about + ", ")"sources": ["#
      + #"{"id": "ct", "modality": "image", "dicomModality": "CT", "seriesNumber": 3}, "#
      + #"{"id": "mg", "modality": "image", "dicomModality": "MG"}, {"id": "note", "modality": "text"}], "#
      + things + "\"annotations\": [\(labels.joined(separator: ", "))]}]}"
  }

  /// What was found in the CT series.
  static func seen(_ label: String = #""nodule""#, _ more: String = "") -> String {
    #"{"id": "a1", "source": "ct", "kind": "classification", "label": \#(label)\#(more.isEmpty ? "" : ", " + more)}"#
  }

  /// What the note says.
  static func said(_ label: String = #""nodule""#, _ more: String = "") -> String {
    #"{"id": "n1", "source": "note", "kind": "span", "span": [0, 6], "label": \#(label)\#(more.isEmpty ? "" : ", " + more)}"#
  }

  /// One segment, as a program (dcmqi) reads it: category, type, and perhaps more members.
  static func segment(category: String = tissue, type: String, _ more: String = "") -> String {
    #"{"segmentAttributes": [[{"labelID": 1, "SegmentedPropertyCategoryCodeSequence": \#(category), "#
      + #""SegmentedPropertyTypeCodeSequence": \#(type), "SegmentAlgorithmType": "MANUAL"\#(more.isEmpty ? "" : ", " + more)}]]}"#
  }

  static func code(_ code: String, _ meaning: String, scheme: String = "SCT") -> String {
    #"{"CodeValue": "\#(code)", "CodingSchemeDesignator": "\#(scheme)", "CodeMeaning": "\#(meaning)"}"#
  }

  static let tissue = code("85756007", "Tissue")
  static let structure = code("123037004", "Anatomical Structure")

  /// One measured value.
  static func measured(_ value: String, _ quantity: String, _ unit: String) -> String {
    #"{"Measurements": [{"TrackingIdentifier": "one", "TrackingUniqueIdentifier": "1.2.3.4", "measurementItems": [{"value": \#(value), "quantity": \#(quantity), "units": \#(unit)}]}]}"#
  }

  /// A labelled note: its text, and its entities as they stand in JSON.
  static func note(_ text: String, _ entities: String) -> String {
    #"{"p1/s1.txt": {"text": "\#(text)", "entities": {\#(entities)}}}"#
  }
}
