import Ontology
import Testing

private func read(_ bytes: [UInt8], _ columns: [String: String] = [:]) -> (Vocabulary, [VocabularyProblem]) {
  var problems: [VocabularyProblem] = []
  let vocabulary = Vocabulary(csv: bytes, id: "list", mapping: ColumnMapping(columns), problems: &problems)
  return (vocabulary, problems)
}

private func read(_ text: String, _ columns: [String: String] = [:]) -> (Vocabulary, [VocabularyProblem]) {
  read(Array(text.utf8), columns)
}

private func utf16(_ text: String, high: Int) -> [UInt8] {
  text.utf16.flatMap { high == 0 ? [UInt8($0 >> 8), UInt8($0 & 0xFF)] : [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
}

@Suite struct TableTests {
  @Test(arguments: [",", ";", "\t"])
  func delimiterIsRecognized(delimiter: String) {
    let text = ["sku,name,parent", "0012,Đường trắng,food", "\"a,b;c\td\",\"said \"\"hi\"\"\",", ""].joined(
      separator: "\n"
    )
    .replacing(",", with: delimiter)
    let (list, problems) = read(text)
    #expect(problems.isEmpty)
    #expect(list.terms.map(\.id) == ["0012", "a\(delimiter)b;c\td".replacing(",", with: delimiter)])
    #expect(list.terms.map(\.label) == ["Đường trắng", "said \"hi\""])
    #expect(list.terms.map(\.broader) == [["food"], []])
  }

  @Test func encodingIsRecognized() {
    let text = "id,name@vi\r\n1,Đường trắng\r\n2,Sữa\r\n"
    let utf8 = Array(text.utf8)
    let files = [
      utf8, [0xEF, 0xBB, 0xBF] + utf8, [0xFF, 0xFE] + utf16(text, high: 1), [0xFE, 0xFF] + utf16(text, high: 0),
      utf16(text, high: 1), utf16(text, high: 0),
    ]
    for file in files {
      let (list, problems) = read(file)
      #expect(problems.isEmpty)
      #expect(list.terms.map(\.id) == ["1", "2"])
      #expect(list.terms.first?.prefLabels == [Term.Label(language: "vi", text: "Đường trắng")])
    }
  }

  @Test func headersMeanWhatPeopleCallThem() throws {
    let (list, problems) = read(
      """
      Barcode;SKU;Tên sản phẩm;Name (en);label_vi;Synonyms;Parent ID;Discontinued;Replaced by;Brand;name_old
      8934563138165;A1;Mì tôm;Noodles;Mì;mi goi|ramen;food;yes;A2;Hảo Hảo;Mi
      """)
    let term = try #require(list.terms.first)
    #expect(problems.isEmpty)
    #expect(term.id == "A1")
    #expect(term.prefLabels.map(\.language) == ["", "en", "vi"])
    #expect(term.altLabels.map(\.text) == ["mi goi", "ramen"])
    #expect(term.broader == ["food"] && term.isDeprecated && term.replacedBy == ["A2"])
    #expect(term.attributes.map(\.name) == ["Barcode", "Brand", "name_old"])
    #expect(term.attributes.first?.value == "8934563138165")
  }

  @Test func configurationNamesColumnsOfItsOwn() throws {
    let (list, _) = read(
      "Barcode,Id,Was,Text\n893,7,old,what\n",
      ["barcode": "id", "Was": "altLabels@en", "Text": "", "Id": "attributes.row"])
    let term = try #require(list.terms.first)
    #expect(term.id == "893")
    #expect(term.altLabels == [Term.Label(language: "en", text: "old")])
    #expect(term.attributes == [Term.Attribute(name: "row", value: "7")])
    #expect(ColumnMapping(["a": "prefLabel", "b": "colour"]).unknown == ["b"])
  }

  @Test func problemsSayRowAndColumn() {
    let (list, problems) = read(
      "name,id,deprecated\n\nMilk,8.93E+12,\nSugar,,\nTea,t,perhaps\nTea,t,\nSalt,s,no,more\n\"Oil,o\n")
    #expect(list.terms.map(\.id) == ["8.93E+12", "t", "s"])
    #expect(
      problems.map { "\($0.kind) \($0.place)" } == [
        "unclosedQuote cell(row: 8, column: 1)", "roundedID cell(row: 3, column: 2)",
        "missingID cell(row: 4, column: 2)",
        "unexpectedValue cell(row: 5, column: 3)", "repeatedID cell(row: 6, column: 2)",
        "surplusCell cell(row: 7, column: 4)", "missingID cell(row: 8, column: 2)",
      ])
  }

  @Test func damagedTextIsNamed() {
    let (list, problems) = read(Array("id,name\n1,".utf8) + [0xC4, 0x6F] + Array("ng\n".utf8))
    #expect(list.terms.first?.label == "\u{FFFD}ong")
    #expect(problems.map(\.kind) == [.damagedText])
  }

  @Test func excelSaysItsDelimiterItself() {
    let (list, problems) = read("sep=;\r\nid;name, long\r\n1;a\r\n\r\n2;b\r\n2;c\r\n")
    #expect(list.terms.map(\.id) == ["1", "2"])
    #expect(problems.map(\.place) == [.cell(row: 6, column: 1)])
  }

  @Test func lostZerosAreRestoredAmongBarcodes() {
    let (_, problems) = read("gtin,name\n8934563138165,a\n8936000010140,b\n8936000010515,c\n36000291452,d\n123456,e\n")
    #expect(problems.map(\.kind) == [.lostZeros(restored: "0036000291452")])
    #expect(problems.map(\.place) == [.cell(row: 5, column: 1)])
    #expect(read("code,name\n36000291452,d\nx,e\n").1.isEmpty)
  }

  @Test(arguments: [
    ("8.93E+12", true), ("8,93E+12", true), ("9e+5", true), ("123456789012345000", true), ("1E5", false),
    ("E+12", false),
    ("8.E+12", false), ("8934563138165", false), ("8.93E+", false), ("1234567890123456", false),
  ])
  func roundedNumbersAreRecognized(id: String, isRounded: Bool) {
    #expect(SpreadsheetDamage.isRounded(id) == isRounded)
  }

  @Test(
    arguments: [
      ("36000291452", nil, "036000291452"), ("36000291452", 13, "0036000291452"), ("36000291453", nil, nil),
      ("036000291452", nil, nil), ("036000291452", 13, nil), ("12", nil, nil), ("4006381333931", 8, nil),
      ("", nil, nil),
      ("4006381333931", 14, "04006381333931"), ("36000291452", -3, nil),
    ] as [(String, Int?, String?)])
  func zerosAreRestoredWhenTheCheckDigitHolds(id: String, length: Int?, restored: String?) {
    #expect(SpreadsheetDamage.restoredZeros(id, length: length) == restored)
  }

  @Test func threeColumnsAreAMapping() throws {
    var problems: [VocabularyProblem] = []
    let text =
      "subject_id\tpredicate_id\tobject_id\na\tskos:exactMatch\twd:Q1\nb\tReplaced by\ta\nc\tlikes\ta\nd\tbroader\t\nb\tnarrower\ta\n"
    let mappings = try #require(Mapping.read(csv: Array(text.utf8), problems: &problems))
    #expect(mappings.map(\.relation) == [.exactMatch, .replacedBy, .narrower])
    #expect(problems.map(\.kind) == [.unknownRelation, .incompleteMapping])
    let list = TermStack([TermIndex(read("id,name\na,A\nb,B\n").0)], MappedRelations(mappings))?.joined
    #expect(list?.term("a")?.exactMatch == ["wd:Q1"] && list?.term("a")?.broader == ["b"])
    #expect(list?.term("b")?.replacedBy == ["a"])
    #expect(Mapping.read(csv: Array("id,name\n".utf8), problems: &problems) == nil)
  }

  @Test(arguments: [
    "", "\n\n", "\"", "\"\"\"", ",,,\n,,,", "name\na", "id", "sep=", "sep=;", "sep=\"\n\"a\"", "\u{0}\u{0}",
    "id\u{0},x\n1,2",
  ])
  func anyBytesAreATable(text: String) {
    #expect(read(text).0.terms.count < 2)
    var problems: [VocabularyProblem] = []
    _ = Mapping.read(csv: Array(text.utf8), problems: &problems)
  }

  @Test func randomBytesAreATable() {
    var generator = SystemRandomNumberGenerator()
    let pieces: [[UInt8]] =
      ["id", "name", ",", ";", "\t", "\"", "\n", "\r", "1", "8.9E+12", "đ"].map { Array($0.utf8) } + [[0xFF], [0]]
    for _ in 0..<2000 {
      let bytes = (0..<Int.random(in: 0...40, using: &generator)).flatMap { _ in
        pieces.randomElement(using: &generator) ?? []
      }
      let (list, problems) = read(bytes)
      #expect(list.terms.count <= 40 && problems.count <= 200)
    }
  }
}
