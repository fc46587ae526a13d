import Manifest

/// Keywords about the members of objects and the elements of arrays.
extension SchemaCompiler {
  /// What an object table is made of before names are sorted and slots known.
  private struct Names {
    var places: [UInt32: UInt32] = [:]
    var required: Set<UInt32> = []
    var dependents: [(name: UInt32, needed: [UInt32])] = []
  }

  mutating func compileObject(_ subject: inout Subject) {
    var table = ObjectTable()
    var names = Names()
    if let value = subject.value("properties") {
      for child in named(value, "properties", subject) {
        let name = code.names.intern(subject.tree.plainText(of: child, key: true))
        names.places[name] = place(subject.document, child)
      }
    }
    if let value = subject.value("required"), subject.kind(value) == .array {
      names.required = Set(nameList(value, subject))
    } else if let value = subject.value("required") {
      report("`required` must be a list of names.", subject.document, value)
    }
    for keyword in ["dependentRequired", "dependencies"] {
      guard let value = subject.value(keyword, from: keyword == "dependencies" ? .draft4 : .draft2019) else { continue }
      for child in named(value, keyword, subject) where subject.kind(child) == .array {
        let name = code.names.intern(subject.tree.plainText(of: child, key: true))
        names.dependents.append((name, nameList(child, subject)))
      }
    }
    if let value = subject.value("patternProperties") { compileKeyPatterns(value, subject, &table) }
    if let value = subject.value("additionalProperties") { table.additional = place(subject.document, value) }
    if let value = subject.value("propertyNames", from: .draft6) { table.names = place(subject.document, value) }
    let isNeeded =
      !names.places.isEmpty || !names.required.isEmpty || !names.dependents.isEmpty || !table.patterns.isEmpty
      || table.additional != noIndex || table.names != noIndex
    guard isNeeded else { return }
    settle(names, in: &table)
    code.objects.append(table)
    subject.steps.append(Step(operation: .object, a: UInt32(clamping: code.objects.count - 1)))
  }

  private mutating func settle(_ names: Names, in table: inout ObjectTable) {
    var known = Set(names.places.keys).union(names.required)
    for (name, needed) in names.dependents { known.formUnion(needed + [name]) }
    let sorted = known.sorted()
    table.members.start = UInt32(clamping: code.members.count)
    for name in sorted {
      code.members.append(
        Member(name: name, place: names.places[name] ?? noIndex, isRequired: names.required.contains(name)))
    }
    table.members.end = UInt32(clamping: code.members.count)
    table.needsPresence = !names.required.isEmpty || !names.dependents.isEmpty
    func slot(_ name: UInt32) -> UInt32 { UInt32(clamping: sorted.firstIndex(of: name) ?? 0) }
    table.dependents.start = UInt32(clamping: code.dependents.count)
    for (name, needed) in names.dependents {
      let start = UInt32(clamping: code.slotList.count)
      code.slotList += needed.map(slot)
      let slice = Slice(start: start, end: UInt32(clamping: code.slotList.count))
      code.dependents.append(DependentRequirement(slot: slot(name), needed: slice))
    }
    table.dependents.end = UInt32(clamping: code.dependents.count)
  }

  private mutating func compileKeyPatterns(_ value: Int, _ subject: Subject, _ table: inout ObjectTable) {
    var found: [KeyPattern] = []
    for child in named(value, "patternProperties", subject) {
      guard let pattern = pattern(child, subject, key: true) else { continue }
      found.append(KeyPattern(pattern: pattern, place: place(subject.document, child)))
    }
    table.patterns.start = UInt32(clamping: code.keyPatterns.count)
    code.keyPatterns += found
    table.patterns.end = UInt32(clamping: code.keyPatterns.count)
  }

  private mutating func named(_ value: Int, _ keyword: String, _ subject: Subject) -> [Int] {
    guard subject.kind(value) == .object else {
      report("`\(keyword)` must be written `{…}`, with a name before each part.", subject.document, value)
      return []
    }
    return Array(subject.tree.children(of: value))
  }

  private mutating func nameList(_ value: Int, _ subject: Subject) -> [UInt32] {
    var names: [UInt32] = []
    for child in subject.tree.children(of: value) {
      guard subject.kind(child) == .string else {
        report("A list of names may hold text only.", subject.document, child)
        continue
      }
      names.append(code.names.intern(subject.tree.plainText(of: child)))
    }
    return names
  }

  mutating func compileArray(_ subject: inout Subject) {
    var table = ArrayTable()
    var isNeeded = false
    if let value = subject.value("prefixItems", from: .draft2020) {
      table.prefix = list(subschemas(value, "prefixItems", subject))
      isNeeded = true
    }
    if let value = subject.value("items") {
      isNeeded = true
      if subject.kind(value) == .array {
        if subject.draft >= .draft2020 {
          report("In this edition a list of places is written `prefixItems`, not `items`.", subject.document, value)
        }
        table.prefix = list(subschemas(value, "items", subject))
        if let rest = subject.value("additionalItems", upTo: .draft2019) { table.items = place(subject.document, rest) }
      } else {
        table.items = place(subject.document, value)
      }
    }
    guard isNeeded else { return }
    code.arrays.append(table)
    subject.steps.append(Step(operation: .array, a: UInt32(clamping: code.arrays.count - 1)))
  }

  /// The places of a keyword whose value is a list of subschemas.
  mutating func subschemas(_ value: Int, _ keyword: String, _ subject: Subject) -> [UInt32] {
    guard subject.kind(value) == .array else {
      report("`\(keyword)` must be a list.", subject.document, value)
      return []
    }
    var places: [UInt32] = []
    for child in subject.tree.children(of: value) { places.append(place(subject.document, child)) }
    return places
  }

  mutating func compileContains(_ subject: inout Subject) {
    guard let value = subject.value("contains", from: .draft6) else { return }
    var step = Step(operation: .contains, a: place(subject.document, value), b: 1, c: noIndex)
    step.sees = subject.draft >= .draft2020
    if let least = subject.value("minContains", from: .draft2019) {
      step.b = count("minContains", least, subject) ?? 1
    }
    if let most = subject.value("maxContains", from: .draft2019) {
      step.c = count("maxContains", most, subject) ?? noIndex
    }
    subject.steps.append(step)
  }

  mutating func compileUnevaluated(_ subject: inout Subject) {
    let keywords: [(String, Step.Operation)] = [
      ("unevaluatedItems", .unevaluatedItems), ("unevaluatedProperties", .unevaluatedProperties),
    ]
    for (keyword, operation) in keywords {
      guard let value = subject.value(keyword, from: .draft2019) else { continue }
      subject.steps.append(Step(operation: operation, a: place(subject.document, value)))
      subject.flags.insert(.asksWhatWasSeen)
    }
  }
}
