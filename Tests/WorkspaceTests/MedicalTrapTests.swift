import Findings
import Testing
import Workspace

/// What looks like a mistake in medical data and is none: each a case that somebody has met.
@Suite struct MedicalTrapTests {
  /// Rules without the plugin's name, in order of place.
  private func said(_ text: String, path: String? = nil, languageID: String = "json") async throws -> [String] {
    let desk = try await Desk(text, path: path, languageID: languageID)
    #expect(try await desk.snapshot.dialect?.id.hasPrefix("medical-imaging/") == true)
    return try await desk.findings.map { $0.rule.replacing("medical-imaging/", with: "") }
  }

  private func study(_ labels: String..., about: String = "") -> String {
    #"{"concord": "1.0", "domain": "medical-imaging", "samples": [{"id": "s1", \#(about)"sources": [{"id": "ct", "modality": "image", "dicomModality": "CT"}, {"id": "note", "modality": "text"}], "entities": [{"id": "e1"}], "annotations": [\#(labels.joined(separator: ", "))]}]}"#
  }

  private func seen(_ label: String, _ more: String, id: String = "a1") -> String {
    #"{"id": "\#(id)", "source": "ct", "kind": "classification", "label": "\#(label)", \#(more)}"#
  }

  // MARK: Sizes and categories

  private func nodule(_ size: String, _ value: String, _ more: String = "") -> String {
    study(
      seen(
        "nodule",
        #""site": "left lung", "noduleType": "solid", "noduleStatus": "baseline", \#(size), "category": {"system": "Lung-RADS", "version": "2022", "value": "\#(value)"}"#
      ))
  }

  /// Categories go by the mean of both diameters, not by the longest one.
  @Test func theMeanDecidesTheCategory() async throws {
    #expect(try await said(nodule(#""longAxis": 9, "shortAxis": 6"#, "3")) == [])
    #expect(try await said(nodule(#""longAxis": 9, "shortAxis": 6"#, "4A")) == ["rads-size-mismatch"])
    #expect(try await said(nodule(#""longAxis": 9, "shortAxis": 8"#, "3")) == ["rads-size-mismatch"])
  }

  /// Where one diameter alone is known, the mean may be a quarter less, and no more.
  @Test func oneDiameterLeavesRoom() async throws {
    for value in ["3", "4A"] { #expect(try await said(nodule(#""longAxis": 9"#, value)) == [], "\(value)") }
    for value in ["2", "4B"] {
      #expect(try await said(nodule(#""longAxis": 9"#, value)) == ["rads-size-mismatch"], "\(value)")
    }
  }

  /// Other countries' scales have limits of their own.
  @Test func scalesThatAreNotListedAreLeftAlone() async throws {
    for system in ["C-Lung-RADS", "TI-RADS", "My scale"] {
      #expect(try await said(nodule(#""longAxis": 30"#, "2").replacing("Lung-RADS", with: system)) == [], "\(system)")
    }
  }

  /// A solid part that nobody measured decides nothing.
  @Test func aSolidPartThatIsMissingIsNotGuessed() async throws {
    let text = nodule(#""longAxis": 12, "shortAxis": 12"#, "2").replacing(#""solid""#, with: #""part-solid""#)
    #expect(try await said(text) == [])
    #expect(
      try await said(text.replacing(#""longAxis""#, with: #""solidPart": 9, "longAxis""#)) == ["rads-size-mismatch"])
  }

  @Test func halfAMillimetreAroundThirtyIsLeftAlone() async throws {
    for (word, size) in [("nodule", "30.4"), ("mass", "29.6"), ("nodule", "30"), ("mass", "30.1")] {
      #expect(try await said(study(seen(word, #""site": "left lung", "longAxis": \#(size)"#))) == [], "\(word)")
    }
  }

  /// An examination may be graver than what was labelled in it, and is not judged by what a program thinks or readers differ about.
  @Test func anExaminationMayBeGraver() async throws {
    func exam(_ value: String, _ finding: String) -> String {
      study(
        seen(
          "nodule",
          #""entity": "e1", "by": "r1", "category": {"system": "Lung-RADS", "version": "2022", "value": "\#(finding)"}"#
        ),
        about: #""examCategory": {"system": "Lung-RADS", "version": "2022", "value": "\#(value)"}, "#)
    }
    #expect(try await said(exam("4B", "3")) == [])
    #expect(try await said(exam("3", "3S")) == [])
    #expect(try await said(exam("2", "4B")) == ["exam-category-below-finding"])
    #expect(try await said(exam("2", "4B").replacing(#""by""#, with: #""origin": "model", "by""#)) == [])
    let second = seen(
      "nodule",
      #""entity": "e1", "by": "r2", "category": {"system": "Lung-RADS", "version": "2022", "value": "2"}"#, id: "a2")
    let differ = exam("2", "4B").replacing("}}]}]}", with: "}}, \(second)]}]}")
    #expect(try await said(differ) == ["reader-category-disagreement", "reader-category-disagreement"])
  }

  // MARK: Sides

  /// One side, whichever: SNOMED has a code for that, and it is neither left nor right.
  @Test func aSideThatIsNotKnownIsNone() async throws {
    func group(_ code: String) -> String {
      #"{"TrackingIdentifier": "one", "TrackingUniqueIdentifier": "1.2.3", "Laterality": {"CodeValue": "\#(code)", "CodingSchemeDesignator": "SCT", "CodeMeaning": "m\#(code)"}, "measurementItems": []}"#
    }
    for code in ["66459002", "51440002", "7771000"] {
      #expect(try await said(#"{"Measurements": [\#(group("7771000")), \#(group(code))]}"#) == [], "\(code)")
    }
    let turned = #"{"Measurements": [\#(group("7771000")), \#(group("24028007"))]}"#
    #expect(try await said(turned) == ["tracking-side-conflict"])
  }

  /// Letters for `left` mean a lateral view as well, and names of files have many words.
  @Test(arguments: ["view1-L.jpg", "AP_L.jpg", "lateral_frontal.jpg", "bilateral.jpg", "img-R.png"])
  func lettersInNamesOfFilesSayNothing(_ name: String) async throws {
    let text =
      #"{"Path": "p1/s1/\#(name)", "No Finding": null, "Edema": 1, "Frontal/Lateral": "Frontal", "AP/PA": "PA"}"#
    #expect(try await said(text, languageID: "jsonl") == [])
  }

  /// Machines hang mammograms as they like: only what leads clearly to the other side is mentioned, and only mentioned.
  @Test func mammogramsMayHangInManyWays() async throws {
    func image(_ orientation: String, _ view: String = "CC") -> String {
      #"[{"00080018": {"vr": "UI", "Value": ["1.2.3"]}, "00080060": {"vr": "CS", "Value": ["MG"]}, "00185101": {"vr": "CS", "Value": ["\#(view)"]}, "00200020": {"vr": "CS", "Value": [\#(orientation)]}, "00200062": {"vr": "CS", "Value": ["R"]}}]"#
    }
    for orientation in [#""P", "L""#, #""A", "L""#, #""P", "F""#, #""P""#, #""P", null"#, #""P", "LR""#] {
      #expect(try await said(image(orientation)) == [], "\(orientation)")
    }
    #expect(try await said(image(#""P", "R""#, "ML")) == [])
    let desk = try await Desk(image(#""P", "R""#))
    #expect(try await desk.findings.map(\.severity) == [.information])
  }

  // MARK: Headers

  /// Rounded directions, and a `null` that keeps a place empty.
  @Test(arguments: [
    #""00200037": {"vr": "DS", "Value": [0.999, 0.01, 0, -0.01, 0.999, 0]}"#,
    #""00200037": {"vr": "DS", "Value": ["0.70711", "0.70711", "0", "0", "0", "-1"]}"#,
    #""00200037": {"vr": "DS"}"#, #""00200037": {"vr": "DS", "Value": [1, 0, 0]}"#,
    #""00200037": {"vr": "DS", "Value": [null, 0, 0, 0, 1, 0]}"#, #""00280030": {"vr": "DS", "Value": ["0.5", "0.5"]}"#,
    #""00081030": {"vr": "LO", "Value": [null, "CHEST"]}"#, #""7FE00010": {"vr": "OW", "BulkDataURI": "bulk/1"}"#,
    #""00080020": {"vr": "DA", "Value": ["19610101"]}"#,
  ]) func headersMayLookLikeThis(_ attribute: String) async throws {
    #expect(try await said(#"[{"00080018": {"vr": "UI", "Value": ["1.2.3"]}, \#(attribute)}]"#) == [])
  }

  /// Days that are as inexact as they may be are not compared; other studies have other days.
  @Test func daysAreComparedWithinAStudy() async throws {
    func samples(_ uid: String, _ day: String) -> String {
      #"{"concord": "1.0", "domain": "medical-imaging", "samples": [{"id": "s1", "studyUid": "1.2.3", "studyDate": "2019-03-01", "sources": []}, {"id": "s2", "studyUid": "\#(uid)", "studyDate": "\#(day)", "sources": []}]}"#
    }
    for day in ["2019", "2019-03", "2019-03-01T10:00:00", "spring"] {
      #expect(try await said(samples("1.2.3", day)) == [], "\(day)")
    }
    #expect(try await said(samples("1.2.4", "2020-01-01")) == [])
    let desk = try await Desk(samples("1.2.3", "2020-03-01"))
    let found = try await desk.findings
    #expect(found.map(\.rule) == ["medical-imaging/study-day-mismatch"])
    // How far apart they are is told, the days are not.
    #expect(found.first.map { $0.message.contains("366 days") && !$0.message.contains("2019") } == true)
  }

  // MARK: Lists

  /// Lists that were split further keep their number; only a list that is as it was made has to have it.
  @Test func numbersOfListsThatWereSplitAreMentioned() async throws {
    func list(_ rest: String) async throws -> [Severity] {
      let text =
        #"{"labels": {"0": "background"}, "numTraining": 4, "training": [{"image": "a"}, {"image": "b"}]\#(rest)}"#
      return try await Desk(text).findings.filter { $0.rule.hasPrefix("medical-imaging/") }.map(\.severity)
    }
    #expect(try await list(#", "validation": [{"image": "c"}, {"image": "d"}]"#) == [])
    #expect(try await list(#", "validation": [{"image": "c"}], "test": ["d"]"#) == [])
    #expect(try await list(#", "validation": [{"image": "c"}]"#) == [.information])
    #expect(try await list("") == [.warning])
  }

  @Test func onePurposeForAPatientIsNoLeak() async throws {
    func samples(_ split: String) -> String {
      #"{"concord": "1.0", "domain": "medical-imaging", "samples": [{"id": "s1", "patient": "p1", "split": "train", "sources": []}, {"id": "s2", "patient": "p1", "split": "\#(split)", "sources": []}]}"#
    }
    #expect(try await said(samples("train")) == [])
    #expect(try await said(samples("test")) == ["split-leakage"])
  }

  /// Images that were made from several say several times.
  @Test func aSidecarMayListTimes() async throws {
    let text = #"{"EchoTime": [0.012, 0.024], "InversionTime": [0.35, 0.5]}"#
    #expect(try await said(text, path: "/data/sub-01_T2map.json") == [])
  }

  // MARK: Notes

  /// Both versions of the form, two readers of one note, and a word that is said of both sides.
  @Test(arguments: [
    #"{"p": {"text": "Nodule .", "entities": {"1": {"tokens": "Nodule", "label": "Observation::definitely present", "start_ix": 0, "end_ix": 0, "relations": []}}}}"#,
    #"{"p": {"text": "Nodule .", "labeler_1": {"entities": {"1": {"tokens": "Nodule", "label": "OBS-DP", "start_ix": 0, "end_ix": 0, "relations": []}}}, "labeler_2": {"entities": {"1": {"tokens": "Nodule", "label": "OBS-U", "start_ix": 0, "end_ix": 0, "relations": []}}}}}"#,
  ]) func notesComeInSeveralForms(_ text: String) async throws {
    #expect(try await said(text) == [])
  }
}
