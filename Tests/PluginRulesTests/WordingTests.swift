import Findings
import Foundation
import InstructionDataRules
import PluginKit
import RetailSKURules
import SpeechRules
import Testing
import VisionRules

/// The templates of all plugins.
enum Wording {
  static let plugins = [VisionRules.plugin, RetailSKURules.plugin, InstructionDataRules.plugin, SpeechRules.plugin]
  static let folders = ["Vision", "RetailSKU", "InstructionData", "Speech"]

  /// By plugin and rule: templates by key, the main one under `""`.
  static let english: [String: [String: String]] = Dictionary(
    uniqueKeysWithValues: plugins.flatMap { plugin in
      plugin.ruleInfos.map { info in
        ("\(plugin.id)/\(info.id)", info.messages.merging(["": info.message]) { $1 })
      }
    })

  static func names(in template: String) -> Set<String> {
    Set(template.matches(of: /\{([A-Za-z]+)\}/).map { String($0.1) })
  }

  /// What a finding's words lack: the template, or what it is to be filled with.
  static func gaps(_ plugin: String, _ rule: String, _ key: String, _ arguments: [String: String]) -> [String] {
    guard let template = english["\(plugin)/\(rule)"]?[key] else { return ["\(rule) has no words for `\(key)`"] }
    return names(in: template).subtracting(arguments.keys).sorted().map { "\(rule), `\(key)`: nothing for \($0)" }
  }
}

@Suite struct WordingTests {
  @Test func messagesAreInPlainWords() {
    for (rule, templates) in Wording.english {
      for template in templates.values { #expect(PlainWords.violations(in: template) == [], "\(rule)") }
    }
  }

  @Test(arguments: zip(Wording.folders, Wording.plugins.map(\.id)))
  func everyTemplateIsTranslated(_ folder: String, _ id: String) throws {
    let url = Repository.root.appending(path: "Plugins/\(folder)/messages/vi.json")
    let json = try JSONSerialization.jsonObject(with: Data(contentsOf: url)) as? [String: [String: String]]
    // What stands under `texts` belongs to no rule.
    let translated = try #require(json).filter { $0.key != "texts" }
    let plugin = try #require(Wording.plugins.first { $0.id == id })
    #expect(Set(translated.keys) == Set(plugin.ruleInfos.map(\.id)))
    for (rule, templates) in translated {
      let english = try #require(Wording.english["\(plugin.id)/\(rule)"])
      #expect(Set(templates.keys) == Set(english.keys), "\(rule)")
      for (key, template) in templates {
        #expect(Wording.names(in: template) == Wording.names(in: english[key] ?? ""), "\(rule), \(key)")
      }
    }
  }

  /// Titles, descriptions and messages of the formats are shown to the same people.
  @Test(arguments: Wording.folders.flatMap { Repository.files(in: "Plugins/\($0)/schemas") })
  func formatsSpeakPlainWords(_ path: String) throws {
    let url = Repository.root.appending(path: path)
    var pending: [Any] = [try JSONSerialization.jsonObject(with: Data(contentsOf: url))]
    while let value = pending.popLast() {
      if let array = value as? [Any] { pending += array }
      guard let object = value as? [String: Any] else { continue }
      for (key, value) in object {
        guard let text = value as? String else {
          pending.append(value)
          continue
        }
        if ["title", "description", "message", "errorMessage", "summary", "why"].contains(key) {
          #expect(PlainWords.violations(in: text) == [], "\(text)")
        }
      }
    }
  }

  @Test func derivedFormatsAreFresh() throws {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["python3", Repository.root.appending(path: "Scripts/derive-schemas.py").path, "--check"]
    try process.run()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
  }
}
