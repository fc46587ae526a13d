import Files
import Testing

@Suite struct GlobTests {
  @Test(arguments: [
    ("*.json", "a.json", true), ("*.json", ".json", true), ("*.json", "a.jsonl", false),
    ("a?c", "abc", true), ("a?c", "ac", false), ("[a-c]x", "bx", true), ("[!a-c]x", "bx", false),
    ("[^a-c]x", "dx", true), ("[]a]", "]", true), ("[a", "[a", true), (#"\*"#, "*", true), (#"\*"#, "a", false),
    ("*", "", true), ("", "", true), ("", "a", false), ("a*b*c", "aXbYbZc", true), ("a*b*c", "aXc", false),
    (#"[\]]"#, "]", true), ("[z-a]", "b", false),
  ])
  func fits(pattern: String, name: String, expected: Bool) {
    #expect(Glob(pattern.utf8).matches(name.utf8) == expected)
  }

  /// Backtracking matchers need 2^30 steps for this one.
  @Test func manyStarsCostLittle() {
    let pattern = String(repeating: "a*", count: 30) + "b"
    #expect(!Glob(pattern.utf8).matches(String(repeating: "a", count: 2_000).utf8))
  }
}

@Suite struct IgnoreRulesTests {
  /// What the rules say of a path; a `/` at the end marks a folder.
  private func verdict(_ rules: String, _ path: String) -> Bool? {
    let names = path.utf8.split(separator: UInt8(ascii: "/")).map(Array.init)
    return IgnoreRules(parsing: rules.utf8).verdict(on: names, isFolder: path.hasSuffix("/"))
  }

  @Test(
    arguments: [
      ("build", "build", true), ("build", "a/b/build", true), ("build/", "build", nil), ("build/", "a/build/", true),
      ("/build", "a/build", nil), ("/build", "build", true), ("a/b", "a/b", true), ("a/b", "x/a/b", nil),
      ("**/b", "x/y/b", true), ("**/b", "b", true), ("a/**", "a/b/c", true), ("a/**", "a/", nil),
      ("a/**/z", "a/z", true), ("a/**/z", "a/b/c/z", true), ("*.log", "x/y.log", true), ("# note", "# note", nil),
      ("\\#x", "#x", true), ("x  ", "x", true), (#"x\ "#, "x ", true), ("x\r", "x", true), ("", "x", nil),
      ("/", "x", nil),
      ("*.log\n!keep.log", "keep.log", false), ("!keep.log\n*.log", "keep.log", true), (#"\!x"#, "!x", true),
    ] as [(String, String, Bool?)])
  func says(rules: String, path: String, expected: Bool?) {
    #expect(verdict(rules, path) == expected)
  }
}
