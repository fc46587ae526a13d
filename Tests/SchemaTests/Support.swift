import Findings
import Manifest
import Testing

@testable import Schema

/// A schema and the records it is asked about.
struct Subject {
  let program: SchemaProgram
  let problems: [SchemaProblem]

  init(_ schema: String, others: [String: String] = [:]) {
    (program, problems) = SchemaProgram.compile(
      SchemaSource(uri: "test:main", bytes: Array(schema.utf8)), plugin: "test",
      resolve: { uri in others[uri].map { SchemaSource(uri: uri, bytes: Array($0.utf8)) } })
  }

  func evaluate(_ json: String, at path: String? = nil, options: EvaluationOptions = EvaluationOptions()) -> Evaluation
  {
    evaluate(RecordTree(parsing: Array(json.utf8)), at: path, options: options)
  }

  func evaluate(
    _ tree: RecordTree, at path: String? = nil, options: EvaluationOptions = EvaluationOptions()
  ) -> Evaluation {
    program.evaluate(tree, at: program.entry(for: path.flatMap(RecordShape.Pattern.init)), options: options)
  }

  /// Findings as `rule at text: message`, rendered in English.
  func findings(_ json: String, at path: String? = nil) -> [String] {
    let bytes = Array(json.utf8)
    return evaluate(json, at: path).findings.map {
      "\($0.rule) at \(String(decoding: bytes[$0.range], as: UTF8.self)): \(rendered($0))"
    }
  }

  func rendered(_ finding: SchemaFinding) -> String {
    let infos = SchemaRules.all + program.ruleInfos
    guard let template = infos.first(where: { $0.id == finding.rule })?.messages[finding.message.key] else {
      return "no template \(finding.rule) \(finding.message.key)"
    }
    return MessageCatalog.render(template, finding.message.arguments)
  }

  /// Titles of all fixes.
  func fixTitles(_ json: String) -> [String] {
    evaluate(json).findings.flatMap { finding in
      finding.fixes.map { fix in
        MessageCatalog.render(
          SchemaRules.all.first { $0.id == finding.rule }?.messages[fix.title.key] ?? "no template", fix.title.arguments
        )
      }
    }
  }
}

/// A schema with values that fit and values that don't.
struct Case: Sendable, CustomTestStringConvertible {
  var schema: String
  var fits: [String]
  var fails: [String]
  init(_ schema: String, fits: [String] = [], fails: [String] = []) {
    self.schema = schema
    self.fits = fits
    self.fails = fails
  }
  var testDescription: String { schema }

  func check(others: [String: String] = [:]) {
    let subject = Subject(schema, others: others)
    for value in fits {
      let result = subject.evaluate(value)
      #expect(result.isValid && result.findings.isEmpty, "\(schema) should take \(value): \(subject.findings(value))")
    }
    for value in fails {
      let result = subject.evaluate(value)
      #expect(!result.isValid && !result.findings.isEmpty, "\(schema) should refuse \(value)")
    }
  }
}
