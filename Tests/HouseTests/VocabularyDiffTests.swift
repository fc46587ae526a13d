import Foundation
import Testing

/// `concord vocabulary diff`: what a new list does to labels that are there already.
@Suite struct VocabularyDiffTests {
  private static let old = """
    id,name,parent,deprecated,replaced by,synonyms
    shoe,Shoe,,,,
    sneaker,Sneaker,shoe,,,
    trainer,Trainer,shoe,,,
    bootee,Bootee,shoe,,,
    wellie,Wellie,shoe,,,
    clog,Clog,shoe,yes,,

    """
  private static let new = """
    id,name,parent,deprecated,replaced by,synonyms
    shoe,Shoe,,,,
    sneaker,Sports shoe,shoe,,,
    trainer,Trainer,shoe,yes,sneaker,
    wellington,Wellington boot,boot,,,Wellie
    boot,Boot,shoe,,,
    clog,Clog,boot,,,

    """

  private func compared(_ new: String, paths: [String] = ["a.json", "b.json"], _ body: (ProgramRun) throws -> Void)
    throws
  {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("concord-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    func write(_ text: String, _ name: String) throws {
      try Data(text.utf8).write(to: folder.appendingPathComponent(name))
    }
    func labels(_ labels: [String]) -> String {
      let items = labels.enumerated().map { #"{"id": "\#($0)", "picture": "p.jpg", "label": "\#($1)"}"# }
      return #"{"format": "shoes", "items": ["# + items.joined(separator: ",") + "]}"
    }
    try write(Self.old, "old.csv")
    try write(new, "new.csv")
    let made = try ProgramRun("concord", ["plugin", "new", "shoes", "--list", "old.csv"], in: folder)
    try #require(made.status == 0, "\(made.complaint)")
    try write(labels(["sneaker", "trainer", "trainer", "bootee", "wellie", "nonsense"]), "a.json")
    try write(labels(["sneaker", "clog", "sneaker"]), "b.json")
    try body(
      try ProgramRun(
        "concord",
        ["vocabulary", "diff", "--plugins", "shoes", "shoes/ontologies/labels.csv", "new.csv"] + paths, in: folder))
  }

  @Test func termsAreTold() throws {
    try compared(Self.new, paths: []) { run in
      #expect(run.status == 0, "\(run.complaint)")
      #expect(
        run.text == """
          shoes-labels: 6 labels before, 6 after
            new: 2
              wellington (Wellington boot)
              boot (Boot)
            gone without a word: 2
              bootee (Bootee)
              wellie (Wellie): perhaps now wellington (Wellington boot)
            retired: 1
              trainer (Trainer): use sneaker (Sports shoe)
            brought back: 1
              clog (Clog)
            renamed: 1
              sneaker: “Sneaker” is now “Sports shoe”
            moved: 1
              clog (Clog): from shoe (Shoe) to boot (Boot)

          """)
    }
  }

  @Test func filesAreTold() throws {
    try compared(Self.new) { run in
      #expect(run.status == 1, "\(run.complaint)")
      let text = run.text.components(separatedBy: "\n\n").last ?? ""
      #expect(
        text == """
          a.json: 6 labels of this list; 2 no longer in the list, 2 retired
            1× bootee: no longer in the list; perhaps boot (Boot) is meant
            1× wellie: no longer in the list; perhaps wellington (Wellington boot) is meant
            2× trainer: no longer to be used; use sneaker (Sports shoe)
          b.json: 3 labels of this list; 1 right from now on
            1× clog: was not to be used before, and now is: clog (Clog)
          Looked at 2 files, 9 labels of this list in 2: 2 no longer in the list, 2 retired, 1 right from now on. 1 are in neither list.

          """, "\(run.text)")
    }
  }

  @Test func theSameListChangesNothing() throws {
    try compared(Self.old) { run in
      #expect(run.status == 0)
      #expect(run.text.contains("nothing has changed"))
      #expect(run.text.contains("9 labels of this list in 2: nothing changes. 1 are in neither list."))
    }
  }

  @Test func aListThatIsNobodysNeedsAName() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("concord-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    for name in ["old.csv", "new.csv"] {
      try Data("id\na\n".utf8).write(to: folder.appendingPathComponent(name))
    }
    try Data("{}".utf8).write(to: folder.appendingPathComponent("a.json"))
    let run = try ProgramRun("concord", ["vocabulary", "diff", "old.csv", "new.csv", "a.json"], in: folder)
    #expect(run.status == 2)
    #expect(run.complaint.contains("say with --id which it is to replace"), "\(run.complaint)")
    let gone = try ProgramRun("concord", ["vocabulary", "diff", "old.csv", "none.csv"], in: folder)
    #expect(gone.status == 2)
    #expect(gone.complaint.contains("none.csv: There is no such file"))
  }
}
