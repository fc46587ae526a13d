import Findings
import Manifest
import Ontology
import Testing

@testable import Facts

/// A claim of one key, written shortly: documents and records are numbered by where it stands.
func claim(
  _ value: ClaimValue, _ modality: String, at document: Int = 1, _ start: UInt32 = 0, by: String? = nil,
  origin: ClaimOrigin? = nil, pass: ClaimPass? = nil, confidence: Double? = nil, isGold: Bool = false,
  isPrivate: Bool = false, source: Int = 0
) -> ClaimFact {
  ClaimFact(
    value: value, modality: modality, by: by, origin: origin, pass: pass, confidence: confidence, isGold: isGold,
    isPrivate: isPrivate, source: source, place: place(record(UInt32(document), 1), start), documentOrder: document)
}

func claim(
  _ value: String, _ modality: String, at document: Int = 1, _ start: UInt32 = 0, by: String? = nil,
  origin: ClaimOrigin? = nil, pass: ClaimPass? = nil, confidence: Double? = nil, isGold: Bool = false,
  isPrivate: Bool = false, source: Int = 0
) -> ClaimFact {
  claim(
    ClaimValue(value), modality, at: document, start, by: by, origin: origin, pass: pass, confidence: confidence,
    isGold: isGold, isPrivate: isPrivate, source: source)
}

extension AgreementFinding {
  /// As an English reader sees it.
  var text: String { MessageCatalog(AgreementRules.all).text(of: finding.message, rule: finding.rule) }
  var notes: [String] {
    finding.related.map { MessageCatalog(AgreementRules.all).text(of: $0.message, rule: finding.rule) }
  }
  var document: UInt32 { finding.place.record.document.number }
}

@Suite struct AgreementTests {
  private func found(
    _ claims: [ClaimFact], _ rule: ComparisonRule = .equal, _ collection: ClaimCollection = .each,
    modalities: [String] = [], requires: [String] = [], isIndexed: Bool = true, terms: TermIndex? = nil
  ) -> [AgreementFinding] {
    let agreement = Agreement(
      property: "class", modalities: modalities, rule: rule, collection: collection, requires: requires)
    return AgreementJudge(agreement, terms: terms).findings(claims, isIndexed: isIndexed)
  }

  @Test func bothSidesSeeADisagreement() {
    let found = found([claim("vehicle", "image", at: 1), claim("transportation", "text", at: 2)])
    #expect(found.map(\.document) == [1, 2])
    #expect(
      found.map(\.text) == [
        #"In the picture this is "vehicle", in the text it is "transportation". Both are about the same thing, so one of them is wrong."#,
        #"In the text this is "transportation", in the picture it is "vehicle". Both are about the same thing, so one of them is wrong."#,
      ])
    #expect(found.map(\.notes) == [[#"In the text it is "transportation""#], [#"In the picture it is "vehicle""#]])
    #expect(found.map(\.isReference) == [true, false])
    #expect(Set(found.map(\.kind)).count == 1)
    #expect(found[0].kind?.first == .init(modality: "image", value: "vehicle"))
    #expect(found.map { $0.finding.rule } == ["agreement/disagrees", "agreement/disagrees"])
    #expect(found.map { $0.replacement?.words } == ["transportation", "vehicle"])
  }

  @Test func whatAgreesIsQuiet() {
    #expect(found([]).isEmpty)
    #expect(found([claim("car", "image")]).isEmpty)
    #expect(found([claim("car", "image"), claim("car", "text", at: 2)]).isEmpty)
    #expect(found([claim("car", "image"), claim(ClaimValue(json: Array("null".utf8)), "text", at: 2)]).isEmpty)
    #expect(found([claim("car", "image"), claim("bus", "radar", at: 2)], modalities: ["image", "text"]).isEmpty)
  }

  // MARK: What is decided by somebody who looks again

  private func adjudicated(_ claims: [ClaimFact]) -> [AgreementFinding] {
    let agreement = Agreement(property: "class", rule: .equal, isAdjudicated: true)
    return AgreementJudge(agreement).findings(claims, isIndexed: true)
  }

  @Test func readersWhoDifferAreNotOfferedEachOthersWord() {
    let readings = [claim("left", "image", by: "r1"), claim("right", "image", at: 2, by: "r2")]
    #expect(adjudicated(readings).map(\.document) == [1, 2])
    #expect(adjudicated(readings).allSatisfy { $0.replacement == nil })
    #expect(found(readings).contains { $0.replacement != nil })
  }

  @Test func anAdjudicationEndsIt() {
    let readings = [claim("left", "image", by: "r1"), claim("right", "image", at: 2, by: "r2")]
    #expect(adjudicated(readings + [claim("left", "image", at: 3, pass: .adjudication)]) == [])
    #expect(adjudicated(readings + [claim("left", "image", at: 3, pass: .second)]).count == 2)
  }

  /// What one person has labelled twice is no matter of readers; of whom nobody knows is.
  @Test func oneReaderDiffersFromNobody() {
    #expect(adjudicated([claim("left", "image", by: "r1"), claim("right", "image", at: 2, by: "r1")]) == [])
    #expect(adjudicated([claim("left", "image"), claim("right", "image", at: 2)]).count == 2)
  }

  // MARK: Which side the others are held against

  /// The claims that stand outside the reference side, by their words.
  private func outside(_ claims: [ClaimFact], _ rule: ComparisonRule = .equal, terms: TermIndex? = nil) -> [String] {
    found(claims, rule, terms: terms).filter { !$0.isReference }.compactMap { finding in
      claims.first { $0.place == finding.finding.place }?.value.words
    }
  }

  @Test func rankGoesBeforeNumber() {
    let models = (2...5).map { claim("bus", "image", at: $0, origin: .model, confidence: 0.99) }
    #expect(outside(models + [claim("car", "text", at: 9, origin: .mixed)]) == ["bus", "bus", "bus", "bus"])
    let persons = (2...5).map { claim("bus", "image", at: $0) }
    #expect(outside(persons + [claim("car", "text", at: 9, pass: .adjudication)]).count == 4)
    let adjudicated = (2...5).map { claim("bus", "image", at: $0, pass: .adjudication) }
    #expect(outside(adjudicated + [claim("car", "text", at: 9, isGold: true)]).count == 4)
  }

  @Test func withinARankTheLargerGroupThenConfidenceThenOrder() {
    let two = [claim("bus", "text", at: 2), claim("bus", "audio", at: 3)]
    #expect(outside([claim("car", "image", at: 1, confidence: 1)] + two) == ["car"])
    #expect(
      outside([claim("car", "image", at: 1, confidence: 0.5), claim("bus", "text", at: 2, confidence: 0.6)]) == ["car"])
    #expect(outside([claim("car", "image", at: 1), claim("bus", "text", at: 2)]) == ["bus"])
    #expect(
      outside([claim("car", "image", at: 1, confidence: .nan), claim("bus", "text", at: 2, confidence: 0)]) == ["car"])
  }

  @Test func nearlyEqualBoxesStrengthenEachOther() {
    func drawn(_ x: Double, _ document: Int) -> ClaimFact {
      claim(ClaimValue(kind: .list, text: [], extent: box(x, 0, 10, 10)), "image", at: document)
    }
    let found = found([drawn(50, 1), drawn(0, 2), drawn(0.5, 3)], .box(minimumIoU: 0.5))
    #expect(found.map(\.document) == [1, 2])
    #expect(found.map(\.isReference) == [false, true])
    #expect(
      found[0].text
        == "The box here and the one in another file are about the same thing and lie too far apart. One of them is in the wrong place."
    )
    #expect(found.allSatisfy { $0.replacement == nil })
  }

  /// What fits both of two that differ must not hide that they do.
  @Test func noPairThatDiffersIsHiddenByAThird() {
    var vehicle = Term(id: "vehicle")
    var (car, truck) = (Term(id: "car"), Term(id: "truck"))
    car.broader = ["vehicle"]
    truck.broader = ["vehicle"]
    vehicle.prefLabels = [.init(language: "en", text: "vehicle")]
    let terms = TermIndex(Vocabulary(id: "objects", version: "1", terms: [vehicle, car, truck]))
    let general = (1...3).map { claim("vehicle", "image", at: $0) }
    let claims = general + [claim("car", "text", at: 4), claim("truck", "audio", at: 5)]
    let found = found(claims, .ontology(name: "objects", mode: .compatible), terms: terms)
    #expect(found.map(\.document) == [4, 5])
    #expect(found.map(\.isReference) == [true, false])
  }

  /// A weight and a length can't be compared, and don't keep two lengths from it.
  @Test func whatCantBeComparedHidesNothing() {
    func measured(_ json: String, _ unit: String, _ document: Int, confidence: Double? = nil) -> ClaimFact {
      claim(ClaimValue(json: Array(json.utf8), unit: unit), "image", at: document, confidence: confidence)
    }
    let claims = [measured("1", "kg", 1, confidence: 1), measured("2", "m", 2), measured("3", "m", 3)]
    #expect(found(claims, .number(absolute: nil, relative: nil)).map(\.document) == [2, 3])
  }

  @Test func oneOfTheReferenceSideIsToldAndAtMostEightAreNamed() {
    let right = (1...20).map { claim("car", "image", at: $0) }
    let wrong = (21...35).map { claim("bus", "text", at: $0) }
    let found = found(right + wrong)
    #expect(found.map(\.document) == [1] + Array(21...35))
    #expect(found.allSatisfy { $0.finding.related.count == 8 })
    #expect(found[0].finding.related.map { $0.place.record.document.number } == Array(21...28))
    #expect(found[1].finding.related.map { $0.place.record.document.number } == Array(1...8))
  }

  @Test func aModelsWordIsNotOfferedToThePersonItDiffersFrom() {
    let found = found([claim("car", "image", at: 1, origin: .model), claim("bus", "text", at: 2, origin: .human)])
    #expect(found.map { $0.replacement?.words } == ["bus", nil])
  }

  // MARK: Collections

  private func count(_ number: Int, _ modality: String, at document: Int, source: Int = 0) -> [ClaimFact] {
    (0..<number).map { claim("milk", modality, at: document, UInt32(10 * $0), source: source) }
  }

  @Test func countsAreComparedBySide() {
    let found = found(count(3, "image", at: 1) + count(2, "text", at: 2), .equal, .count)
    #expect(
      found.map(\.text) == [
        "There are 3 of these in the picture and 2 in the text. One was missed, or is there twice.",
        "There are 2 of these in the text and 3 in the picture. One was missed, or is there twice.",
      ])
    #expect(found.map { $0.finding.place.start } == [0, 0])
    #expect(found.allSatisfy { $0.replacement == nil })
    #expect(self.found(count(3, "image", at: 1) + count(3, "text", at: 2), .equal, .count).isEmpty)
    #expect(
      self.found(
        count(3, "image", at: 1) + count(2, "text", at: 2), .number(absolute: 1, relative: nil), .count
      ).isEmpty)
    #expect(
      self.found(count(1, "image", at: 1) + count(2, "text", at: 2), .equal, .count)[0].text.hasPrefix("There is 1"))
  }

  @Test func twoSourcesOfOneModalityAreTwoSides() {
    let found = found(count(3, "image", at: 1, source: 1) + count(2, "image", at: 2, source: 2), .equal, .count)
    #expect(found.count == 2)
    #expect(found[0].text.hasPrefix("There are 3 of these in this file and 2 in another file."))
    // A second reading is no part of the first.
    let again = count(3, "image", at: 2).map { claim in
      var claim = claim
      claim.pass = .blind
      return claim
    }
    #expect(self.found(count(3, "image", at: 1) + again, .equal, .count).isEmpty)
  }

  private func number(_ text: String, _ modality: String, _ start: UInt32, unit: String? = nil) -> ClaimFact {
    claim(ClaimValue(json: Array(text.utf8), unit: unit), modality, at: modality == "text" ? 2 : 1, start)
  }

  @Test func sumsAreExactAndInUnits() {
    let parts = [number("0.1", "image", 0), number("0.2", "image", 10)]
    #expect(found(parts + [number("0.3", "text", 0)], .equal, .sum(path: "n")).isEmpty)
    let found = found(parts + [number("0.31", "text", 0)], .equal, .sum(path: "n"))
    #expect(
      found[0].text
        == "Together these make 0.3 in the picture and 0.31 in the text. One was missed, is there twice or is wrong.")
    let mixed = [number("1", "image", 0, unit: "L"), number("500", "image", 10, unit: "mL")]
    #expect(self.found(mixed + [number("1.5", "text", 0, unit: "L")], .equal, .sum(path: "n")).isEmpty)
    // What can't be read could be anything.
    let unknown = parts + [number("\"some\"", "image", 20), number("7", "text", 0)]
    #expect(self.found(unknown, .equal, .sum(path: "n")).isEmpty)
  }

  @Test func sequencesAreComparedInDocumentOrder() {
    func words(_ words: [String], _ modality: String) -> [ClaimFact] {
      words.enumerated().map { claim($1, modality, at: modality == "text" ? 2 : 1, UInt32(10 * $0)) }
    }
    let spoken = words(["Hello", "big", "world"], "audio")
    #expect(
      found(spoken + words(["hello big", "world!"], "text"), .text(maximumWER: 0, maximumCER: nil), .sequence).isEmpty)
    #expect(
      found(spoken + words(["hello", "world"], "text"), .text(maximumWER: 0.3, maximumCER: nil), .sequence).count == 2)
    #expect(found(spoken + words(["Hello", "big", "world"], "text"), .equal, .sequence).isEmpty)
    let found = found(spoken.reversed() + words(["big", "Hello", "world"], "text"), .equal, .sequence)
    #expect(
      found[0].text.hasPrefix(#"In the recording this is "Hello, big, world", in the text it is "big, Hello, world"."#))
    #expect(self.found(spoken + words(["world", "big", "Hello"], "text"), .multiset, .sequence).isEmpty)
    #expect(self.found(spoken + words(["world", "big", "big", "Hello"], "text"), .multiset, .sequence).count == 2)
    #expect(self.found(spoken + words(["world", "big", "big", "Hello"], "text"), .set, .sequence).isEmpty)
  }

  // MARK: Missing counterparts, and too many

  @Test func aCounterpartIsMissingOnlyWhereAllIsKnown() {
    let claims = count(2, "image", at: 1) + [claim("milk", "audio", at: 3)]
    #expect(found(claims, requires: ["image", "text"], isIndexed: false).isEmpty)
    let found = found(claims, requires: ["image", "text"])
    #expect(found.map { $0.finding.rule } == ["agreement/missing", "agreement/missing"])
    #expect(found.map { $0.finding.count } == [2, 1])
    #expect(
      found[0].text
        == "This is nowhere in the text, where it belongs too. Add it there, or take it out here if it is a mistake.")
    #expect(self.found([claim("milk", "image"), claim("", "text", at: 2)], .set, requires: ["text"]).count == 2)
  }

  @Test func anInvalidCounterpartIsNotMissing() {
    let claims = [claim("milk", "image"), claim(ClaimValue(json: []), "text", at: 2)]
    #expect(found(claims, requires: ["text"]).isEmpty)
  }

  @Test func ofVeryManyClaimsTheFirstAreComparedAndThatIsSaid() {
    var claims = (0..<5000).map { claim("car", "image", at: 1, UInt32(10 * $0)) }
    claims.append(claim("bus", "text", at: 2))
    let found = found(claims.reversed())
    #expect(found.map { $0.finding.rule } == ["agreement/not-all"])
    #expect(found[0].text.hasPrefix("5001 labels are about this same thing; only the first 4096 were compared."))
    #expect(found[0].finding.severity == .information)
  }

  @Test func ofVeryManyValuesEachIsHeldAgainstTheReferenceSide() {
    let claims = (0..<4000).map { claim("v\($0)", "image", at: 1, UInt32(10 * $0)) }
    #expect(found(claims).count == 4000)
    let boxes = (0..<4000).map {
      claim(
        ClaimValue(kind: .list, text: [], extent: box(Double($0) / 1e6, 0, 10, 10)), "image", at: 1, UInt32(10 * $0))
    }
    #expect(found(boxes, .box(minimumIoU: 0.9)).isEmpty)
  }

  @Test func ofVeryLongTextsTheFirstAreCompared() {
    let claims = (0..<200).map { number in
      claim(String(repeating: "w\(number) v\(number) ", count: 6000), "audio", at: 1, UInt32(10 * number))
    }
    let found = found(claims, .text(maximumWER: 0.4, maximumCER: nil))
    #expect(found.contains { $0.finding.rule == "agreement/not-all" })
    #expect(found.count < 200)
  }

  // MARK: Words

  @Test func privateValuesAreNotShown() {
    let found = found([claim("Mai", "image", at: 1, isPrivate: true), claim("Lan", "text", at: 2)])
    #expect(found.count == 2)
    for each in found {
      #expect(!"\(each)".contains("Mai") && !"\(each)".contains("Lan"))
      #expect(each.kind == nil && each.replacement == nil)
      #expect(each.text.hasPrefix("What stands here and what stands in the "))
    }
  }

  @Test func anAgreementsOwnRuleAndWords() {
    let agreement = Agreement(
      id: "shop/price", property: "price", rule: .equal, requires: ["image"], severity: .warning)
    let judge = AgreementJudge(agreement)
    let found = judge.findings([claim("1", "text"), claim("2", "text", at: 2)], isIndexed: true).map(\.finding)
    #expect(found.map(\.rule) == ["shop/price", "shop/price", "shop/price"])
    #expect(found.allSatisfy { $0.severity == .warning })
    let info = RuleInfo(
      id: "shop/price", form: .declared, severity: .warning, summary: "", why: "",
      messages: AgreementRules.messages(own: "The {property} is {value} here and {other} there."))
    let texts = found.map { MessageCatalog([info]).text(of: $0.message, rule: $0.rule) }
    #expect(texts.contains("The price is 1 here and 2 there."))
    #expect(texts.contains { $0.hasPrefix("This is nowhere in the picture") })
  }

  @Test func messagesAreInPlainWords() {
    #expect(PlainWords.violations(in: AgreementRules.all).isEmpty)
    #expect(ModalityWords.phrases.flatMap(PlainWords.violations).isEmpty)
  }
}
