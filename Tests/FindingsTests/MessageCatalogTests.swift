import Findings
import Manifest
import Testing

@Suite struct MessageCatalogTests {
  private let catalog: MessageCatalog = {
    let rule = RuleInfo(
      id: "retail/digit", form: .record, severity: .error, summary: "s", why: "w",
      messages: ["": "The last digit is {expected}, not {found}.", "fix": "Write {expected}"])
    var catalog = MessageCatalog([rule])
    catalog.add(language: "vi", ["retail/digit": ["": "Số cuối là {expected}, không phải {found}."]])
    catalog.add(language: "vi-VN", ["retail/digit": ["note": "ở đây"]])
    return catalog
  }()

  private func text(_ key: String, _ language: String, _ arguments: [Message.Argument]) -> String {
    catalog.text(of: Message(key, arguments), rule: "retail/digit", language: language)
  }

  @Test(arguments: [
    ("", "en", "The last digit is 5, not 6."), ("", "de-AT", "The last digit is 5, not 6."),
    ("", "vi", "Số cuối là 5, không phải 6."), ("", "vi-VN", "Số cuối là 5, không phải 6."),
    ("", "vi_VN.UTF-8", "Số cuối là 5, không phải 6."), ("", "VI", "Số cuối là 5, không phải 6."),
    ("note", "vi-VN", "ở đây"), ("fix", "vi-VN", "Write 5"), ("unheard", "en", "The last digit is 5, not 6."),
    ("", "", "The last digit is 5, not 6."), ("", "-", "The last digit is 5, not 6."),
  ])
  func languageFallsBack(key: String, language: String, expected: String) {
    #expect(text(key, language, [.init("expected", "5"), .init("found", "6")]) == expected)
  }

  @Test func missingArgumentsNeverShowTheirNames() {
    #expect(text("", "en", [.init("found", "6")]) == "The last digit is …, not 6.")
  }

  @Test func valuesAreNotReadAsTemplates() {
    #expect(text("fix", "en", [.init("expected", "{found}"), .init("found", "x")]) == "Write {found}")
  }

  @Test(arguments: [
    ("{{a}} {a}", "{a} 1"), ("{", "{"), ("}", "}"), ("{a", "{a"), ("{}", "{}"), ("{a b}", "{a b}"), ("a}b", "a}b"),
    ("{{{a}}}", "{1}"), ("{ü}", "{ü}"), ("", ""), ("é{a}漢", "é1漢"),
  ])
  func braces(template: String, expected: String) {
    #expect(MessageCatalog.render(template, [.init("a", "1")]) == expected)
  }

  @Test func namesAreListed() {
    #expect(MessageCatalog.names(in: "{a} {{b}} {c-d} {e f} {") == ["a", "c-d"])
  }

  @Test func unknownRulesShowTheirValues() {
    let message = Message("", [.init("a", "one"), .init("b", "two")])
    #expect(catalog.text(of: message, rule: "gone/rule") == "one, two")
  }
}

@Suite struct PlainWordsTests {
  @Test func ourWordsAreFound() {
    #expect(PlainWords.violations(in: "This Record has no Schemas, or IoU") == ["record", "schemas", "iou"])
  }

  @Test func otherWordsThatContainThemAreFine() {
    #expect(PlainWords.violations(in: "The recording was recorded; proclaim, subjective").isEmpty)
  }

  @Test func syntaxMessagesAreInPlainWords() {
    #expect(PlainWords.violations(in: SyntaxRules.all).isEmpty)
  }
}

@Suite struct FingerprintTests {
  @Test func valuesCountAndBoundariesDo() {
    let one = Fingerprint(rule: "a/b", key: "k", values: ["ab", "c"])
    #expect(one.text.utf8.count == 32)
    #expect(one == Fingerprint(rule: "a/b", key: "k", values: ["ab", "c"]))
    #expect(one != Fingerprint(rule: "a/b", key: "k", values: ["a", "bc"]))
    #expect(one != Fingerprint(rule: "a/b", key: "", values: ["ab", "c"]))
    #expect(one != Fingerprint(rule: "a/bk", key: "k", values: ["ab", "c"]))
  }

  @Test func equalValuesOfOtherThingsAreOfOneKind() {
    let one = Fingerprint(rule: "a/b", key: "k", values: ["v"])
    let other = Fingerprint(rule: "a/b", key: "l", values: ["v"])
    #expect(one.kind == other.kind && one.label != other.label)
  }

  @Test func digitsAreReadBack() {
    let one = Fingerprint(kind: 0xff, label: .max)
    #expect(one.text == "00000000000000ffffffffffffffffff")
    #expect(Fingerprint(one.text) == one)
    for wrong in [
      "", "+0000000000000ffffffffffffffffff", one.text.uppercased(), one.text + "0", "ä" + one.text.dropFirst(2),
    ] {
      #expect(Fingerprint(wrong) == nil, "\(wrong)")
    }
  }

  /// Decisions are kept in files: the digits must never change.
  @Test func digitsAreTheSameForever() {
    #expect(Fingerprint(rule: "a/b", key: "k", values: ["v"]).text == "7ea2870d95a38254b6e13d841cb88104")
    let tree = RecordTree(parsing: Array(#"{"b": [1.50, "é", null], "a": {}}"#.utf8))
    #expect(ContentHash.of(0, in: tree) == 8_367_305_018_493_861_140)
  }

  @Test func layoutDoesNotCountAndContentDoes() {
    func hash(_ text: String) -> UInt64 { ContentHash.of(0, in: RecordTree(parsing: Array(text.utf8))) }
    let one = hash(#"{"b": [1.5, "é", null], "a": {"c": true}}"#)
    #expect(one == hash(#"{ "a":{"c":true},"b":[1.5,"\u00e9",null] }"#))
    for other in [
      #"{"b": [1.5, null, "é"], "a": {"c": true}}"#, #"{"b": [1.50, "é", null], "a": {"c": true}}"#,
      #"{"b": [1.5, "é", null], "a": {"d": true}}"#, #"{"b": [1.5, "é", null], "c": {"a": true}}"#,
      #"{"b": [1.5, "é", "null"], "a": {"c": true}}"#, #"{"b": [[1.5], "é", null], "a": {"c": true}}"#,
    ] { #expect(hash(other) != one, "\(other)") }
    #expect(hash(String(repeating: "[", count: 5000)) != hash(String(repeating: "[", count: 5001)))
  }

  @Test func positionsDoNotCount() {
    let place = Place(record: record(1), start: 1, end: 2)
    let elsewhere = Place(record: record(9), start: 7, end: 9)
    let message = Message("", [.init("b", "2"), .init("a", "1")])
    let turned = Message("", [.init("a", "1"), .init("b", "2")])
    let finding = Finding(rule: "a/b", severity: .error, place: place, message: message)
    let moved = Finding(rule: "a/b", severity: .error, place: elsewhere, message: turned)
    #expect(Fingerprint.kind(of: finding) == Fingerprint.kind(of: moved))
  }
}

/// What has no key of its own is translated by its English.
@Suite struct PhraseTests {
  private let catalog: MessageCatalog = {
    let rule = RuleInfo(
      id: "schema/type", form: .declared, severity: .error, summary: "A kind is wrong.", why: "",
      messages: ["": "This should be {expected}.", "own": "Named by its text: {id}"])
    var catalog = MessageCatalog([rule])
    catalog.add(language: "vi", ["schema/type": ["": "Ở đây cần {expected}."]])
    catalog.add(
      language: "vi",
      texts: [
        "text": "chữ", "the number {value}": "số {value}", "{list} or {last}": "{list} hoặc {last}",
        "Named by its text: {id}": "Theo lời: {id}", "Right": "Đúng", "A kind is wrong.": "Sai loại.",
        "error": "lỗi", "Severity: {level}.": "Mức độ: {level}.",
      ])
    return catalog
  }()

  private func text(_ phrases: [Message], _ language: String) -> String {
    let argument = Message.Argument("expected", "ENGLISH", phrases: phrases)
    return catalog.text(of: Message("", [argument]), rule: "schema/type", language: language)
  }

  @Test func wordsInsideAMessageAreTranslated() {
    let phrases = [Message("text"), Message("the number {value}", [.init("value", "1.5")])]
    #expect(text(phrases, "vi-VN") == "Ở đây cần chữ hoặc số 1.5.")
    #expect(text(phrases, "en") == "This should be ENGLISH.")
  }

  @Test func aListIsNeverHalfTranslated() {
    #expect(text([Message("text"), Message("a list")], "vi") == "Ở đây cần ENGLISH.")
  }

  @Test func aTemplateIsFoundByItsEnglish() {
    let message = Message("own", [.init("id", "7")])
    #expect(catalog.text(of: message, rule: "schema/type", language: "vi") == "Theo lời: 7")
  }

  @Test(arguments: [("0", "0 are"), ("1", "1 is"), ("2", "2 are"), ("11", "11 are"), ("01", "01 are")])
  func oneAndSeveral(number: String, expected: String) {
    #expect(MessageCatalog.render("{n} {n#is|are}", [.init("n", number)]) == expected)
  }

  @Test(arguments: ["{n#}", "{n#a}", "{#a|b}", "{n#a|b", "{n#a", "{n#"])
  func whatIsNoChoiceIsText(template: String) {
    #expect(MessageCatalog.render(template, [.init("n", "1")]) == template)
  }

  @Test func pagesShowWhatIsSaidOfSeveral() {
    #expect(MessageCatalog.asWritten("at least {n} {n#is|are} needed {{") == "at least {n} are needed {{")
  }

  @Test func choicesNameTheirArgument() {
    #expect(MessageCatalog.names(in: "{a#x|y} {b}") == ["a", "b"])
  }

  @Test func pagesSpeakTheReadersLanguage() throws {
    let rule = RuleInfo(
      id: "schema/type", form: .declared, severity: .error, summary: "A kind is wrong.", why: "", messages: [:],
      good: ["1"])
    let page = RulePage(rule, words: Phrasebook(catalog, language: "vi")).markdown
    #expect(page.hasPrefix("# `schema/type`\n\nSai loại.\n\nMức độ: lỗi. Follows"))
    #expect(page.contains("\nĐúng:\n"))
  }

  @Test(arguments: [("vi", true), ("vi-VN", true), ("en-GB", true), ("fr", false), ("", false)])
  func knowsWhatItSpeaks(tag: String, speaks: Bool) { #expect(catalog.speaks(tag) == speaks) }
}
