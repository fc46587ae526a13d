extension ByteWriter {
  package mutating func put(_ tag: Answer.Tag) { put(tag.rawValue) }

  package mutating func put(_ answer: Answer) {
    switch answer {
    case .finding(let finding): put(finding)
    case .fact(let fact):
      put(.fact)
      put(fact.rule)
      put(fact.kind)
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
      put(.tally)
      put(tally.rule)
      put(tally.kind)
      put(tally.key)
      put(tally.bin)
      put(tally.amount)
      put(tally.place)
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

  private mutating func put(_ key: StatedKey) {
    switch key {
    case .text(let text):
      put(UInt8(0))
      put(text)
    case .key(let key):
      put(UInt8(1))
      put(key)
    }
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
