import Findings
import Testing

@testable import Workspace

/// Every language says the same things.
@Suite struct PhraseTests {
  @Test func everyPhraseIsInEveryLanguageWithTheSameNames() throws {
    let english = try #require(Phrases.all["en"])
    for (language, phrases) in Phrases.all {
      #expect(Set(phrases.keys) == Set(english.keys), "\(language)")
      for (key, text) in phrases {
        let names = Set(MessageCatalog.names(in: text))
        #expect(PlainWords.violations(in: text) == [], "\(language): \(key)")
        #expect(names == Set(MessageCatalog.names(in: english[key] ?? "")), "\(language): \(key)")
      }
    }
  }
}
