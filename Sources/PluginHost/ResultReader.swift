import Facts
import Findings
import WorkerProtocol

/// Turns what a plugin said of one call into values of the host. Believes nothing: what does not fit is dropped and counted.
struct ResultReader {
  let rules: PluginRules
  let numbers: PluginNumbers
  private var context = CallContext()
  private var result = PluginResult()
  private var dropped = 0

  init(rules: PluginRules, numbers: PluginNumbers) {
    self.rules = rules
    self.numbers = numbers
  }

  /// `context` says what the numbers of the call meant.
  mutating func read(_ call: CallResult, _ context: CallContext) -> PluginResult {
    self.context = context
    result = PluginResult()
    dropped = call.dropped
    for answer in call.answers {
      switch answer {
      case .finding(let finding): take(self.finding(finding)) { $0.findings.append($1) }
      case .fact(let fact): take(self.fact(fact)) { $0.facts.append($1) }
      case .tally(let tally): take(self.tally(tally)) { $0.tallies.append($1) }
      case .sketch(let sketch): take(self.sketch(sketch)) { $0.sketches.append($1) }
      case .claim(let claim): take(self.claim(claim)) { $0.claims.append($1) }
      case .edit(let edit): take(self.edit(edit)) { $0.edits.append($1) }
      case .offer(let label, let value, let detail):
        result.offers.append(PluginResult.Offer(label: label, value: value, detail: detail))
      case .show(let text): result.text = text
      case .lookedUp(let vocabulary, let text):
        guard Int(vocabulary) < rules.vocabularies.count else { continue }
        result.lookedUp.append(PluginResult.LookedUp(vocabulary: rules.vocabularies[Int(vocabulary)], text: text))
      case .complaint(let text):
        result.faults.append(
          PluginFault(
            plugin: rules.id, code: .complaint,
            message: "The plugin `\(rules.id)` reports a mistake of its own: \(text)"))
      }
    }
    removeDuplicates()
    if dropped > 0 {
      let things = dropped == 1 ? "one of its answers" : "\(dropped) of its answers"
      result.faults.append(
        PluginFault(
          plugin: rules.id, code: .droppedAnswers,
          message:
            "The plugin `\(rules.id)` gave answers that make no sense here; \(things) had to be left out. Tell its author."
        ))
    }
    return result
  }

  private mutating func take<Value>(_ value: Value?, _ keep: (inout PluginResult, Value) -> Void) {
    guard let value else {
      dropped += 1
      return
    }
    keep(&result, value)
  }

  /// Findings of one rule at the same places are one.
  private mutating func removeDuplicates() {
    guard result.findings.count > 1 else { return }
    struct Identity: Hashable {
      var rule: String
      var places: [Place]
    }
    var seen: Set<Identity> = []
    result.findings.removeAll { finding in
      !seen.insert(Identity(rule: finding.rule, places: [finding.place] + finding.related.map(\.place))).inserted
    }
  }

  private func rule(_ number: UInt32) -> CodeRule? {
    Int(number) < rules.rules.count ? rules.rules[Int(number)] : nil
  }

  private func finding(_ wire: WireFinding) -> Finding? {
    guard let rule = rule(wire.rule), let place = context.place(wire.place) else { return nil }
    let severity = wire.severity == 0 ? rule.info.severity : Severity(rawValue: wire.severity)
    guard let severity, rule.info.messages[wire.message.key] != nil else { return nil }
    var finding = Finding(
      rule: rule.info.id, severity: severity, place: place, message: Message(wire.message), fold: wire.fold)
    for related in wire.related {
      guard let place = context.place(related.place) else { return nil }
      finding.related.append(Finding.Related(place: place, message: Message(related.message)))
    }
    for wire in wire.fixes {
      guard let fix = fix(wire, of: rule) else { return nil }
      finding.fixes.append(fix)
    }
    return finding
  }

  private func fix(_ wire: WireFinding.Fix, of rule: CodeRule) -> Fix? {
    let title = Message(wire.title)
    guard wire.recipe == noIndex else {
      guard Int(wire.recipe) < rules.recipeNames.count, let scope = Fix.RecipeScope(rawValue: wire.scope) else {
        return nil
      }
      let name = rules.recipeNames[Int(wire.recipe)]
      guard rule.recipes.contains(name) else { return nil }
      return Fix(
        title: title, isCertain: wire.isCertain, action: .recipe(name: name, argument: wire.argument, scope: scope))
    }
    let edits = wire.edits.compactMap { edit($0) }
    guard !edits.isEmpty, edits.count == wire.edits.count else { return nil }
    return Fix(title: title, isCertain: wire.isCertain, action: .edits(edits))
  }

  private func edit(_ wire: WireEdit) -> FixEdit? {
    guard let place = context.place(wire.place) else { return nil }
    switch wire.action {
    case .replace: return wire.value.isEmpty ? nil : .replace(place, wire.value)
    case .remove: return .remove(place)
    case .insertMember:
      return wire.value.isEmpty
        ? nil : .insertMember(place, key: wire.key, value: wire.value, after: wire.after.isEmpty ? nil : wire.after)
    case .insertElement:
      return wire.value.isEmpty
        ? nil : .insertElement(place, value: wire.value, at: wire.index == noIndex ? Int.max : Int(wire.index))
    }
  }

  /// The kind, if the rule declares that it states it and the host knows it.
  private func kind(_ number: UInt32, statedBy rule: UInt32) -> FactKind? {
    guard let rule = self.rule(rule), Int(number) < rules.kinds.count, rule.states.contains(rules.kinds[Int(number)])
    else {
      return nil
    }
    return numbers.kinds[Int(number)]
  }

  /// A text means the same only within one document: ids of two files have nothing to do with each other.
  private func key(_ key: StatedKey, in document: DocumentID) -> FactKey {
    switch key {
    case .text(let text): FactKey(text: text, in: document)
    case .key(let key): FactKey(high: key.high, low: key.low)
    }
  }

  private func fact(_ wire: WireFact) -> StatedFact? {
    guard let kind = kind(wire.kind, statedBy: wire.rule), !wire.places.isEmpty else { return nil }
    var places: [StatedFact.NamedPlace] = []
    for item in wire.places {
      guard let place = context.place(item.place) else { return nil }
      places.append(StatedFact.NamedPlace(item.name, place))
    }
    return StatedFact(
      kind: kind, key: key(wire.key, in: places[0].place.record.document), places: places, payload: wire.payload,
      extent: Extent(wire.extent))
  }

  private func tally(_ wire: WireTally) -> StatedTally? {
    guard let kind = kind(wire.kind, statedBy: wire.rule), let place = context.place(wire.place) else { return nil }
    return StatedTally(
      kind: kind, key: key(wire.key, in: place.record.document), bin: wire.bin, amount: wire.amount, place: place)
  }

  /// Numbers, too, mean something in their own document only.
  private func sketch(_ wire: WireSketch) -> StatedSketch? {
    guard let kind = kind(wire.kind, statedBy: wire.rule), let place = context.place(wire.place) else { return nil }
    let salt = UInt64(place.record.document.number) &* 0x9e37_79b9_7f4a_7c15
    return StatedSketch(kind: kind, place: place, keys: wire.keys.map { $0 ^ salt })
  }

  private func claim(_ wire: WireClaim) -> StatedClaim? {
    guard let place = context.place(wire.place), !wire.subject.isEmpty, wire.texts.count == WireClaim.textCount else {
      return nil
    }
    let texts = wire.texts
    return StatedClaim(
      place: place, subject: wire.subject, property: texts[0], value: wire.value, modality: texts[1], by: texts[2],
      origin: texts[3], pass: texts[4], at: texts[5], batch: texts[6], language: texts[7], team: texts[8],
      confidence: wire.confidence.flatMap { (0...1).contains($0) ? $0 : nil })
  }
}

extension Message {
  init(_ wire: WireMessage) { self.init(wire.key, wire.arguments.map { Argument($0.name, $0.value) }) }
}

extension Extent {
  /// `nil` for none, for numbers that are not finite, and for what is turned inside out.
  init?(_ wire: WireExtent) {
    guard let form = UInt8(exactly: wire.form).flatMap(Form.init(rawValue:)),
      wire.minX.isFinite, wire.minY.isFinite, wire.maxX.isFinite, wire.maxY.isFinite,
      wire.minX <= wire.maxX, wire.minY <= wire.maxY
    else { return nil }
    self.init(form: form, minX: wire.minX, minY: wire.minY, maxX: wire.maxX, maxY: wire.maxY)
  }
}
