import Facts
import Findings
import Foundation
import Reporting
import Schema
import Testing
import Workspace

/// Every word a reader of Vietnamese meets is Vietnamese.
@Suite struct TranslationTests {
  private static let language = "vi"

  @Test func everyTemplateHasAVietnameseOneWithTheSameArguments() throws {
    let library = try Installation.library.get()
    for rule in library.allRules {
      for (key, english) in rule.messages {
        let template = library.catalog.template(rule.id, key, Self.language)
        // A template that is an argument alone is the same in every language.
        guard english != "{text}" else { continue }
        #expect(template != nil && template != english, "\(rule.id), `\(key)` is not translated: \(english)")
        let names = Set(MessageCatalog.names(in: english))
        let own = Set(MessageCatalog.names(in: template ?? ""))
        #expect(own == names, "\(rule.id), `\(key)`: \(own.sorted()) instead of \(names.sorted())")
      }
    }
  }

  @Test func everyRulesPageIsVietnamese() throws {
    let library = try Installation.library.get()
    for rule in library.allRules {
      for text in [rule.summary, rule.why] where !text.isEmpty {
        #expect(library.catalog.translation(of: text, Self.language) != nil, "\(rule.id): \(text)")
      }
    }
  }

  @Test func everyPhraseIsVietnamese() throws {
    let library = try Installation.library.get()
    let phrases =
      RulePage.phrases + SchemaRules.phrases + TextReport.phrases + SummaryLine.phrases + GitHubReport.phrases
      + Phrasebook.ofDecisions + ModalityWords.phrases
      + AgreementRules.all.flatMap { [$0.summary, $0.why] + $0.messages.values }
    for phrase in phrases {
      let found = library.catalog.translation(of: phrase, Self.language)
      #expect(found != nil, "\(phrase)")
      #expect(Set(MessageCatalog.names(in: found ?? "")) == Set(MessageCatalog.names(in: phrase)), "\(phrase)")
    }
  }

  /// What schemas say of values is shown in hovers, and in messages that name what lacks something.
  @Test(arguments: ["Vision", "RetailSKU", "InstructionData", "MedicalImaging", "Speech", "GeospatialSAR"])
  func everyTextOfAFormatIsVietnamese(plugin: String) throws {
    let library = try Installation.library.get()
    let folder = Installation.repository + "/Plugins/\(plugin)/schemas/"
    for name in try FileManager.default.contentsOfDirectory(atPath: folder) where name.hasSuffix(".json") {
      let json = try JSONSerialization.jsonObject(with: Data(contentsOf: URL(fileURLWithPath: folder + name)))
      for text in Self.texts(in: json) {
        #expect(library.catalog.translation(of: text, Self.language) != nil, "\(name): \(text)")
      }
    }
  }

  private static func texts(in json: Any) -> Set<String> {
    var found: Set<String> = []
    var pending = [json]
    while let value = pending.popLast() {
      if let array = value as? [Any] { pending += array }
      guard let object = value as? [String: Any] else { continue }
      for (key, value) in object {
        switch value {
        case let text as String where ["title", "description", "errorMessage", "message"].contains(key):
          found.insert(text)
        case let texts as [String] where key == "enumDescriptions": found.formUnion(texts)
        case let texts as [String: String] where key == "errorMessage": found.formUnion(texts.values)
        // What a snippet writes into a file is in no language.
        case let snippets as [[String: Any]] where key == "defaultSnippets":
          found.formUnion(snippets.compactMap { $0["label"] as? String })
        default: pending.append(value)
        }
      }
    }
    return found
  }

  @Test func findingsHoversAndFixesFollowTheReader() async throws {
    let text = #"{"concord": "1.0", "domain": "retail-sku", "samples": [{"id": 7, "sources": []}]}"#
    let desk = try await Desk(text)
    let snapshot = try await desk.snapshot
    await desk.workspace.settle(desk.uri)
    let settled = try #require(await desk.workspace.snapshot(desk.uri)).inLanguage("vi-VN")
    let finding = try #require(settled.shown().findings.first { $0.rule == "schema/type" })
    #expect(finding.message == "`id` cần là chữ, nhưng lại là số 7.")
    #expect(
      finding.finding.fixes.map { settled.title(of: $0, rule: finding.rule) } == ["Viết thành chữ, trong dấu ngoặc kép"]
    )
    let hover = try #require(await settled.hover(at: finding.range.lowerBound, in: desk.workspace))
    #expect(hover.markdown.contains("Mức độ: lỗi."))
    #expect(hover.markdown.contains("**Tên mẫu**"))
    #expect(snapshot.inLanguage("en").words("Right") == "Right")
  }
}
