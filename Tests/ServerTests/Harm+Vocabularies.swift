/// Lists of terms, in JSON and in tables, and tables of mappings.
extension Harm {
  static let inData = "hostile/list.json"
  static let inTable = "hostile/list.csv"

  private static func terms(_ rest: String) -> String {
    #"{"id": "things", "version": "1", "terms": [{"id": "milk", "prefLabel": {"en": "Milk"}}, \#(rest)]}"#
  }

  private static func data(_ name: String, _ rest: @escaping @autoclosure @Sendable () -> String) -> Harm {
    Harm(name) { try $0.write(inData, terms(rest())) }
  }

  private static func table(_ name: String, _ text: @escaping @autoclosure @Sendable () -> String) -> Harm {
    Harm(name, inTable, text())
  }

  static let vocabularies: [Harm] =
    places(inData) + texts(inData) { terms(#"{"id": "x", "prefLabel": \#($0)}"#) }
    + texts(inData) { #"{"id": "things", "terms": \#($0)}"# } + relations + labels

  private static let relations = [
    data(
      "terms in a circle",
      #"{"id": "a", "broader": ["b"], "replacedBy": ["b"]}, {"id": "b", "broader": ["a"], "replacedBy": ["a"]}"#),
    data("a term above itself", #"{"id": "a", "broader": ["a"], "replacedBy": ["a"], "exactMatch": ["a"]}"#),
    data("a long way up", list(4_000) { #"{"id": "t\#($0)", "broader": ["t\#($0 + 1)"]}"# }),
    data(
      "everything above everything",
      list(300) { number in #"{"id": "t\#(number)", "broader": [\#(list(300) { "\"t\($0)\"" })]}"# }),
  ]

  /// Invisible letters, letters of other scripts, of other widths, turned around, and of other spellings.
  private static let alike = [
    "mi\u{200B}lk", "m\u{456}lk", "\u{202E}klim", "\u{FF4D}\u{FF49}\u{FF4C}\u{FF4B}", "e\u{301}", "\u{E9}",
    "\u{1D5FA}ilk", "MILK", " milk ", "mi\u{AD}lk",
  ]

  private static let labels = [
    data(
      "names that look alike", list(alike.count) { #"{"id": "\#(alike[$0])", "prefLabel": {"en": "\#(alike[$0])"}}"# }),
    data("an id of a megabyte", #"{"id": "\#(many("i", 1 << 20))", "prefLabel": {"en": "\#(many("ǅ", 1 << 19))"}}"#),
    data("one id, many times", list(20_000) { _ in #"{"id": "same"}"# }),
    data("combining marks without end", #"{"id": "z", "prefLabel": {"en": "a\#(many("\u{301}", 50_000))"}}"#),
    data("labels in a thousand languages", #"{"id": "z", "prefLabel": {\#(list(5_000) { "\"l\($0)\": \"x\"" })}}"#),
  ]

  static let tables: [Harm] = places(inTable) + shapes + contents

  private static let shapes = [
    table("a quote that never ends", "id,name\n\"milk,Milk\n" + many("a,b\n", 50_000)),
    table("a row of many cells", "id,name" + many(",x", 20_000) + "\nmilk" + many(",", 20_000)),
    table("a cell of eight megabytes", "id,name\nmilk,\(many("x", 8 << 20))\n"),
    table("quotes and nothing else", many("\"", 1_000_001)),
    table("only ends of lines", many("\r", 300_000) + many("\r\n", 20_000)),
    table("every delimiter", "id,name;x\ty|z\nmilk;1,2\t3|4\n"),
    Harm(
      "another encoding", inTable,
      bytes: [0xFF, 0xFE] + Array("id,name\nmilk,Milk\n".utf16).flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] }),
    Harm("half of another encoding", inTable, bytes: [0xFE, 0xFF, 0x00, 0x69, 0x00]),
  ]

  private static let contents = [
    table("the same id again and again", "id,name\n" + many("milk,Milk\n", 20_000)),
    table("columns that are called alike", "id,id,ID,Id ,\u{FEFF}id\nmilk,a,b,c,d\n"),
    table("barcodes that were numbers", "id,name\n8.93600E+12,x\n=HYPERLINK(\"http://x\"),y\n-1,z\n0x10,w\n"),
    table(
      "mappings in a circle", "from,relation,to\nmilk,replacedBy,loaf\nloaf,replacedBy,milk\nmilk,canonical,milk\n"),
    table("many mappings of one", "from,relation,to\n" + many("milk,exactMatch,loaf\n", 20_000)),
  ]
}
