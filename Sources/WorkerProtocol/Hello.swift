/// What a worker says of the plugin it loaded, for comparison with the plugin's `rules.json`.
package struct Hello: Sendable, Hashable {
  package var boundary: UInt32
  package var id: String
  package var version: String
  /// Ids of the rules, without the plugin, in order.
  package var rules: [String]
  package var fields: [String]
  package var kinds: [String]
  package var contexts: [String]
  package var settings: [String]
  package var vocabularies: [String]
  package var recipes: [String]
  package var lookups: [Lookup]
  /// Which of the optional calls the plugin answers.
  package var answers: Answers

  package struct Lookup: Sendable, Hashable {
    package enum By: UInt8, Sendable { case field = 0, definition, context, constant }
    package var by: By
    /// Indices into `kinds`, and `fields` or `contexts`; `noIndex` where there is none.
    package var kind: UInt32
    package var source: UInt32
    package init(by: By, kind: UInt32, source: UInt32) {
      self.by = by
      self.kind = kind
      self.source = source
    }
  }

  package struct Answers: OptionSet, Sendable, Hashable {
    package let rawValue: UInt8
    package init(rawValue: UInt8) { self.rawValue = rawValue }
    package static let relate = Answers(rawValue: 1)
    package static let group = Answers(rawValue: 2)
    package static let totals = Answers(rawValue: 4)
    package static let fix = Answers(rawValue: 8)
    package static let complete = Answers(rawValue: 16)
    package static let hover = Answers(rawValue: 32)
  }

  package init(
    boundary: UInt32 = boundaryVersion, id: String, version: String, rules: [String], fields: [String] = [],
    kinds: [String] = [], contexts: [String] = [], settings: [String] = [], vocabularies: [String] = [],
    recipes: [String] = [], lookups: [Lookup] = [], answers: Answers = []
  ) {
    self.boundary = boundary
    self.id = id
    self.version = version
    self.rules = rules
    self.fields = fields
    self.kinds = kinds
    self.contexts = contexts
    self.settings = settings
    self.vocabularies = vocabularies
    self.recipes = recipes
    self.lookups = lookups
    self.answers = answers
  }

  package func write(to writer: inout ByteWriter) {
    writer.put(boundary)
    writer.put(id)
    writer.put(version)
    for list in [rules, fields, kinds, contexts, settings, vocabularies, recipes] { writer.put(list) }
    writer.put(count: lookups.count)
    for lookup in lookups {
      writer.put(lookup.by.rawValue)
      writer.put(lookup.kind)
      writer.put(lookup.source)
    }
    writer.put(answers.rawValue)
  }

  package init(reading reader: inout ByteReader) throws(WireError) {
    boundary = try reader.uint32()
    id = try reader.string(limit: 256)
    version = try reader.string(limit: 256)
    rules = try reader.strings(limit: Limits.names)
    fields = try reader.strings(limit: Limits.names)
    kinds = try reader.strings(limit: Limits.names)
    contexts = try reader.strings(limit: Limits.names)
    settings = try reader.strings(limit: Limits.names)
    vocabularies = try reader.strings(limit: Limits.names)
    recipes = try reader.strings(limit: Limits.names)
    lookups = []
    for _ in 0..<(try reader.count(of: 9, limit: Limits.names)) {
      guard let by = Lookup.By(rawValue: try reader.byte()) else { throw WireError("A look-up is of no known form.") }
      let kind = try reader.uint32()
      lookups.append(Lookup(by: by, kind: kind, source: try reader.uint32()))
    }
    answers = Answers(rawValue: try reader.byte())
  }
}

/// What holds for all calls until the next one: sent before the first batch and whenever it changes.
package struct Configuration: Sendable, Hashable {
  /// Days since 1970-01-01.
  package var asOf: Int32
  /// JSON text by the plugin's settings; `nil` where none is set.
  package var settings: [[UInt8]?]
  /// The rules that are wanted, by the plugin's numbers; `nil`: all of them.
  package var rules: [UInt32]?
  package init(asOf: Int32, settings: [[UInt8]?], rules: [UInt32]? = nil) {
    self.asOf = asOf
    self.settings = settings
    self.rules = rules
  }

  package func write(to writer: inout ByteWriter) {
    writer.put(asOf)
    writer.put(count: settings.count)
    for setting in settings {
      writer.put(UInt8(setting == nil ? 0 : 1))
      writer.put(setting ?? [])
    }
    writer.put(UInt8(rules == nil ? 0 : 1))
    writer.put(count: rules?.count ?? 0)
    for rule in rules ?? [] { writer.put(rule) }
  }

  package init(reading reader: inout ByteReader) throws(WireError) {
    asOf = try reader.int32()
    settings = []
    for _ in 0..<(try reader.count(of: 5, limit: Limits.names)) {
      let isSet = try reader.byte() == 1
      let text = try reader.bytes()
      settings.append(isSet ? text : nil)
    }
    let isChoice = try reader.byte() == 1
    var chosen: [UInt32] = []
    for _ in 0..<(try reader.count(of: 4, limit: Limits.names)) { chosen.append(try reader.uint32()) }
    rules = isChoice ? chosen : nil
  }
}
