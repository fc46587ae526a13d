import Findings
import Foundation
import Testing
import Workspace

/// Studies with their notes, lists for training, headers and sidecars; beside them, every rule's mistake once.
@Suite struct MedicalExampleTests {
  private static let folder = Installation.repository + "/Examples/medical/"

  /// Rule and place of each finding, by file.
  private func found(_ names: [String]) async throws -> [String: [String]] {
    let checks = FileChecks(library: try Installation.library.get(), options: Workspace.Options())
    let items = names.map { CheckItem(path: Self.folder + $0, content: nil, isNamed: true) }
    let report = await checks.report(items, asOf: "2026-11-21")
    try #require(report.files.count == names.count)
    #expect(report.files.allSatisfy { $0.dialect?.hasPrefix("medical-imaging/") == true })
    let found = report.files.map { file in file.findings.map { "\($0.rule) \($0.pointer)" }.sorted() }
    return Dictionary(uniqueKeysWithValues: zip(names, found))
  }

  @Test func theStudiesAreClean() async throws {
    let found = try await found([
      "chest.json", "notes.json", "mammography.json", "lungs/dataset.json", "sub-01_pet.json", "segments.json",
      "measurements.json", "headers.json", "chest-labels.jsonl",
    ])
    #expect(found.filter { !$0.value.isEmpty } == [:])
  }

  private static let planted = [
    "segments.json": [
      "code-scheme-retired /segmentAttributes/0/7/SegmentedPropertyCategoryCodeSequence",
      "code-triplet-drift /segmentAttributes/0/8/SegmentedPropertyTypeCodeSequence/CodeMeaning",
      "laterality-double-coded /segmentAttributes/0/1/SegmentedPropertyTypeModifierCodeSequence",
      "laterality-missing-paired /segmentAttributes/0/2/SegmentedPropertyTypeCodeSequence",
      "laterality-on-unpaired /segmentAttributes/0/3/SegmentedPropertyTypeModifierCodeSequence",
      "reader-identity /ContentCreatorName",
      "segment-algorithm-name /segmentAttributes/0/5/SegmentAlgorithmType",
      "segment-category-type /segmentAttributes/0/0/SegmentedPropertyCategoryCodeSequence",
      "segment-defaults /segmentAttributes/0/4", "tracking-pair /segmentAttributes/0/6/TrackingIdentifier",
    ],
    "measurements.json": [
      "nonfinite-number /Measurements/0/measurementItems/0/value",
      "quantity-unit-pair /Measurements/0/measurementItems/1/units",
      "tracking-side-conflict /Measurements/1/Laterality",
      "uid-syntax /Measurements/0/SourceSeriesForImageSegmentation",
    ],
    "nnunet.json": ["channel-naming /channel_names/0000", "label-index-gap /labels/nodule"],
    "nnunet-turned.json": ["label-map-direction /labels"],
    "lists.json": ["count-mismatch /numTraining", "parallel-array-length /validation/0/label"],
    "sub-02_pet.json": ["bids-frame-timing /FrameDuration/1"],
    "sub-02_bold.json": ["bids-seconds /RepetitionTime"],
    "headers.json": [
      "breast-view-orientation /2/00200062/Value/0", "deid-flag-contradiction /0/00120062/Value/0",
      "dicomjson-shape /0/0008103e", "image-orientation-skewed /2/00200037/Value",
      "modality-sopclass-mismatch /0/00080060/Value/0", "phi-keyed /1/00100010/Value/0/Alphabetic",
    ],
    "ohif.json": ["uid-level-conflict /studies/0/series/0/instances/0/metadata/SeriesInstanceUID"],
    "chest-labels.jsonl": [
      "label-hierarchy /0/No Finding", "label-hierarchy /1/Lung Opacity", "tristate-undefined /2/Edema",
      "view-path-conflict /3/Frontal~1Lateral",
    ],
    "notes.json": [
      "laterality-conflict /p08~1s1.txt/entities/3/tokens", "lobe-side-contradiction /p09~1s1.txt/entities/1/tokens",
      "phi-text /p09~1s1.txt/text", "report-span-offset /p09~1s1.txt/entities/3/tokens",
    ],
    "studies.json": [
      "breast-mass-single-view /samples/10/annotations/0/label",
      "chest-nodule-mass-size /samples/6/annotations/0/label",
      "exam-category-below-finding /samples/15/examCategory/value",
      "finding-presence-conflict /samples/2/annotations/0/label",
      "finding-presence-conflict /samples/2/annotations/1/presence",
      "finding-term-divergence /samples/1/annotations/0/label",
      "finding-term-divergence /samples/1/annotations/1/label",
      "laterality-conflict /samples/0/annotations/0/laterality",
      "lobe-side-contradiction /samples/9/annotations/0/laterality",
      "measurement-axis-order /samples/0/annotations/0/shortAxis",
      "measurement-image-citation /samples/5/annotations/1/image",
      "measurement-note-mismatch /samples/4/annotations/0/longAxis",
      "measurement-note-mismatch /samples/4/annotations/1/longAxis",
      "measurement-unit-scale /samples/13/annotations/0/longAxis",
      "measurement-unit-scale /samples/13/annotations/1/longAxis",
      "multimodal-registration-missing /samples/14/annotations/1/entity",
      "rads-scope /samples/8/annotations/0/category/system",
      "rads-size-mismatch /samples/7/annotations/0/category/value",
      "rads-value /samples/7/annotations/2/category/value",
      "rads-version-missing /samples/7/annotations/1/category/system",
      "reader-category-disagreement /samples/15/annotations/0/category/value",
      "reader-category-disagreement /samples/15/annotations/1/category/value",
      "reader-presence-disagreement /samples/15/annotations/0/presence",
      "reader-presence-disagreement /samples/15/annotations/1/presence",
      "reader-side-disagreement /samples/15/annotations/0/laterality",
      "reader-side-disagreement /samples/15/annotations/1/laterality",
      "split-leakage /samples/12/patient", "study-day-mismatch /samples/17/studyDate",
      "uncertainty-collapsed /samples/3/annotations/0/label",
    ],
  ]

  @Test func plantedMistakesAreFound() async throws {
    let found = try await found(Self.planted.keys.sorted().map { "mistakes/" + $0 })
    for (name, places) in Self.planted {
      #expect(found["mistakes/" + name] == places.map { "medical-imaging/" + $0 }, "\(name)")
    }
  }

  @Test func everyRuleIsPlanted() throws {
    let rules = try Installation.library.get().allRules.map(\.id).filter { $0.hasPrefix("medical-imaging/") }
    let planted = Self.planted.values.joined().map { "medical-imaging/" + $0.prefix { $0 != " " } }
    #expect(Set(rules).subtracting(planted) == [])
  }

  /// Whoever turns left into right in a note sees it there, and at the image that says otherwise.
  @Test func aSideThatIsTurnedInANoteShowsAtBothEnds() async throws {
    func text(_ name: String) throws -> String {
      String(decoding: try Data(contentsOf: URL(fileURLWithPath: Self.folder + name)), as: UTF8.self)
    }
    let shop = try await Shop(
      ["notes.json": text("notes.json"), "chest.json": text("chest.json")], configuration: "{}",
      library: Installation.library.get())
    try await shop.open("notes.json")
    try await shop.open("chest.json")
    func shown(_ name: String) async throws -> [String] {
      try await shop.shown(name).map { "\($0.rule) \($0.pointer)" }.filter { $0.contains("laterality-conflict") }
    }
    #expect(try await shown("chest.json") == [])
    try await shop.replace(#""tokens": "left""#, with: #""tokens": "right""#, in: "notes.json")
    #expect(
      try await shown("notes.json") == ["medical-imaging/laterality-conflict /p07~1s1.txt/entities/3/tokens"])
    #expect(
      try await shown("chest.json") == ["medical-imaging/laterality-conflict /samples/0/annotations/0/laterality"])
  }

  /// What tells who somebody is stands in no word of a report.
  @Test func whatIdentifiesSomebodyIsNotShown() async throws {
    for text in [
      #"[{"00080018": {"vr": "UI", "Value": ["1.2.3"]}, "00100010": {"vr": "PN", "Value": [{"Alphabetic": "Tran^Mai"}]}}]"#,
      #"{"p": {"text": "MRN: 00482913 seen.", "entities": {}}}"#,
    ] {
      let finding = try #require(await Desk(text).findings.first { $0.rule.hasPrefix("medical-imaging/phi-") })
      for secret in ["Tran", "Mai", "00482913"] {
        #expect(!finding.message.contains(secret) && !finding.line.contains(secret))
      }
    }
  }
}
