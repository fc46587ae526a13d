import Foundation
import Testing

/// `concord plugin new NAME --list FILE`: a plugin from a list that somebody has already.
@Suite struct NewPluginListTests {
  private func begun(
    _ list: Data, called name: String = "list.csv", _ more: [String] = [], _ body: (ProgramRun, URL) throws -> Void
  ) throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("concord-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try list.write(to: folder.appendingPathComponent(name))
    try body(try ProgramRun("concord", ["plugin", "new", "shoes", "--list", name] + more, in: folder), folder)
  }

  private func works(_ folder: URL, unknown: String) throws {
    let tried = try ProgramRun("concord", ["plugin", "test", "shoes"], in: folder)
    #expect(tried.status == 0, "\(tried.text)\(tried.complaint)")
    let good = try ProgramRun("concord", ["check", "--plugins", "shoes", "shoes/Examples/good.json"], in: folder)
    #expect(good.status == 0, "\(good.text)")
    #expect(good.text.hasPrefix("Checked shoes/Examples/good.json"), "\(good.text)")
    let bad = try ProgramRun("concord", ["check", "--plugins", "shoes", "shoes/Examples/bad.json"], in: folder)
    #expect(bad.text.contains(unknown), "\(bad.text)")
  }

  @Test func columnsAreTakenForWhatTheirNamesSay() throws {
    let list = "code,name,name_vi,synonyms,parent\nsneaker,Sneaker,Giày thể thao,Trainer;Gym shoe,\nboot,Boot,Ủng,,\n"
    try begun(Data(list.utf8)) { made, folder in
      #expect(made.status == 0, "\(made.complaint)")
      #expect(made.text.contains("Read 2 labels"))
      #expect(made.text.contains("column `code`: what is written in the files"))
      #expect(made.text.contains("column `name_vi`: the label's name (vi)"))
      try works(folder, unknown: "no boott. Did you mean boot (Boot)?")
    }
  }

  /// As a German Excel saves it: a mark, semicolons; and names that stand for something in our own texts.
  @Test func aTableOfOtherHabitsIsReadToo() throws {
    let list = "\u{FEFF}NAME;Bild\r\nNAME-1;eins\r\nRULE \"2\";zwei\r\n"
    try begun(Data(list.utf8)) { made, folder in
      #expect(made.status == 0, "\(made.complaint)")
      #expect(made.text.contains("column `NAME`: what is written in the files"), "\(made.text)")
      try works(folder, unknown: "The list `shoes-labels` has no")
      let good = try String(contentsOf: folder.appendingPathComponent("shoes/Examples/good.json"), encoding: .utf8)
      #expect(good.contains("\"NAME-1\""))
    }
  }

  @Test func aColumnIsWhatItsMakerSays() throws {
    try begun(Data("a,b\nx,Ex\ny,Why\n".utf8), ["--column", "b=prefLabel", "--column", "a=id"]) { made, folder in
      #expect(made.status == 0, "\(made.complaint)")
      try works(folder, unknown: "The list `shoes-labels` has no yy.")
    }
  }

  @Test func aListInJSONWillDoToo() throws {
    let list = #"{"terms": [{"id": "boot", "prefLabel": {"en": "Boot"}}, {"id": "old", "deprecated": true}]}"#
    try begun(Data(list.utf8), called: "list.json") { made, folder in
      #expect(made.text.contains("Read 1 label"), "\(made.complaint)")
      try works(folder, unknown: "no boott. Did you mean boot (Boot)?")
    }
  }

  @Test(arguments: [
    ("PK\u{3}\u{4}and so on", "save the sheet as CSV"), ("", "it is empty"), ("id,name\n", "there are no labels in it"),
    ("name,kind\na,x\na,x\n", "no column tells its labels apart; there are: `name`, `kind`"),
    ("id,deprecated\na,yes\n", "no label in it is in use"),
  ])
  func whatIsNoListIsRefusedInPlainWords(text: String, words: String) throws {
    try begun(Data(text.utf8)) { made, folder in
      #expect(made.status == 2)
      #expect(made.complaint.contains(words), "\(made.complaint)")
      #expect(!FileManager.default.fileExists(atPath: folder.path + "/shoes"))
    }
  }
}
