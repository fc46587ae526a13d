import Findings
import TestSupport
import Testing
import Workspace

/// Cases in which a rule about medical images could be wrong, and must be silent; and what it says where it must not be.
@Suite struct MedicalGuardTests {
  /// Rules without the plugin's name, in order of place; those of other plugins as they are.
  private func said(_ text: String, path: String? = nil, languageID: String = "json") async throws -> [String] {
    let desk = try await Desk(text, path: path, languageID: languageID)
    #expect(try await desk.snapshot.dialect?.id.hasPrefix("medical-imaging/") == true)
    return try await desk.findings.map { $0.rule.replacing("medical-imaging/", with: "") }
  }

  private func study(_ labels: String..., about: String = "") -> String {
    #"{"concord": "1.0", "domain": "medical-imaging", "samples": [{"id": "s1", \#(about.isEmpty ? "" : about + ", ")"sources": ["#
      + #"{"id": "ct", "modality": "image", "dicomModality": "CT", "seriesNumber": 3}, {"id": "note", "modality": "text"}], "#
      + "\"annotations\": [\(labels.joined(separator: ", "))]}]}"
  }

  private func seen(_ id: Int, _ label: String, _ more: String) -> String {
    #"{"id": "a\#(id)", "source": "ct", "kind": "classification", "label": "\#(label)", \#(more)}"#
  }

  private func noted(_ id: Int, _ label: String, _ more: String) -> String {
    #"{"id": "n\#(id)", "source": "note", "kind": "span", "span": [0, 6], "label": "\#(label)", \#(more)}"#
  }

  private func at(_ site: String, _ side: String = "") -> String {
    #""site": "\#(site)""# + (side.isEmpty ? "" : #", "laterality": "\#(side)""#)
  }

  // MARK: Image against note

  /// `unpaired` is no side, and neither is `both`.
  @Test(arguments: ["unpaired", "both"]) func whatHasNoSideContradictsNone(_ side: String) async throws {
    let text = study(seen(1, "nodule", at("lung", side)), noted(1, "nodule", at("lung", "left")))
    #expect(try await said(text) == [])
  }

  @Test func aNoduleOnEachSideInBothIsNoConflict() async throws {
    let text = study(
      seen(1, "nodule", at("lung", "left")), seen(2, "nodule", at("lung", "right")),
      noted(1, "nodule", at("lung", "right")), noted(2, "nodule", at("lung", "left")))
    #expect(try await said(text) == [])
  }

  /// The pair that agrees is taken first, so that the wrong side is left over for the other.
  @Test func aWrongSideDoesNotHideBehindARightOne() async throws {
    let text = study(
      seen(1, "nodule", at("upper lobe", "left")), seen(2, "nodule", at("lower lobe", "left")),
      noted(1, "nodule", at("upper lobe", "left")), noted(2, "nodule", at("lower lobe", "right")))
    #expect(try await said(text) == ["laterality-conflict", "laterality-conflict"])
  }

  /// Other lobes, other organs, other studies: other findings.
  @Test func whatMayBeAnotherFindingIsNotCompared() async throws {
    #expect(
      try await said(
        study(seen(1, "nodule", at("upper lobe", "left")), noted(1, "nodule", at("lower lobe", "right")))) == [])
    #expect(try await said(study(seen(1, "cyst", at("left kidney")), noted(1, "cyst", at("right breast")))) == [])
    func sample(_ number: Int, _ label: String) -> String {
      #"{"id": "s\#(number)", "studyUid": "1.2.\#(number)", "sources": [{"id": "ct", "modality": "image"}, {"id": "note", "modality": "text"}], "annotations": [\#(label)]}"#
    }
    let samples = [sample(1, seen(1, "nodule", at("left lung"))), sample(2, noted(1, "nodule", at("right lung")))]
    let text = #"{"concord": "1.0", "domain": "medical-imaging", "samples": [\#(samples.joined(separator: ", "))]}"#
    #expect(try await said(text) == [])
    // The same, if both are of one study.
    #expect(
      try await said(text.replacing(#""1.2.2""#, with: #""1.2.1""#)) == ["laterality-conflict", "laterality-conflict"])
  }

  /// Of three nodules on one side nobody can tell which the note's one on the other side is.
  @Test func whereNobodyCanTellNothingIsSaid() async throws {
    let text = study(
      seen(1, "nodule", at("left lung")), seen(2, "nodule", at("left lung")), seen(3, "nodule", at("left lung")),
      noted(1, "nodule", at("right lung")))
    #expect(try await said(text) == [])
  }

  /// No nodule on the right does not deny the one on the left.
  @Test func aDenialHoldsForItsOwnSide() async throws {
    let text = study(
      seen(1, "nodule", at("left lung")), noted(1, "nodule", at("right lung") + #", "presence": "absent""#))
    #expect(try await said(text) == [])
  }

  /// Notes that give whole millimetres say the same as a label with one decimal.
  @Test func roundedSizesAgree() async throws {
    let text = study(
      seen(1, "nodule", at("left lung") + #", "longAxis": 8.4"#),
      noted(1, "nodule", at("left lung") + #", "longAxis": 8"#))
    #expect(try await said(text) == [])
  }

  /// Lung-RADS counts tenths: 5.96 mm is 6.0 mm, and 5.9 mm is not.
  @Test func categoriesGoByTenths() async throws {
    func nodule(_ size: String, _ value: String) -> String {
      study(
        seen(
          1, "nodule",
          at("left lung")
            + #", "noduleType": "solid", "noduleStatus": "baseline", "longAxis": \#(size), "category": {"system": "Lung-RADS", "version": "2022", "value": "\#(value)"}"#
        ))
    }
    #expect(try await said(nodule("5.96", "3")) == [])
    #expect(try await said(nodule("5.9", "2")) == [])
    #expect(try await said(nodule("5.9", "3")) == ["rads-size-mismatch"])
    #expect(try await said(nodule("5.9", "4X")) == [])
    #expect(try await said(nodule("5.9", "2S")) == [])
    // Limits of an older version are other ones.
    #expect(try await said(nodule("5.9", "3").replacing("2022", with: "1.0")) == [])
  }

  @Test func synonymsAreOneFinding() async throws {
    for word in ["masses", "lesion", "tumour"] {
      #expect(
        try await said(study(seen(1, "mass", at("left kidney")), noted(1, word, at("left kidney")))) == [], "\(word)")
    }
  }

  // MARK: Segments

  private func segment(_ category: String, _ type: String, _ scheme: String = "SCT", _ more: String = "") -> String {
    #"{"segmentAttributes": [[{"labelID": 1, "SegmentedPropertyCategoryCodeSequence": {"CodeValue": "\#(category)", "CodingSchemeDesignator": "SCT", "CodeMeaning": "c"}, "SegmentedPropertyTypeCodeSequence": {"CodeValue": "\#(type)", "CodingSchemeDesignator": "\#(scheme)", "CodeMeaning": "t"}, "SegmentAlgorithmType": "MANUAL"\#(more)}]]}"#
  }

  /// Arteries, veins and lymph nodes are tissues, and structures too.
  @Test(arguments: ["51114001", "29092000", "59441001"], ["85756007", "123037004"])
  func atypeMayBelongToSeveralCategories(_ type: String, _ category: String) async throws {
    #expect(try await said(segment(category, type)) == [])
  }

  @Test func whatIsNotListedIsLeftAlone() async throws {
    #expect(try await said(segment("85756007", "999999")) == [])
    #expect(try await said(segment("85756007", "10200004", "99MINE")) == [])
    #expect(try await said(segment("1", "10200004")) == [])
  }

  /// `U`, unpaired, and words that are no sides may stand where sides do.
  @Test func whatIsNoSideIsNoSide() async throws {
    for code in ["U", "261183002"] {
      let side =
        #", "SegmentedPropertyTypeModifierCodeSequence": {"CodeValue": "\#(code)", "CodingSchemeDesignator": "SCT", "CodeMeaning": "Upper"}"#
      #expect(try await said(segment("123037004", "10200004", "SCT", side)) == [], "\(code)")
    }
  }

  /// Each list of segments belongs to a mask of its own.
  @Test func numbersCountWithinOneMask() async throws {
    let one =
      #"{"labelID": 1, "SegmentedPropertyCategoryCodeSequence": {"CodeValue": "85756007", "CodingSchemeDesignator": "SCT", "CodeMeaning": "Tissue"}, "SegmentedPropertyTypeCodeSequence": {"CodeValue": "85756007", "CodingSchemeDesignator": "SCT", "CodeMeaning": "Tissue"}, "SegmentAlgorithmType": "MANUAL"}"#
    #expect(try await said(#"{"segmentAttributes": [[\#(one)], [\#(one)]]}"#) == [])
    #expect(
      try await said(#"{"segmentAttributes": [[\#(one), \#(one)]]}"#) == ["segment-defaults"])
  }

  // MARK: Lists for training

  private func nnunet(_ labels: String) -> String {
    #"{"channel_names": {"0": "CT"}, "labels": \#(labels), "numTraining": 1, "file_ending": ".nii.gz"}"#
  }

  /// Keys in the order of text, regions, and names that are numbers.
  @Test(arguments: [
    #"{"background": 0, "whole": [1, 2, 3], "core": [2, 3], "active": 3, "ignore": 4}"#, #"{"background": 0}"#,
    #"{"background": 0, "1": 1, "2": 2}"#,
  ]) func labelsMayBeRegionsAndNumbers(_ labels: String) async throws {
    #expect(try await said(nnunet(labels)) == [])
  }

  @Test func labelsOfTheDecathlonMayStandInAnyOrder() async throws {
    let text =
      #"{"labels": {"0": "b", "1": "x", "10": "k", "2": "c", "3": "d", "4": "e", "5": "f", "6": "g", "7": "h", "8": "i", "9": "j"}, "training": [{"image": "a"}]}"#
    #expect(try await said(text) == [])
  }

  // MARK: Sidecars

  /// Keys that stand in a sidecar higher in the tree are not missed here.
  @Test(arguments: [#"{"EchoTime": 0.03}"#, #"{"FrameDuration": [10, 20]}"#, #"{"SliceTiming": [0, 900]}"#])
  func whatAnotherSidecarMaySayIsNotMissed(_ text: String) async throws {
    #expect(try await said(text, path: "/data/sub-01_bold.json") == [])
  }

  /// A break between two scans is no mistake, but worth knowing.
  @Test func aBreakIsOnlyMentioned() async throws {
    let desk = try await Desk(#"{"FrameTimesStart": [0, 600, 4000], "FrameDuration": [600, 600, 600]}"#)
    #expect(try await desk.findings.map(\.severity) == [.information])
  }

  // MARK: Identifiers and people

  @Test(arguments: ["1.2.3", "0.0", "2.25.0", "1.3.6.1.4.1.14519.5.2.1.7695.1700"])
  func identifiersMayBeShortOrHaveAZero(_ uid: String) async throws {
    #expect(try await said(study(about: #""studyUid": "\#(uid)""#)) == [])
  }

  /// Identifiers look like addresses of computers and like phone numbers, sizes like dates.
  @Test(arguments: [
    "UID 1.2.840.113619.2.55.3.604688119.415-303-2671", "Series 2 image 415 of 512, 12-34 x 56 mm.",
    "Spacing 0.70/0.70/1.25, ratio 3/12/20.", "Call 555-555-0100.", "Version 4.1.2.10 at an@example.com",
    "MRN: 123. Age 89 years old. Since 2019.", "Protocol 123-45-678901, part 900-11-2222.",
  ]) func numbersOfImagesAreNobodys(_ text: String) async throws {
    #expect(try await said(#"{"p": {"text": "\#(text)", "entities": {}}}"#) == [])
  }

  @Test(arguments: ["ANON^PATIENT", "Phantom^Head", "case^07", "TCGA-01-0001", "XXXX^XXXX", "", "Anonymized"])
  func madeUpNamesAreLeftAlone(_ name: String) async throws {
    let text = #"{"studies": [{"StudyInstanceUID": "1.2.3", "PatientName": "\#(name)", "series": []}]}"#
    #expect(try await said(text) == [])
  }

  // MARK: Labelled notes

  /// A word for another finding is no finding, and no fluid around the heart is not no fluid around the lung.
  @Test func whatIsSaidOfAnotherThingIsNotTakenForThis() async throws {
    let heart =
      #""1": {"tokens": "pericardial", "label": "ANAT-DP", "start_ix": 1, "end_ix": 1, "relations": []}, "2": {"tokens": "effusion", "label": "OBS-DA", "start_ix": 2, "end_ix": 2, "relations": [["located_at", "1"]]}"#
    let word =
      #""1": {"tokens": "mass", "label": "OBS-DA", "start_ix": 1, "end_ix": 1, "relations": [["modify", "2"]]}, "2": {"tokens": "effect", "label": "OBS-DA", "start_ix": 2, "end_ix": 2, "relations": []}"#
    for (label, text, entities) in [
      ("effusion", "No pericardial effusion .", heart), ("mass", "No mass effect .", word),
    ] {
      let image = study(
        #"{"id": "a1", "source": "ct", "kind": "classification", "label": "\#(label)"}"#, about: #""studyUid": "1.2.3""#
      )
      let shop = try await Shop(
        ["notes.json": note(text, entities), "study.json": image], configuration: "{}",
        library: Installation.library.get())
      try await shop.open("study.json")
      #expect(try await shop.findings("study.json") == [], "\(text)")
    }
  }

  /// Thousands of entities that all lean on each other are read in time.
  @Test func aLargeNoteIsReadInTime() async throws {
    let count = 4000
    let entities = (0..<count).map { number in
      let (word, label) = number % 2 == 0 ? ("left", "ANAT-DP") : ("nodule", "OBS-DP")
      return
        #""\#(number)": {"tokens": "\#(word)", "label": "\#(label)", "start_ix": \#(number), "end_ix": \#(number), "relations": [["modify", "\#((number + 2) % count)"], ["located_at", "0"]]}"#
    }
    let words = (0..<count).map { $0 % 2 == 0 ? "left" : "nodule" }.joined(separator: " ")
    // The first one stands at itself.
    #expect(try await said(note(words, entities.joined(separator: ", "))) == ["report-span-offset"])
  }

  private func note(_ text: String, _ entities: String) -> String {
    #"{"p": {"text": "\#(text)", "study_uid": "1.2.3", "entities": {\#(entities)}}}"#
  }

  /// Capitals and signs at the ends of words are nobody's mistake, and neither is another reader's second reading.
  @Test func wordsMayDifferInTheirForm() async throws {
    let entity = #""1": {"tokens": "Nodule", "label": "OBS-DP", "start_ix": 2, "end_ix": 2, "relations": []}"#
    #expect(try await said(note("No left nodule.", entity)) == [])
    #expect(
      try await said(
        #"{"p": {"text": "A b nodule .", "labeler_1": {"entities": {\#(entity)}}, "labeler_2": {"entities": {\#(entity)}}}}"#
      ) == [])
  }

  /// `L` in a path is a lateral view as well as a side: no rule reads sides from names of files.
  @Test func namesOfFilesHaveNoSides() async throws {
    let text =
      #"{"Path": "p1/s1/view1-L.jpg", "No Finding": null, "Edema": 1, "Frontal/Lateral": "Frontal", "AP/PA": "PA"}"#
    #expect(try await said(text, languageID: "jsonl") == [])
  }

  /// A label may be years younger than its image.
  @Test func labelsMayBeLaterThanImages() async throws {
    let text = study(
      seen(1, "nodule", at("left lung") + #", "at": "2026-11-21T10:00:00Z""#), about: #""studyDate": "2019-01-01""#)
    #expect(try await said(text) == [])
  }

  // MARK: What others' files are

  /// Formats of this plugin take no file of another.
  @Test(arguments: [
    #"{"images": [], "annotations": [], "categories": [], "EchoTime": 3}"#,
    #"{"training": {"epochs": 3}, "labels": ["a"]}"#,
    #"{"labels": {"a": 1}, "file_ending": ".png"}"#, #"{"a": {"text": "hi"}}"#,
    #"[{"messages": [{"role": "user", "content": "EchoTime"}]}]"#,
  ]) func othersFilesAreLeftAlone(_ text: String) async throws {
    let dialect = try await Desk(text, path: "/data/labels.json").snapshot.dialect?.id
    #expect(dialect?.hasPrefix("medical-imaging/") != true)
  }

  // MARK: Help

  @Test func codesAreOfferedWholeByCategoryAndSide() async throws {
    let category =
      #""SegmentedPropertyCategoryCodeSequence": {"CodeValue": "49755003", "CodingSchemeDesignator": "SCT", "CodeMeaning": "m"}"#
    let types = try await CompletionDesk(
      #"{"segmentAttributes": [[{"labelID": 1, \#(category), "SegmentedPropertyTypeCodeSequence": "▮"}]]}"#,
      dialect: "medical-imaging/segments")
    #expect(types.labels.contains("Nodule") && !types.labels.contains("Liver"))
    #expect(
      try types.taken("Nodule").contains(
        #"{"CodeValue": "27925004", "CodingSchemeDesignator": "SCT", "CodeMeaning": "Nodule"}"#))
    func sides(_ code: String) async throws -> [String] {
      try await CompletionDesk(
        #"{"segmentAttributes": [[{"labelID": 1, "SegmentedPropertyTypeCodeSequence": {"CodeValue": "\#(code)", "CodingSchemeDesignator": "SCT", "CodeMeaning": "t"}, "SegmentedPropertyTypeModifierCodeSequence": "▮"}]]}"#,
        dialect: "medical-imaging/segments"
      ).labels.filter { ["Left", "Right", "Right and left"].contains($0) }
    }
    #expect(try await Set(sides("64033007")) == ["Left", "Right", "Right and left"])
    #expect(try await sides("10200004") == [])
  }

  @Test func categoriesAreThoseOfTheVersion() async throws {
    func offered(_ system: String, _ version: String) async throws -> [String] {
      try await CompletionDesk(
        study(
          seen(
            1, "nodule",
            #""noduleType": "solid", "noduleStatus": "baseline", "longAxis": 9, "category": {"system": "\#(system)", "version": "\#(version)", "value": "▮"}"#
          )), dialect: "medical-imaging/study"
      ).labels
    }
    #expect(try await Set(offered("Lung-RADS", "2022")).isSuperset(of: ["4A", "4X"]))
    #expect(try await !offered("BI-RADS", "5").contains("4X"))
    let text = study(
      seen(
        1, "nodule",
        #""noduleType": "solid", "noduleStatus": "baseline", "longAxis": 9, "category": {"system": "Lung-RADS", "version": "2022", "value": "4A"}"#
      ))
    let desk = try await Desk(text)
    let cursor = try #require(Array(text.utf8).firstOffset(of: #""4A""#)) + 1
    let hover = try #require(await desk.snapshot.hover(at: cursor, in: desk.workspace))
    #expect(hover.markdown.contains("**4A**"))
  }
}
