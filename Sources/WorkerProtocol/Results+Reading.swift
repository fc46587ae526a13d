extension ByteReader {
  /// The next answer of a call; `nil` at its end. Counts of what the worker dropped go to `result`.
  ///
  /// Everything is bounded by `Limits`: a worker that sends more is not the one we wrote, and its frame is refused.
  mutating func answer(into result: inout CallResult) throws(WireError) -> Answer? {
    while true {
      guard let tag = Answer.Tag(rawValue: try byte()) else { throw WireError("An answer is of no known form.") }
      switch tag {
      case .end: return nil
      case .dropped: result.dropped += Int(try uint32())
      case .finding: return .finding(try finding())
      case .fact: return .fact(try fact())
      case .tally:
        let rule = try uint32()
        let kind = try uint32()
        let key = try statedKey()
        let bin = try uint32()
        let amount = try int64()
        return .tally(WireTally(rule: rule, kind: kind, key: key, bin: bin, amount: amount, place: try place()))
      case .sketch:
        let rule = try uint32()
        let kind = try uint32()
        var keys: [UInt64] = []
        for _ in 0..<(try count(limit: Limits.sketchKeys)) { keys.append(try uint64()) }
        return .sketch(WireSketch(rule: rule, kind: kind, keys: keys, place: try place()))
      case .claim: return .claim(try claim())
      case .edit: return .edit(try edit())
      case .offer:
        let label = try string(limit: Limits.text)
        let value = try bytes(limit: Limits.text)
        return .offer(label: label, value: value, detail: try string(limit: Limits.text))
      case .show: return .show(try string(limit: Limits.text))
      case .complaint: return .complaint(try string(limit: Limits.text))
      case .lookedUp:
        let vocabulary = try uint32()
        return .lookedUp(vocabulary: vocabulary, text: try string(limit: Limits.text))
      }
    }
  }

  private mutating func finding() throws(WireError) -> WireFinding {
    var finding = WireFinding(
      rule: try uint32(), severity: try byte(), place: try place(), message: try message())
    for _ in 0..<(try count(of: 20, limit: Limits.places)) {
      let place = try place()
      finding.related.append(WireFinding.Related(place: place, message: try message()))
    }
    for _ in 0..<(try count(of: 22, limit: Limits.fixes)) { finding.fixes.append(try fix()) }
    let hasFold = try byte() == 1
    let fold = try string(limit: Limits.text)
    finding.fold = hasFold ? fold : nil
    return finding
  }

  private mutating func fix() throws(WireError) -> WireFinding.Fix {
    let title = try message()
    let isCertain = try byte() == 1
    let scope = try byte()
    let recipe = try uint32()
    var fix = WireFinding.Fix(
      title: title, isCertain: isCertain, scope: scope, recipe: recipe, argument: try string(limit: Limits.text))
    for _ in 0..<(try count(of: 29, limit: Limits.fixEdits)) { fix.edits.append(try edit()) }
    return fix
  }

  private mutating func message() throws(WireError) -> WireMessage {
    var message = WireMessage(key: try string(limit: Limits.text))
    for _ in 0..<(try count(of: 8, limit: Limits.arguments)) {
      let name = try string(limit: Limits.text)
      message.arguments.append(WireMessage.Argument(name: name, value: try string(limit: Limits.text)))
    }
    return message
  }

  private mutating func edit() throws(WireError) -> WireEdit {
    guard let action = WireEdit.Action(rawValue: try byte()) else { throw WireError("An edit is of no known form.") }
    let place = try place()
    let key = try string(limit: Limits.text)
    let value = try bytes(limit: Limits.text)
    let after = try string(limit: Limits.text)
    return WireEdit(action: action, place: place, key: key, value: value, after: after, index: try uint32())
  }

  private mutating func statedKey() throws(WireError) -> StatedKey {
    try byte() == 0 ? .text(try bytes(limit: Limits.text)) : .key(try key())
  }

  private mutating func fact() throws(WireError) -> WireFact {
    let rule = try uint32()
    let kind = try uint32()
    var fact = WireFact(rule: rule, kind: kind, key: try statedKey(), places: [])
    for _ in 0..<(try count(of: 16, limit: Limits.places)) {
      let name = try string(limit: Limits.text)
      fact.places.append(WireFact.Named(name: name, place: try place()))
    }
    fact.payload = try bytes(limit: Limits.payload)
    fact.extent = try extent()
    return fact
  }

  private mutating func claim() throws(WireError) -> WireClaim {
    let place = try place()
    let subject = try strings(limit: Limits.places)
    let texts = try strings(limit: WireClaim.textCount)
    guard texts.count == WireClaim.textCount else { throw WireError("A claim lacks parts.") }
    let value = try bytes(limit: Limits.text)
    let confidence = try double()
    return WireClaim(
      place: place, subject: subject, texts: texts, value: value, confidence: confidence.isNaN ? nil : confidence)
  }
}
