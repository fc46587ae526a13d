import Findings
import Foundation
import Testing
import Workspace

/// Where image and note, or two readers, differ: who is asked to decide, and that nothing is hidden by asking.
@Suite struct MedicalReadingTests {
  private func study(_ labels: String, _ rest: String = "", about: String = "") -> String {
    #"{"concord": "1.0", "domain": "medical-imaging", "samples": [{"id": "s1", \#(about)"sources": [{"id": "ct", "modality": "image"}, {"id": "note", "modality": "text"}], "entities": [{"id": "e1"}], "annotations": [\#(labels)]\#(rest)}]}"#
  }

  private let sides =
    #"{"id": "a1", "source": "ct", "kind": "classification", "label": "nodule", "site": "lung", "laterality": "left"}, {"id": "n1", "source": "note", "kind": "span", "span": [0, 6], "label": "nodule", "site": "lung", "laterality": "right"}"#

  /// What is said, and the file after the fix that asks for an adjudication, if one is offered at the first finding.
  private func asked(_ text: String, at index: Int = 0) async throws -> (rules: [String], text: String?) {
    let desk = try await Desk(text)
    let findings = try await desk.findings
    let rules = findings.map { $0.rule.replacing("medical-imaging/", with: "") }
    guard findings.indices.contains(index),
      let fix = findings[index].fixes.first(where: { $0.title.hasPrefix("Ask somebody to decide") })
    else { return (rules, nil) }
    #expect(!fix.isCertain)
    for edit in fix.edits.reversed() { await desk.replace(edit.bytes, Array(edit.text.utf8)) }
    return (rules, String(decoding: try await desk.text, as: UTF8.self))
  }

  private static let reading = #"{"pass": "adjudication", "of": ["a1", "n1"]}"#
  private let conflicts = ["laterality-conflict", "laterality-conflict"]

  /// Into a list that is not there, one that is empty, and one that holds something; at either end; and nothing else changes.
  @Test(
    arguments: [
      ("", #", "readings": [\#(reading)]"#), (#", "readings": []"#, #", "readings": [\#(reading)]"#),
      (
        #", "readings": [{"pass": "second", "of": ["a1"]}]"#,
        #", "readings": [{"pass": "second", "of": ["a1"]}, \#(reading)]"#
      ),
    ], [0, 1]) func anAdjudicationIsAddedAndNothingElse(_ lists: (String, String), _ end: Int) async throws
  {
    let asked = try await asked(study(sides, lists.0), at: end)
    #expect(asked.rules == conflicts)
    #expect(asked.text == study(sides, lists.1))
  }

  /// Whoever has asked is not offered to ask again, and the difference is still said at both ends.
  @Test func askingHidesNothingAndIsDoneOnce() async throws {
    let once = try #require(try await asked(study(sides)).text)
    for end in [0, 1] {
      let again = try await asked(once, at: end)
      #expect(again.rules == conflicts && again.text == nil)
    }
  }

  /// What somebody else was asked is another matter: another label, or another sample of the study.
  @Test func whatWasAskedOfOtherLabelsIsNotAskedOfThese() async throws {
    let other = #", {"id": "a2", "source": "ct", "kind": "classification", "label": "cyst", "site": "liver"}"#
    let text = study(sides + other, #", "readings": [{"pass": "adjudication", "of": ["a2"]}]"#)
    let asked = try await asked(text)
    #expect(asked.text?.contains(#"["a2"]}, \#(Self.reading)]"#) == true)
  }

  @Test(arguments: [
    (#""label": "cyst""#, #""label": "mass""#, "finding-term-divergence"),
    (#""label": "cyst""#, #""label": "cyst", "presence": "absent""#, "finding-presence-conflict"),
    (#""label": "cyst", "longAxis": 9"#, #""label": "cyst", "longAxis": 15"#, "measurement-note-mismatch"),
  ]) func whateverDiffersCanBeAsked(_ seen: String, _ said: String, _ rule: String) async throws {
    let labels =
      #"{"id": "a1", "source": "ct", "kind": "classification", "site": "left kidney", \#(seen)}, {"id": "n1", "source": "note", "kind": "span", "span": [0, 4], "site": "left kidney", \#(said)}"#
    let asked = try await asked(study(labels))
    #expect(asked.rules == [rule, rule])
    #expect(asked.text == study(labels, #", "readings": [\#(Self.reading)]"#))
  }

  /// A note that is labelled in a file of its own: the study's file is written, the note's is not.
  @Test func aLabelledNoteIsNotWritten() async throws {
    let note =
      #"{"p": {"text": "Nodule right lung .", "study_uid": "1.2.3", "entities": {"1": {"tokens": "Nodule", "label": "OBS-DP", "start_ix": 0, "end_ix": 0, "relations": [["located_at", "3"]]}, "2": {"tokens": "right", "label": "ANAT-DP", "start_ix": 1, "end_ix": 1, "relations": [["modify", "3"]]}, "3": {"tokens": "lung", "label": "ANAT-DP", "start_ix": 2, "end_ix": 2, "relations": []}}}}"#
    let image =
      #"{"id": "a1", "source": "ct", "kind": "classification", "label": "nodule", "site": "lung", "laterality": "left"}"#
    let shop = try await Shop(
      ["notes.json": note, "study.json": study(image, about: #""studyUid": "1.2.3", "#)], configuration: "{}",
      library: Installation.library.get())
    try await shop.open("notes.json")
    try await shop.open("study.json")
    let here = try await shop.shown("study.json").filter { $0.rule == "medical-imaging/laterality-conflict" }
    let there = try await shop.shown("notes.json").filter { $0.rule == "medical-imaging/laterality-conflict" }
    #expect(here.count == 1 && there.count == 1)
    #expect(here.first?.fixes.map { $0.edits.map(\.text).joined() }.first?.contains(#""of": ["a1"]"#) == true)
    #expect(there.first?.fixes.isEmpty == true)
  }

  // MARK: Readers

  private func read(_ first: String, _ second: String, _ readings: String = "") -> String {
    study(
      #"{"id": "a1", "source": "ct", "entity": "e1", "kind": "classification", "by": "r1", \#(first)}, {"id": "a2", "source": "ct", "entity": "e1", "kind": "classification", "by": "r2", \#(second)}"#,
      readings.isEmpty ? "" : #", "readings": [\#(readings)]"#)
  }

  private func said(_ text: String) async throws -> [String] {
    try await Desk(text).findings.map { $0.rule.replacing("medical-imaging/", with: "") }
  }

  /// Nobody is offered the other's word: a reader is not corrected by a key.
  @Test func readersWhoDifferAreToldAtBothEnds() async throws {
    let desk = try await Desk(read(#""laterality": "left""#, #""laterality": "right""#))
    let findings = try await desk.findings
    #expect(findings.map(\.pointer) == [0, 1].map { "/samples/0/annotations/\($0)/laterality" })
    #expect(findings.allSatisfy { $0.fixes.isEmpty && $0.rule == "medical-imaging/reader-side-disagreement" })
  }

  /// Asking is not deciding: only a reading that says what is right ends it.
  @Test(arguments: [
    (#"{"pass": "adjudication", "of": ["a1", "a2"]}"#, false),
    (#"{"pass": "adjudication", "of": ["a1", "a2"], "presence": "present"}"#, false),
    (#"{"pass": "second", "of": ["a1", "a2"], "laterality": "left"}"#, false),
    (#"{"pass": "adjudication", "of": ["a2"], "laterality": "left"}"#, true),
  ]) func anAdjudicationThatDecidesEndsIt(_ reading: String, _ isDecided: Bool) async throws {
    let said = try await said(read(#""laterality": "left""#, #""laterality": "right""#, reading))
    #expect(said.allSatisfy { $0 == "reader-side-disagreement" } && said.isEmpty == isDecided)
  }

  /// One reader's two labels, a program's label, labels of nobody, other things, `4` beside `4A`, and the letter for other findings.
  @Test func whatIsNoDisagreementOfReaders() async throws {
    let differ = read(#""laterality": "left""#, #""laterality": "right""#)
    #expect(try await said(differ).count == 2)
    for (old, new) in [
      (#""by": "r2""#, #""by": "r1""#), (#""by": "r2""#, #""by": "r2", "origin": "model""#), (#""by": "r2", "#, ""),
      (#""entity": "e1", "kind": "classification", "by": "r2""#, #""kind": "classification", "by": "r2""#),
    ] { #expect(try await said(differ.replacing(old, with: new)) == [], "\(new)") }
    func category(_ value: String, _ system: String = "BI-RADS") -> String {
      #""category": {"system": "\#(system)", "version": "5", "value": "\#(value)"}"#
    }
    #expect(try await said(read(category("4"), category("4A"))) == [])
    #expect(
      try await said(read(category("4B"), category("4A"))) == Array(repeating: "reader-category-disagreement", count: 2)
    )
    let lung = read(category("3S", "Lung-RADS"), category("3", "Lung-RADS")).replacing(#""5""#, with: #""2022""#)
    #expect(try await said(lung) == [])
  }

  /// Who reads blind is told nothing of what others said.
  @Test func aBlindReaderIsNotTold() async throws {
    let text = read(#""laterality": "left", "pass": "first""#, #""laterality": "right", "pass": "blind""#)
    let desk = try await Desk(text)
    #expect(try await desk.findings.count == 2)
    await desk.workspace.use(actor: "r2", isReviewer: false)
    #expect(try await desk.findings.map(\.rule) == [])
    await desk.workspace.use(actor: "r2", isReviewer: true)
    #expect(try await desk.findings.count == 2)
  }

  // MARK: What claims could not tell

  /// Sides alone, put together by study and place, would differ here, and hide the wrong one in the case below.
  @Test func findingsOnBothSidesAreMatchedBeforeTheyAreCompared() async throws {
    func label(_ id: String, _ source: String, _ side: String) -> String {
      #"{"id": "\#(id)", "source": "\#(source)", \#(source == "ct" ? #""kind": "classification""# : #""kind": "span", "span": [0, 1]"#), "label": "nodule", "site": "lung", "laterality": "\#(side)"}"#
    }
    let both = [label("a1", "ct", "left"), label("a2", "ct", "right"), label("n1", "note", "right")]
    #expect(try await said(study((both + [label("n2", "note", "left")]).joined(separator: ", "))) == [])
    #expect(try await said(study(both.joined(separator: ", "))) == [])
  }
}
