package import Manifest

/// How much a finding matters. Raw values are LSP's.
package enum Severity: UInt8, Sendable, Comparable, CaseIterable {
  case error = 1
  case warning, information, hint

  /// The more serious one is the greater.
  package static func < (a: Severity, b: Severity) -> Bool { a.rawValue > b.rawValue }

  package init?(name: some StringProtocol) {
    guard let found = Severity.allCases.first(where: { $0.name == name }) else { return nil }
    self = found
  }

  package var name: String {
    switch self {
    case .error: "error"
    case .warning: "warning"
    case .information: "information"
    case .hint: "hint"
    }
  }
}

/// Numbers the documents one engine holds; never reused within a run.
package struct DocumentID: Sendable, Hashable, Comparable {
  package let number: UInt32
  package init(_ number: UInt32) { self.number = number }
  package static func < (a: DocumentID, b: DocumentID) -> Bool { a.number < b.number }
}

package struct RecordReference: Sendable, Hashable, Comparable {
  package var document: DocumentID
  package var record: RecordID
  package init(document: DocumentID, record: RecordID) {
    self.document = document
    self.record = record
  }
  package static func < (a: Self, b: Self) -> Bool {
    a.document == b.document ? a.record < b.record : a.document < b.document
  }
}

/// A range of a record's own text. It survives every edit outside that record.
package struct Place: Sendable, Hashable {
  package var record: RecordReference
  /// Byte offsets in the record's own text (inner records cut out).
  package var start: UInt32
  package var end: UInt32
  package init(record: RecordReference, start: UInt32, end: UInt32) {
    self.record = record
    self.start = start
    self.end = end
  }
}

/// A template's key with the values to put in; rendered when it is shown, in the reader's language.
package struct Message: Sendable, Hashable {
  /// Key of the rule's templates; the rule's main message is `""`.
  package var key: String
  package var arguments: [Argument]

  package struct Argument: Sendable, Hashable {
    package var name: String
    /// In English where it holds words.
    package var value: String
    /// What `value` is made of where it holds words and not what stands in the file: alternatives, whose keys are English
    /// texts. Shown instead of `value` in a language that has them all.
    package var phrases: [Message]

    package init(_ name: String, _ value: String, phrases: [Message] = []) {
      self.name = name
      self.value = value
      self.phrases = phrases
    }
  }

  package init(_ key: String = "", _ arguments: [Argument] = []) {
    self.key = key
    self.arguments = arguments
  }
}

/// What a rule reports at a place.
package struct Finding: Sendable, Hashable {
  /// `plugin/rule-name`, `syntax/…`, `schema/…`.
  package var rule: String
  /// Differs from the rule's own only where a rule grades its findings.
  package var severity: Severity
  package var place: Place
  package var message: Message
  package var related: [Related]
  package var fixes: [Fix]
  /// Equal findings of one rule and this value in a document are shown as one; `nil`: never folded.
  package var fold: String?
  /// How many cases it stands for (≥ 1).
  package var count: Int
  /// What it is about, where that is another thing than the record it stands in.
  package var about: Fingerprint?

  package struct Related: Sendable, Hashable {
    package var place: Place
    package var message: Message
    package init(place: Place, message: Message) {
      self.place = place
      self.message = message
    }
  }

  package init(
    rule: String, severity: Severity, place: Place, message: Message = Message(), related: [Related] = [],
    fixes: [Fix] = [], fold: String? = nil, count: Int = 1, about: Fingerprint? = nil
  ) {
    self.rule = rule
    self.severity = severity
    self.place = place
    self.message = message
    self.related = related
    self.fixes = fixes
    self.fold = fold
    self.count = count
    self.about = about
  }
}

/// A way to make it right. The host turns structured edits into minimal text edits.
package struct Fix: Sendable, Hashable {
  package var title: Message
  /// Only certain fixes are applied by `--fix` and `source.fixAll`.
  package var isCertain: Bool
  package var action: Action

  package enum Action: Sendable, Hashable {
    case edits([FixEdit])
    /// Named work over many records, done on request by the rule's own plugin.
    case recipe(name: String, argument: String, scope: RecipeScope)
  }

  package enum RecipeScope: UInt8, Sendable, Hashable { case record = 0, key, document, dataset }

  package init(title: Message, isCertain: Bool, action: Action) {
    self.title = title
    self.isCertain = isCertain
    self.action = action
  }
}

/// One structured edit of a fix: places name whole values of a record.
package enum FixEdit: Sendable, Hashable {
  /// Puts `text` (JSON) where the value at the place stands.
  case replace(Place, [UInt8])
  /// Takes the member or element at the place away, with its comma. A record's whole range takes the record away.
  case remove(Place)
  /// Adds a member at the end of the object at the place, or right after the member named.
  case insertMember(Place, key: String, value: [UInt8], after: String?)
  /// Adds an element to the array at the place.
  case insertElement(Place, value: [UInt8], at: Int)
  /// Puts these bytes in place of the range as they are. Only the host's own fixes do this: of text that is not well formed.
  case text(Place, [UInt8])
}
