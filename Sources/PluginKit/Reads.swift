/// What a record is, as its format declares it.
public enum Role: UInt8, Sendable, Hashable, CaseIterable {
  case none = 0
  case asset, region, entity, link, event
}

/// Which facts of its own kind and key a changed fact is shown with.
public enum Relation: UInt8, Sendable, Hashable {
  /// The following one by its extent's start.
  case next = 1
  /// Those whose extents share more than an edge with this one's.
  case overlapping
  /// Those that lie inside this one's extent.
  case within
  /// Those that lie wholly or partly outside this one's extent.
  case outside
}

/// Facts the host attaches to a record before `check`.
///
/// The host remembers who looked, also in vain, and checks the record again when the answer changes.
public enum Lookup: Sendable, Hashable {
  /// The definition that a field refers to, with the members it exports (see `Fact.exports`).
  case definition(of: Field)
  /// The facts of a kind whose key is the text of a field; of each such field, if there are several.
  case facts(FactKind, keyedBy: Field)
  /// The facts of a kind whose key is the text of a context member.
  case factsByContext(FactKind, String)
  /// The facts of a kind under the empty key.
  case all(FactKind)
}

/// Everything a rule reads. What is not declared here is not there for the rule.
///
/// A rule that declares fields is called for records that have at least one of them, or of those it needs; one that declares roles, for records
/// of those roles; one that declares formats, for records of those.
public struct Reads: Sendable {
  /// Roles of the records it looks at; empty for all.
  public var roles: [Role]
  /// Values it reads.
  public var fields: [Field]
  /// Those of them without which it has nothing to look at: a record has one of these, or the rule is not called. Empty: any of `fields`.
  /// A rule about links that also reads ids names the links here; ids are in every format.
  public var needs: [Field]
  /// Members of the enclosing records (`language`), nearest first.
  public var context: [String]
  /// Names of the plugin's settings.
  public var settings: [String]
  /// Ids of vocabularies it looks words up in.
  public var vocabularies: [String]
  /// Facts it wants with each record.
  public var lookups: [Lookup]
  /// Formats by id (`vision/coco`); empty for all.
  public var dialects: [String]

  /// What is left out is not read.
  public init(
    roles: [Role] = [], fields: [Field] = [], needs: [Field] = [], context: [String] = [], settings: [String] = [],
    vocabularies: [String] = [], lookups: [Lookup] = [], dialects: [String] = []
  ) {
    self.roles = roles
    self.fields = fields
    self.needs = needs
    self.context = context
    self.settings = settings
    self.vocabularies = vocabularies
    self.lookups = lookups
    self.dialects = dialects
  }
}

extension Reads {
  /// Fields of which a record must have one; empty: every record will do.
  var triggers: [Field] { needs.isEmpty ? fields : needs }
}

/// Work over many records that a finding may offer. Done on request by the `fix` of the rule that declares it.
public struct Recipe: Sendable, Hashable {
  /// Unique in the plugin.
  public var name: String
  /// One sentence: what it does.
  public var summary: String
  /// A recipe of this name.
  public init(_ name: String, summary: String) {
    self.name = name
    self.summary = summary
  }

  /// How far a recipe reaches.
  public enum Scope: UInt8, Sendable, Hashable {
    case record = 0
    case key, document, dataset
  }
}
