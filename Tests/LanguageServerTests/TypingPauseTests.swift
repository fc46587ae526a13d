import Findings
import Testing

@testable import LanguageServer

private func finding(_ rule: String, _ range: Range<Int>) -> ShownFinding {
  ShownFinding(rule: rule, severity: .error, range: range, message: rule)
}

private func ms(_ count: Int) -> Duration { .milliseconds(count) }

@Suite struct TypingPauseTests {
  private var pause = TypingPause(pause: .milliseconds(400))

  @Test mutating func aNewFindingInsideTheValueWaitsForThePause() {
    pause.edited(5..<5, length: 1, value: 4..<8, at: ms(0))
    let inside = finding("new", 4..<8)
    let outside = finding("other", 0..<20)
    let (shown, next) = pause.admit([inside, outside], at: ms(10))
    #expect(shown == [outside])
    #expect(next == ms(400))
    #expect(pause.admit([inside, outside], at: ms(399)).shown == [outside])
    let late = pause.admit([inside, outside], at: ms(400))
    #expect(late.shown == [inside, outside])
    #expect(late.next == nil)
  }

  @Test mutating func everyKeyStartsThePauseAgain() {
    pause.edited(5..<5, length: 1, value: 4..<8, at: ms(0))
    pause.edited(6..<6, length: 1, value: 4..<9, at: ms(300))
    #expect(pause.admit([finding("new", 4..<9)], at: ms(500)).next == ms(700))
  }

  @Test mutating func oneThatWasShownStaysAndOneThatVanishesGoesAtOnce() {
    _ = pause.admit([finding("old", 4..<8), finding("left", 0..<2), finding("right", 10..<12)], at: ms(0))
    pause.edited(5..<5, length: 1, value: 4..<9, at: ms(10))
    let grown = [finding("left", 0..<2), finding("old", 4..<9), finding("right", 11..<13)]
    #expect(pause.admit(grown, at: ms(10)).shown == grown)
    pause.edited(9..<9, length: 1, value: 4..<10, at: ms(20))
    #expect(pause.admit([], at: ms(20)).shown.isEmpty)
    // Gone, and back: now it is new.
    pause.edited(10..<10, length: 1, value: 4..<11, at: ms(30))
    #expect(pause.admit([finding("old", 4..<11)], at: ms(30)).shown.isEmpty)
  }

  @Test mutating func aFindingOfAnotherValueIsNotTheSame() {
    _ = pause.admit([finding("rule", 0..<2)], at: ms(0))
    pause.edited(6..<7, length: 1, value: 5..<8, at: ms(0))
    let both = [finding("rule", 0..<2), finding("rule", 5..<8)]
    #expect(pause.admit(both, at: ms(1)).shown == [finding("rule", 0..<2)])
  }

  @Test mutating func shownPlacesMoveWithTheText() {
    _ = pause.admit([finding("rule", 10..<14)], at: ms(0))
    pause.edited(0..<4, length: 1, value: nil, at: ms(1))
    pause.edited(8..<8, length: 2, value: 7..<13, at: ms(2))
    #expect(pause.admit([finding("rule", 7..<13)], at: ms(3)).shown.count == 1)
    // Deleting all of it leaves nothing to know it by elsewhere.
    pause.edited(0..<13, length: 0, value: 0..<0, at: ms(4))
    #expect(pause.admit([], at: ms(4)).shown.isEmpty)
  }

  @Test mutating func savingAndEditingElsewhereEndTheWaiting() {
    pause.edited(5..<5, length: 1, value: 4..<8, at: ms(0))
    let held = finding("new", 4..<8)
    #expect(pause.admit([held], at: ms(1)).shown.isEmpty)
    pause.edited(20..<20, length: 1, value: 20..<21, at: ms(2))
    #expect(pause.admit([held], at: ms(3)).shown == [held])
    pause.edited(30..<30, length: 1, value: 30..<31, at: ms(4))
    pause.rested()
    #expect(pause.admit([held, finding("late", 30..<31)], at: ms(5)).shown.count == 2)
  }

  @Test mutating func withoutAPauseNothingWaits() {
    pause.pause = .zero
    pause.edited(5..<5, length: 1, value: 4..<8, at: ms(3))
    #expect(pause.admit([finding("new", 4..<8)], at: ms(3)).shown.count == 1)
  }
}

@Suite struct PublicationGateTests {
  private var gate = PublicationGate()

  @Test mutating func settledFindingsGoAtOnce() {
    gate.edited(version: 3, at: ms(100))
    #expect(gate.due(version: 3, .settled, at: ms(101)) == ms(101))
    gate.published(at: ms(101))
    #expect(gate.due(version: 3, .settled, at: ms(102)) == ms(102))
  }

  @Test mutating func partialFindingsWaitFiftyMilliseconds() {
    gate.edited(version: 3, at: ms(100))
    #expect(gate.due(version: 3, .partial, at: ms(101)) == ms(150))
    #expect(gate.due(version: 3, .partial, at: ms(170)) == ms(170))
    gate.published(at: ms(170))
    #expect(gate.due(version: 3, .partial, at: ms(180)) == ms(220))
  }

  @Test mutating func whatWasTouchedGoesAtOnceAndTheRestInSteps() {
    gate.edited(version: 3, at: ms(100))
    #expect(gate.due(version: 3, .touched, at: ms(103)) == ms(103))
    gate.published(at: ms(103))
    #expect(gate.due(version: 3, .touched, at: ms(110)) == ms(153))
  }

  @Test mutating func anotherVersionIsNotPublished() {
    #expect(gate.due(version: 1, .settled, at: ms(0)) == nil)
    gate.edited(version: 3, at: ms(0))
    #expect(gate.due(version: 2, .settled, at: ms(1)) == nil)
    #expect(gate.due(version: 4, .settled, at: ms(1)) == nil)
    gate.published(at: ms(1))
    gate.edited(version: 4, at: ms(2))
    #expect(gate.due(version: 4, .touched, at: ms(3)) == ms(3))
  }
}
