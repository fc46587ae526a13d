/// One thing a plugin said during a call, as it crosses. A call's answer is a list of these.
package enum Answer: Sendable, Hashable {
  case finding(WireFinding)
  case fact(WireFact)
  case tally(WireTally)
  case sketch(WireSketch)
  case claim(WireClaim)
  case edit(WireEdit)
  case offer(label: String, value: [UInt8], detail: String)
  case show(String)
  case complaint(String)
  /// A text that was looked up in a vocabulary, perhaps in vain.
  case lookedUp(vocabulary: UInt32, text: String)

  package enum Tag: UInt8, Sendable {
    case end = 0
    case finding, fact, tally, claim, edit, offer, show, complaint, dropped, lookedUp, sketch
  }
}

package struct WireMessage: Sendable, Hashable {
  package var key: String
  package var arguments: [Argument]
  package struct Argument: Sendable, Hashable {
    package var name: String
    package var value: String
    package init(name: String, value: String) {
      self.name = name
      self.value = value
    }
  }
  package init(key: String = "", arguments: [Argument] = []) {
    self.key = key
    self.arguments = arguments
  }
}

package struct WireFinding: Sendable, Hashable {
  package var rule: UInt32
  /// 0: the rule's own.
  package var severity: UInt8
  package var place: WirePlace
  package var message: WireMessage
  package var related: [Related]
  package var fixes: [Fix]
  package var fold: String?

  package struct Related: Sendable, Hashable {
    package var place: WirePlace
    package var message: WireMessage
    package init(place: WirePlace, message: WireMessage) {
      self.place = place
      self.message = message
    }
  }

  package struct Fix: Sendable, Hashable {
    package var title: WireMessage
    package var isCertain: Bool
    package var scope: UInt8
    /// Index into the plugin's recipes; `noIndex` for edits.
    package var recipe: UInt32
    package var argument: String
    package var edits: [WireEdit]
    package init(
      title: WireMessage, isCertain: Bool, scope: UInt8 = 0, recipe: UInt32 = noIndex, argument: String = "",
      edits: [WireEdit] = []
    ) {
      self.title = title
      self.isCertain = isCertain
      self.scope = scope
      self.recipe = recipe
      self.argument = argument
      self.edits = edits
    }
  }

  package init(
    rule: UInt32, severity: UInt8 = 0, place: WirePlace, message: WireMessage = WireMessage(), related: [Related] = [],
    fixes: [Fix] = [], fold: String? = nil
  ) {
    self.rule = rule
    self.severity = severity
    self.place = place
    self.message = message
    self.related = related
    self.fixes = fixes
    self.fold = fold
  }
}

package struct WireEdit: Sendable, Hashable {
  package enum Action: UInt8, Sendable { case replace = 0, remove, insertMember, insertElement }
  package var action: Action
  package var place: WirePlace
  package var key: String
  package var value: [UInt8]
  package var after: String
  package var index: UInt32
  package init(
    action: Action, place: WirePlace, key: String = "", value: [UInt8] = [], after: String = "", index: UInt32 = noIndex
  ) {
    self.action = action
    self.place = place
    self.key = key
    self.value = value
    self.after = after
    self.index = index
  }
}

/// What a fact or tally is stated under.
package enum StatedKey: Sendable, Hashable {
  case text([UInt8])
  case key(WireKey)
}

package struct WireFact: Sendable, Hashable {
  package var rule: UInt32
  package var kind: UInt32
  package var key: StatedKey
  package var places: [Named]
  package var payload: [UInt8]
  package var extent: WireExtent
  package struct Named: Sendable, Hashable {
    package var name: String
    package var place: WirePlace
    package init(name: String = "", place: WirePlace) {
      self.name = name
      self.place = place
    }
  }
  package init(
    rule: UInt32, kind: UInt32, key: StatedKey, places: [Named], payload: [UInt8] = [],
    extent: WireExtent = WireExtent()
  ) {
    self.rule = rule
    self.kind = kind
    self.key = key
    self.places = places
    self.payload = payload
    self.extent = extent
  }
}

/// Facts of one kind at one place, by number.
package struct WireSketch: Sendable, Hashable {
  package var rule: UInt32
  package var kind: UInt32
  package var keys: [UInt64]
  package var place: WirePlace
  package init(rule: UInt32, kind: UInt32, keys: [UInt64], place: WirePlace) {
    self.rule = rule
    self.kind = kind
    self.keys = keys
    self.place = place
  }
}

package struct WireTally: Sendable, Hashable {
  package var rule: UInt32
  package var kind: UInt32
  package var key: StatedKey
  package var bin: UInt32
  package var amount: Int64
  package var place: WirePlace
  package init(rule: UInt32, kind: UInt32, key: StatedKey, bin: UInt32, amount: Int64, place: WirePlace) {
    self.rule = rule
    self.kind = kind
    self.key = key
    self.bin = bin
    self.amount = amount
    self.place = place
  }
}

package struct WireClaim: Sendable, Hashable {
  package var place: WirePlace
  package var subject: [String]
  /// property, modality, by, origin, pass, at, batch, language, team.
  package var texts: [String]
  package static let textCount = 9
  package var value: [UInt8]
  package var confidence: Double?
  package init(place: WirePlace, subject: [String], texts: [String], value: [UInt8], confidence: Double?) {
    self.place = place
    self.subject = subject
    self.texts = texts
    self.value = value
    self.confidence = confidence
  }
}

/// What came of one call.
package struct CallResult: Sendable, Hashable {
  package var answers: [Answer] = []
  /// How many answers were dropped, by the worker or in reading them.
  package var dropped = 0
  package init() {}
}

/// What came of a batch: one result a call, in order, and the nanoseconds they took together.
///
/// There may be fewer than calls, but not none: the answers of the others would not have fit the frame.
package struct BatchResults: Sendable, Hashable {
  package var serial: UInt32
  package var nanoseconds: UInt64
  package var calls: [CallResult]

  package init(reading reader: inout ByteReader) throws(WireError) {
    serial = try reader.uint32()
    nanoseconds = try reader.uint64()
    calls = []
    var total = 0
    for _ in 0..<(try reader.count(limit: Limits.calls)) {
      var result = CallResult()
      while let answer = try reader.answer(into: &result) {
        total += 1
        guard result.answers.count < Limits.answers, total <= Limits.frameAnswers + Limits.answers else {
          throw WireError("There are more answers than agreed.")
        }
        result.answers.append(answer)
      }
      calls.append(result)
    }
  }
}
