import Ontology
import Testing

/// A list of `id | label@language, … | alternatives | parents`; a term whose id begins with `-` is deprecated.
private func index(_ text: String) -> TermIndex {
  let terms = text.split(separator: "\n").map { line in
    let parts = line.split(separator: "|", omittingEmptySubsequences: false).map { $0.trimmed }
    var term = Term(id: parts[0].hasPrefix("-") ? String(parts[0].dropFirst()) : parts[0])
    term.isDeprecated = parts[0].hasPrefix("-")
    func labels(_ part: String) -> [Term.Label] {
      part.split(separator: ";").map { label in
        let halves = label.split(separator: "@").map { $0.trimmed }
        return Term.Label(language: halves.count > 1 ? halves[1] : "", text: halves[0])
      }
    }
    if parts.count > 1 { term.prefLabels = labels(parts[1]) }
    if parts.count > 2 { term.altLabels = labels(parts[2]) }
    if parts.count > 3 { term.broader = parts[3].split(separator: " ").map(String.init) }
    return term
  }
  return TermIndex(Vocabulary(id: "list", version: "1", terms: terms))
}

extension Substring {
  fileprivate var trimmed: String { TermColumns.trimmed(String(self)) }
}

private let shop = index(
  """
  food | Thực phẩm@vi; Food@en
  dairy | Sữa và phô mai@vi; Milk and cheese@en | | food
  8934563138165 | Đường trắng 1 kg@vi; White sugar 1 kg@en | Đường cát@vi | food
  8936000010140 | Sữa tươi không đường@vi; Fresh milk@en | whole milk@en | dairy
  -8936000010141 | Sữa tươi cũ@vi; Old milk@en | | dairy
  8936000020000 | Straße@de; Øl@da; Łódź@pl; Çağ İçin@tr | | food
  8936000030000 | ΟΔΟΣ@el; Ёлка@ru; 鲜牛奶@zh; ﾐﾙｸ@ja; นมสด@th; 우유@ko | | food
  traffic_light | | |
  type-1 | type 1 | |
  type-2 | type 2 | |
  """)

private func ids(_ query: String, languages: [String] = [], under branch: String? = nil, limit: Int = 50) -> [String] {
  shop.search(query, languages: languages, under: branch.map { shop.branch($0) }, limit: limit).map(\.term.id)
}

@Suite struct SearchTests {
  @Test(arguments: [
    ("duong trang", "8934563138165", TermMatch.Kind.labelPrefix), ("Đường", "8934563138165", .labelPrefix),
    ("đường cát", "8934563138165", .label), ("DUONG CAT", "8934563138165", .label),
    ("trang duo", "8934563138165", .wordPrefix),
    ("ｗｈｉｔｅ", "8934563138165", .labelPrefix), ("duo\u{31B}\u{300}ng c", "8934563138165", .labelPrefix),
    ("89345", "8934563138165", .idPrefix), ("8934563138165", "8934563138165", .id),
    ("strasse", "8936000020000", .label), ("ol", "8936000020000", .label), ("lodz", "8936000020000", .label),
    ("cag icin", "8936000020000", .label), ("οδος", "8936000030000", .label), ("οδοσ", "8936000030000", .label),
    ("елка", "8936000030000", .label), ("牛奶", "8936000030000", .wordPrefix), ("鲜", "8936000030000", .labelPrefix),
    ("ミル", "8936000030000", .labelPrefix), ("สด", "8936000030000", .wordPrefix), ("우유", "8936000030000", .label),
    ("light", "traffic_light", .wordPrefix), ("traffic_l", "traffic_light", .idPrefix),
    ("trafficlight", "traffic_light", .id),
  ])
  func finds(query: String, id: String, kind: TermMatch.Kind) throws {
    let match = try #require(shop.search(query).first)
    #expect(match.term.id == id && match.kind == kind && match.typos == 0)
  }

  @Test(arguments: [
    ("dunog", "8934563138165", 1), ("duonh trang", "8934563138165", 1), ("zugar", "8934563138165", 1),
    ("suggar", "8934563138165", 1), ("tarng", "8934563138165", 1), ("cheeze", "dairy", 1),
    ("trafik", "traffic_light", 2),
  ])
  func findsInSpiteOfSlips(query: String, id: String, typos: Int) throws {
    let match = try #require(shop.search(query).first)
    #expect(match.term.id == id && match.kind == .typo && match.typos == typos)
  }

  @Test(arguments: ["mx", "xxxxx", "9 kg", "牛羊", "?!", "type 3", "mizzz"])
  func findsNothing(query: String) { #expect(ids(query).isEmpty) }

  @Test func slipsAreOnlyLookedForWhereNothingMatches() {
    let cars = index("a | cart\nb | card\nc | care")
    #expect(cars.search("cart").map(\.term.id) == ["a"])
    #expect(Set(cars.search("carx").map(\.term.id)) == ["a", "b", "c"])
  }

  @Test func deprecatedTermsComeLast() {
    #expect(ids("sua tuoi") == ["8936000010140", "8936000010141"])
    #expect(ids("old milk") == ["8936000010141"])
  }

  @Test func readersLanguageComesFirst() {
    let bread = index("1 | pan@es\n2 | pan@en\n3 | pan")
    #expect(bread.search("pan", languages: ["en-US"]).map(\.term.id) == ["2", "3", "1"])
    #expect(bread.search("pan", languages: ["es", "en"]).map(\.term.id) == ["1", "2", "3"])
  }

  @Test func matchTellsTheLabelThatMatched() throws {
    #expect(try #require(shop.search("whole").first).label == Term.Label(language: "en", text: "whole milk"))
    #expect(try #require(shop.search("893456").first).label.text == "8934563138165")
  }

  @Test func branchNarrowsTheSearch() {
    #expect(ids("milk", under: "dairy") == ["8936000010140", "8936000010141"])
    #expect(Set(ids("milk")) == ["dairy", "8936000010140", "8936000010141"])
    #expect(ids("", under: "dairy").count == 2 && ids("", under: "nothing").isEmpty)
    #expect(shop.isUnder("8936000010140", branch: "food") && !shop.isUnder("food", branch: "food"))
    #expect(shop.children(of: "dairy") == ["8936000010140", "8936000010141"])
    #expect(shop.branch("food").count == 6)
  }

  @Test func emptyQueryGivesAll() {
    #expect(ids("").count == shop.count && ids(" ").count == shop.count)
    #expect(ids("", limit: 3).count == 3 && ids("", limit: 0).isEmpty && ids("", limit: -1).isEmpty)
  }

  @Test func exactLabelsCompareCodePoints() {
    #expect(shop.terms(withLabel: "Fresh milk").map(\.id) == ["8936000010140"])
    #expect(shop.terms(withLabel: "fresh milk").isEmpty)
    #expect(shop.terms(withFoldedLabel: "fresh milk").map(\.id) == ["8936000010140"])
    #expect(shop.terms(withLabel: "Đường cát").count == 1)
    #expect(shop.terms(withLabel: "\u{110}u\u{31B}\u{300}o\u{31B}ng cát").isEmpty)
  }

  @Test(
    arguments: [
      ("Traffic Light", ["traffic_light"]), ("trafic_light", ["traffic_light"]), ("fresh mlik", ["8936000010140"]),
      ("8934563138156", ["8934563138165"]), ("type 3", []), ("typ 1", ["type-1"]), ("milk", []), ("oil", []), ("x", []),
      ("duong cat", ["8934563138165"]), ("", []), ("fodo", ["food"]),
    ] as [(String, [String])])
  func suggestsWhatWasMeant(text: String, meant: [String]) {
    #expect(shop.suggestions(for: text).map(\.term.id) == meant)
  }

  @Test func crowdIsNoSuggestion() {
    let codes = index((0..<9).map { "C00000\($0)9 |" }.joined(separator: "\n"))
    #expect(codes.suggestions(for: "C00000X9").isEmpty)
    #expect(codes.search("C00000").count == 9)
  }

  @Test func changesLieOverTheIndex() {
    var sugar = Term(id: "8934563138165")
    sugar.prefLabels = [Term.Label(language: "vi", text: "Đường phèn")]
    let changed = shop.applying(VocabularyChange(changed: [sugar], removed: ["traffic_light"], version: "2"))
    #expect(changed.search("duong trang").isEmpty)
    #expect(changed.search("phen").map(\.term.id) == ["8934563138165"])
    #expect(changed.term("traffic_light") == nil && changed.count == shop.count - 1 && changed.version == "2")
    #expect(shop.search("duong trang").count == 1)
    #expect(changed.applying(VocabularyChange(removed: ["8934563138165"])).search("duong phen").isEmpty)
  }

  @Test func labelsAreNamedForTheirReader() {
    #expect(shop.label(of: "dairy", in: ["en-GB", "vi"]) == "Milk and cheese")
    #expect(shop.label(of: "dairy", in: ["fr"]) == "Sữa và phô mai" && shop.label(of: "none", in: []) == nil)
  }

  @Test func indexFollowsWhatTermsSay() throws {
    var old = Term(id: "old")
    old.replacedBy = ["8934563138165"]
    let changed = shop.applying(VocabularyChange(changed: [old]))
    #expect(changed.canonical(of: old) == "8934563138165")
    #expect(changed.broader(of: try #require(changed.term("8936000010140"))) == ["dairy", "food"])
  }

  @Test func circlesEnd() {
    let circle = index("a | A | | b\nb | B | | a\nc | C | | c")
    #expect(circle.branch("a").count == 2 && circle.isUnder("a", branch: "a"))
    #expect(circle.branch("c").count == 1)
  }

  @Test func manyLanguagesAndLongLabels() {
    var terms = (0..<700).map { number in
      var term = Term(id: "t\(number)")
      term.prefLabels = [Term.Label(language: "x-\(number)", text: "label \(number)")]
      return term
    }
    terms[0].altLabels = [Term.Label(language: "", text: String(repeating: "long words ", count: 5000))]
    let index = TermIndex(Vocabulary(id: "v", version: "", terms: terms))
    #expect(index.search("label 69").map(\.term.id).first == "t69" && index.search("label 69").count == 11)
    #expect(index.search("x", languages: ["x-3"]).isEmpty)
    #expect(index.search("long wor").map(\.term.id) == ["t0"])
    #expect(index.search(String(repeating: "long words ", count: 400)).count == 1)
  }
}
