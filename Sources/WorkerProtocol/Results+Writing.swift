extension ByteWriter {
  package mutating func put(_ tag: Answer.Tag) { put(tag.rawValue) }

  package mutating func put(_ answer: Answer) {
    switch answer {
    case .finding(let finding): put(finding)
    case .fact(let fact):
      begin(.fact, fact.rule, fact.kind)
      put(fact.key)
      put(count: fact.places.count)
      for item in fact.places {
        put(item.name)
        put(item.place)
      }
      put(fact.payload)
      put(fact.extent)
    case .sketch(let sketch):
      put(.sketch)
      put(sketch.rule)
      put(sketch.kind)
      put(count: sketch.keys.count)
      for key in sketch.keys { put(key) }
      put(sketch.place)
    case .tally(let tally):
      begin(.tally, tally.rule, tally.kind)
      put(tally.key)
      put(bin: tally.bin, tally.amount, tally.place)
    case .claim(let claim):
      put(.claim)
      put(claim.place)
      put(claim.subject)
      put(claim.texts)
      put(claim.value)
      put(claim.confidence ?? .nan)
    case .edit(let edit):
      put(.edit)
      put(edit)
    case .offer(let label, let value, let detail):
      put(.offer)
      put(label)
      put(value)
      put(detail)
    case .show(let markdown):
      put(.show)
      put(markdown)
    case .complaint(let text):
      put(.complaint)
      put(text)
    case .lookedUp(let vocabulary, let text):
      put(.lookedUp)
      put(vocabulary)
      put(text)
    }
  }

  /// What a rule states begins with these.
  package mutating func begin(_ tag: Answer.Tag, _ rule: UInt32, _ kind: UInt32) {
    put(tag)
    put(words: [rule, kind])
  }

  private mutating func put(_ key: StatedKey) {
    switch key {
    case .text(let text): unsafe text.withUnsafeBytes { unsafe put(stated: $0) }
    case .key(let key): put(stated: key)
    }
  }
  package mutating func put(stated text: UnsafeRawBufferPointer) {
    put(UInt8(0))
    unsafe put(counted: text)
  }
  package mutating func put(stated key: WireKey) {
    put(UInt8(1))
    put(key)
  }

  /// What follows the key of an amount.
  package mutating func put(bin: UInt32, _ amount: Int64, _ place: WirePlace) {
    let bits = UInt64(bitPattern: amount)
    put(words: [bin, .low(bits), .high(bits), place.record, place.start, place.end])
  }

  private mutating func put(_ finding: WireFinding) {
    put(.finding)
    put(finding.rule)
    put(finding.severity)
    put(finding.place)
    put(finding.message)
    put(count: finding.related.count)
    for related in finding.related {
      put(related.place)
      put(related.message)
    }
    put(count: finding.fixes.count)
    for fix in finding.fixes {
      put(fix.title)
      put(UInt8(fix.isCertain ? 1 : 0))
      put(fix.scope)
      put(fix.recipe)
      put(fix.argument)
      put(count: fix.edits.count)
      for edit in fix.edits { put(edit) }
    }
    put(UInt8(finding.fold == nil ? 0 : 1))
    put(finding.fold ?? "")
  }

  private mutating func put(_ message: WireMessage) {
    put(message.key)
    put(count: message.arguments.count)
    for argument in message.arguments {
      put(argument.name)
      put(argument.value)
    }
  }

  private mutating func put(_ edit: WireEdit) {
    put(edit.action.rawValue)
    put(edit.place)
    put(edit.key)
    put(edit.value)
    put(edit.after)
    put(edit.index)
  }
}
