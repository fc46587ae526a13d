extension SchemaProgram {
  /// Ids of the rules behind the keywords that the schema uses: what can be found with it, besides rules it names itself.
  ///
  /// Cost: all places, once.
  package var keywordRules: Set<String> {
    var names: Set<String> = []
    for place in code.places {
      if place.types != .any { names.insert("type") }
      if place.flags.contains(.never) { names.insert("not-allowed") }
      if place.vocabulary != noIndex, code.vocabularies[Int(place.vocabulary)].vocabulary.deprecation != nil {
        names.insert("deprecated")
      }
    }
    for assertion in code.assertions {
      guard assertion.operation == .constants else {
        if let name = Self.ruleNames[assertion.operation] { names.insert(name) }
        continue
      }
      names.insert(code.constantSets[Int(assertion.operand)].isConst ? "const" : "enum")
    }
    for step in code.steps { addRules(of: step, to: &names) }
    return Set(names.map { "schema/" + $0 })
  }

  private static let ruleNames: [Assertion.Operation: String] = [
    .minimum: "minimum", .maximum: "maximum", .exclusiveMinimum: "exclusive-minimum",
    .exclusiveMaximum: "exclusive-maximum", .multipleOf: "multiple-of", .minLength: "min-length",
    .maxLength: "max-length", .pattern: "pattern", .minItems: "min-items", .maxItems: "max-items",
    .uniqueItems: "unique-items", .minProperties: "min-properties", .maxProperties: "max-properties",
  ]

  private func addRules(of step: Step, to names: inout Set<String>) {
    switch step.operation {
    case .object:
      let table = code.objects[Int(step.a)]
      if table.members.indices.contains(where: { code.members[$0].isRequired }) { names.insert("required") }
      if !table.dependents.isEmpty { names.insert("dependent-required") }
      if table.names != noIndex { names.insert("property-names") }
      if isNever(table.additional) { names.insert("additional-properties") }
    case .array:
      if isNever(code.arrays[Int(step.a)].items) { names.insert("extra-items") }
    case .oneOf: names.insert("one-of")
    case .not: names.insert("not")
    case .contains: names.insert("contains")
    case .unevaluatedItems: if isNever(step.a) { names.insert("extra-items") }
    case .unevaluatedProperties: if isNever(step.a) { names.insert("additional-properties") }
    default: break
    }
  }

  private func isNever(_ place: UInt32) -> Bool {
    place != noIndex && code.places[Int(place)].flags.contains(.never)
  }
}
