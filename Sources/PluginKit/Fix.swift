/// A value that a message shows. Numbers are written plainly: no exponent, at most three decimals.
public protocol ArgumentValue {
  var argumentText: String { get }
}

extension String: ArgumentValue {
  /// Itself.
  public var argumentText: String { self }
}
extension Substring: ArgumentValue {
  /// Itself, copied.
  public var argumentText: String { String(self) }
}
extension Int: ArgumentValue {
  /// Its digits.
  public var argumentText: String { String(self) }
}
extension Int64: ArgumentValue {
  /// Its digits.
  public var argumentText: String { String(self) }
}
extension Double: ArgumentValue {
  /// At most three decimals, without zeros at the end.
  public var argumentText: String {
    guard isFinite, magnitude < 1e15 else { return "\(self)" }
    let thousandths = Int64((self * 1000).rounded())
    let fraction = thousandths.magnitude % 1000
    let whole = (thousandths < 0 ? "-" : "") + String(thousandths.magnitude / 1000)
    guard fraction > 0 else { return whole }
    var digits = String(fraction)
    digits = String(repeating: "0", count: 3 - digits.count) + digits
    while digits.last == "0" { digits.removeLast() }
    return whole + "." + digits
  }
}

/// Names and values to put into a template.
public typealias Arguments = KeyValuePairs<String, any ArgumentValue>

/// One structured edit. The host sees to commas and indentation.
public enum Edit {
  /// Puts JSON text where the value stands.
  case replace(any Placed, with: String)
  /// Takes the member or element away; the whole record: the record.
  case remove(any Placed)
  /// Adds a member to an object, behind the member `after` or at its end.
  case insertMember(into: any Placed, key: String, value: String, after: String? = nil)
  /// Adds an element to an array, before the element at `position` or at its end.
  case insertElement(into: any Placed, value: String, at: Int? = nil)
}

/// A way to make it right.
public struct Fix {
  /// Key of one of the rule's `messages`.
  public var title: String
  /// Values for the title.
  public var arguments: Arguments
  /// Only a certain fix may be applied without asking.
  public var isCertain: Bool
  var action: Action

  enum Action {
    case edits([Edit])
    case recipe(Recipe, argument: String, scope: Recipe.Scope)
  }

  /// A fix by edits, which are applied together.
  public init(_ title: String, _ arguments: Arguments = [:], isCertain: Bool = false, edits: [Edit]) {
    self.title = title
    self.arguments = arguments
    self.isCertain = isCertain
    action = .edits(edits)
  }

  /// The rule's own `fix`, run on request over a record, key, document or dataset.
  public init(
    _ title: String, _ arguments: Arguments = [:], isCertain: Bool = false, recipe: Recipe, argument: String = "",
    scope: Recipe.Scope
  ) {
    self.title = title
    self.arguments = arguments
    self.isCertain = isCertain
    action = .recipe(recipe, argument: argument, scope: scope)
  }
}

/// Another place that belongs to a finding, with a note under a key of the rule's `messages`.
public struct Related {
  /// Where it stands.
  public var place: any Placed
  /// Key of one of the rule's `messages`.
  public var key: String
  /// Values for the note.
  public var arguments: Arguments
  /// A note at a place.
  public init(at place: any Placed, _ key: String, _ arguments: Arguments = [:]) {
    self.place = place
    self.key = key
    self.arguments = arguments
  }
}

/// Who says what of whom. What is not known stays empty.
public struct Claim {
  /// Where it is said.
  public var place: any Placed
  /// Its parts, one to eight.
  public var subject: [String]
  /// What of the subject is spoken of: `class`.
  public var property: String
  /// JSON text.
  public var value: String
  /// `image`, `text`, `audio`, …
  public var modality = ""
  /// Who says it, as a pseudonymous id.
  public var by = ""
  /// `human`, `model`, …
  public var origin = ""
  /// `first`, `blind`, `adjudication`, …
  public var pass = ""
  /// When, as an ISO 8601 time.
  public var at = ""
  /// The delivery it belongs to.
  public var batch = ""
  /// A language tag.
  public var language = ""
  /// Who is responsible.
  public var team = ""
  /// 0 to 1.
  public var confidence: Double?

  /// A claim of which the rest is not known.
  public init(at place: any Placed, subject: [String], property: String, value: String) {
    self.place = place
    self.subject = subject
    self.property = property
    self.value = value
  }
}

/// A term of a vocabulary.
public struct Term: Sendable, Hashable {
  /// By what it was found.
  public enum Match: UInt8, Sendable { case id = 1, preferredLabel, otherLabel }
  /// Unique in its vocabulary.
  public var id: String
  /// The preferred label.
  public var label: String
  /// The term this one is a variant of or was replaced by; its own id if none.
  public var canonical: String
  /// Id of the term to use instead.
  public var replacedBy: String?
  /// All the way up, nearest first.
  public var broader: [String]
  /// Whether it should no longer be used.
  public var isDeprecated: Bool
  /// By what it was found.
  public var match: Match
}
