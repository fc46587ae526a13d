import Manifest

/// Keywords that apply other places to the same value.
extension SchemaCompiler {
  mutating func compileReference(_ value: Int, _ subject: inout Subject) {
    guard let text = subject.tree.plainString(of: value) else {
      report("`$ref` must be text.", subject.document, value)
      return
    }
    guard let target = target(of: text, document: subject.document, node: value) else { return }
    subject.steps.append(Step(operation: .reference, a: target.place))
  }

  mutating func compileDynamicReference(_ subject: inout Subject) {
    if let value = subject.value("$dynamicRef", from: .draft2020), let text = subject.tree.plainString(of: value),
      let target = target(of: text, document: subject.document, node: value)
    {
      add(target, &subject)
    }
    if subject.draft == .draft2019, subject.members["$recursiveRef"] != nil {
      let home = resources[resource(subject.document, subject.node)]
      let anchor = home.isRecursiveAnchor ? code.names.intern(Array(" ".utf8)) : nil
      add((place(home.document, home.node), anchor), &subject)
    }
  }

  private mutating func add(_ target: (place: UInt32, anchor: UInt32?), _ subject: inout Subject) {
    guard let anchor = target.anchor else {
      subject.steps.append(Step(operation: .reference, a: target.place))
      return
    }
    code.isDynamic = true
    code.dynamicReferences.append(DynamicReference(fallback: target.place, anchor: anchor))
    subject.steps.append(
      Step(operation: .dynamicReference, a: UInt32(clamping: code.dynamicReferences.count - 1)))
  }

  mutating func compileCombinators(_ subject: inout Subject) {
    for (keyword, operation) in [("allOf", Step.Operation.allOf), ("anyOf", .anyOf), ("oneOf", .oneOf)] {
      guard let value = subject.value(keyword) else { continue }
      let places = list(subschemas(value, keyword, subject))
      guard !places.isEmpty else { continue }
      subject.steps.append(Step(operation: operation, a: places.start, b: places.end))
    }
    if let value = subject.value("not") {
      subject.steps.append(Step(operation: .not, a: place(subject.document, value)))
    }
    if let value = subject.value("if", from: .draft7) {
      let then = subject.value("then").map { place(subject.document, $0) } ?? noIndex
      let otherwise = subject.value("else").map { place(subject.document, $0) } ?? noIndex
      subject.steps.append(Step(operation: .condition, a: place(subject.document, value), b: then, c: otherwise))
    }
    var dependents: [DependentSchema] = []
    for keyword in ["dependentSchemas", "dependencies"] {
      guard let value = subject.value(keyword, from: keyword == "dependencies" ? .draft4 : .draft2019),
        subject.kind(value) == .object
      else { continue }
      for child in subject.tree.children(of: value) where subject.kind(child) != .array {
        let name = code.names.intern(subject.tree.plainText(of: child, key: true))
        dependents.append(DependentSchema(name: name, place: place(subject.document, child)))
      }
    }
    guard !dependents.isEmpty else { return }
    let start = UInt32(clamping: code.dependentSchemas.count)
    code.dependentSchemas += dependents
    let end = UInt32(clamping: code.dependentSchemas.count)
    subject.steps.append(Step(operation: .dependentSchemas, a: start, b: end))
  }
}
