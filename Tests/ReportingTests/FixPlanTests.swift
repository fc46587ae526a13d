import Findings
import Reporting
import Testing
import Workspace

@Suite struct FixPlanTests {
  private func edit(_ range: Range<Int>, _ text: String, path: String = "a.json") -> CheckedEdit {
    .at(range, text, path: path)
  }

  /// A report with one finding a fix.
  private func report(_ fixes: [[CheckedEdit]], certain: Bool = true) -> CheckReport {
    .of(
      fixes.map { edits in
        var finding = CheckedFinding.at("1", in: "1")
        finding.fixes = [CheckedFix(title: "Do it", isCertain: certain, edits: edits)]
        return finding
      })
  }

  private func applied(_ fixes: [[CheckedEdit]], to text: String) -> String? {
    let plan = FixPlan(report(fixes))
    return FixPlan.applying(plan.edits["a.json"] ?? [], to: Array(text.utf8)).map {
      String(decoding: $0, as: UTF8.self)
    }
  }

  @Test func inWhateverOrderTheyCome() {
    #expect(applied([[edit(6..<7, "")], [edit(0..<1, "A")], [edit(3..<3, "+")]], to: "abcdefgh") == "Abc+defh")
  }

  @Test func oneThatTouchesAnotherWaits() {
    let fixes = [[edit(2..<4, "X")], [edit(4..<5, "Y")], [edit(1..<3, "Z")], [edit(2..<2, "I")], [edit(6..<6, "!")]]
    #expect(FixPlan(report(fixes)).fixCount == 2)
    #expect(applied(fixes, to: "abcdefgh") == "abXef!gh")
  }

  @Test func wholeOrNotAtAll() {
    let fixes = [[edit(2..<4, "X")], [edit(0..<1, "Y"), edit(3..<5, "Y")]]
    #expect(applied(fixes, to: "abcdefgh") == "abXefgh")
    #expect(applied([[edit(0..<2, "Y"), edit(1..<3, "Y")]], to: "abc") == "abc")
  }

  @Test func anUncertainOneIsLeftToThePerson() {
    #expect(FixPlan(report([[edit(0..<1, "A")]], certain: false)).fixCount == 0)
  }

  @Test func editsOutsideTheFileAreRefused() {
    #expect(applied([[edit(2..<9, "X")]], to: "abc") == nil)
  }
}

@Suite struct UnifiedDiffTests {
  private func diff(_ text: String, _ edits: [(Range<Int>, String)], hiding: [Range<Int>] = []) -> String {
    let edits = edits.map { CheckedEdit.at($0.0, $0.1) }
    let findings = hiding.map { range in
      var finding = CheckedFinding.at("", in: text, isSensitive: true)
      finding.bytes = range
      return finding
    }
    return UnifiedDiff(path: "a.json", bytes: Array(text.utf8), edits: edits, hidden: HiddenText(.of(findings))).text
  }

  @Test func oneLine() {
    #expect(
      diff("a\nb\nc\nd\ne\nf\n", [(4..<5, "C")])
        == "--- a.json\n+++ a.json\n@@ -1,6 +1,6 @@\n a\n b\n-c\n+C\n d\n e\n f\n")
  }

  @Test func linesThatComeAndGo() {
    #expect(diff("a\nb\nc\n", [(2..<4, "")]) == "--- a.json\n+++ a.json\n@@ -1,3 +1,2 @@\n a\n-b\n c\n")
    #expect(
      diff("a\nb\nc\n", [(3..<3, "\nX")]) == "--- a.json\n+++ a.json\n@@ -1,3 +1,4 @@\n a\n-b\n+b\n+X\n c\n")
    #expect(diff("a\nb\n", [(1..<2, "")]) == "--- a.json\n+++ a.json\n@@ -1,2 +1,1 @@\n-a\n-b\n+ab\n")
  }

  @Test func farApartIsTwoHunksAndTheSecondIsShifted() {
    let text = (1...20).map { "\($0)\n" }.joined()
    let far = text.utf8.count - 3
    let printed = diff(text, [(0..<0, "0\n"), (far..<far + 2, "XX")])
    #expect(printed.contains("@@ -1,4 +1,5 @@\n-1\n+0\n+1\n 2\n"))
    #expect(printed.contains("@@ -17,4 +18,4 @@\n 17\n 18\n 19\n-20\n+XX\n"))
  }

  @Test func theLastLineMayHaveNoEnd() {
    let end = "\\ No newline at end of file\n"
    #expect(diff("{}", [(0..<2, "[]")]) == "--- a.json\n+++ a.json\n@@ -1,1 +1,1 @@\n-{}\n\(end)+[]\n\(end)")
  }

  @Test func whatMayNotBeShownIsNot() {
    #expect(diff("a Jane b", [(7..<8, "c")], hiding: [2..<6]).contains("-a **** b\n"))
  }

  @Test func nothingToDoPrintsNothing() { #expect(diff("a", []).isEmpty) }
}
