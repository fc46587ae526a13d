/// Identifies a record within its document. Ids are ordered as the records are, and a surviving record keeps its id through edits.
///
/// `document` (0) is the document itself, the outermost record.
package struct RecordID: Sendable, Hashable, Comparable {
  package let label: UInt64
  package init(label: UInt64) { self.label = label }
  package static let document = RecordID(label: 0)
  package static func < (a: RecordID, b: RecordID) -> Bool { a.label < b.label }
}

/// Which places of a document are records.
///
/// Type 0 is always the document itself. In JSONL the document is an array of its lines, so `/*` names the lines; in a table
/// it is one of its rows, and the row of names is the document's own.
package struct RecordShape: Sendable, Hashable {
  package enum Step: Sendable, Hashable {
    case key(String)
    /// Every element of an array or member of an object (`*`).
    case every
  }

  package struct Pattern: Sendable, Hashable {
    package var steps: [Step]
    /// A JSON-pointer-like path: `/samples/*/annotations/*`. The last step must be `*`; `nil` if it is not.
    package init?(_ path: String) {
      guard path.hasPrefix("/") else { return nil }
      steps = path.utf8.dropFirst().split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false).map {
        let text = String(decoding: $0, as: UTF8.self)
        return text == "*" ? .every : .key(Self.unescape(text))
      }
      guard steps.last == .every else { return nil }
    }

    /// The pattern as it is written.
    package var path: String { Self.path(of: steps[...]) }

    /// So many steps of a pattern as they are written.
    package static func path(of steps: ArraySlice<Step>) -> String {
      steps.map { step in
        switch step {
        case .every: "/*"
        case .key(let key):
          key.unicodeScalars.reduce(into: "/") { $0 += $1 == "~" ? "~0" : $1 == "/" ? "~1" : String($1) }
        }
      }.joined()
    }

    private static func unescape(_ text: String) -> String {
      var out = ""
      var tilde = false
      for scalar in text.unicodeScalars {
        if tilde {
          out.unicodeScalars.append(scalar == "1" ? "/" : "~")
          if scalar != "0" && scalar != "1" { out.unicodeScalars.append(scalar) }
          tilde = false
        } else if scalar == "~" {
          tilde = true
        } else {
          out.unicodeScalars.append(scalar)
        }
      }
      return tilde ? out + "~" : out
    }
  }

  /// At most 31; the type of pattern `i` is `i + 1`.
  package let patterns: [Pattern]
  /// As they are written, for whoever asks by path for every record.
  private let paths: [String]

  package init(_ patterns: [Pattern]) {
    self.patterns = Array(patterns.prefix(31))
    paths = self.patterns.map(\.path)
  }

  /// The type of the records at a path; `nil` if there are none. Cost: a few comparisons, if the path is written as it usually is.
  package func type(of path: String) -> RecordType? {
    let index =
      paths.firstIndex { $0.utf8.elementsEqual(path.utf8) } ?? Pattern(path).flatMap { patterns.firstIndex(of: $0) }
    return index.map { $0 + 1 }
  }

  /// One record: the document.
  package static let whole = RecordShape([])
  /// What stands in the document's own list: lines, rows.
  package static let rows = RecordShape([Pattern("/*")].compactMap(\.self))
}

package typealias RecordType = Int

/// A record's place in its document, as of one snapshot.
package struct Record: Sendable, Hashable {
  package var id: RecordID
  package var type: RecordType
  /// The record this one stands in; `nil` only for the document.
  package var parent: RecordID?
  package var parentType: RecordType
  /// Bytes of the document, inner records included. For a member of an object, the value alone.
  package var range: Range<Int>
  /// Its zero-based place among its siblings, or physical line in JSONL.
  package var ordinal: Int
  /// Whether it stands under a key: a member of an object.
  package var hasKey = false
}

/// What an edit did to a document's records. A record is in at most one of the three.
package struct RecordChanges: Sendable, Hashable {
  package var removed: [RecordID] = []
  package var inserted: [RecordID] = []
  /// Own text, the key it stands under, or a record it stands in differs: another one, or one that itself stands elsewhere.
  package var changed: [RecordID] = []
  package init() {}

  /// Adds what happened next.
  mutating func append(_ later: RecordChanges) {
    let insertedBefore = Set(inserted)
    let gone = Set(later.removed)
    inserted.removeAll { gone.contains($0) }
    changed.removeAll { gone.contains($0) }
    removed += later.removed.filter { !insertedBefore.contains($0) }
    // A label that became free before may have been given again.
    let reused = Set(removed).intersection(later.inserted)
    removed.removeAll { reused.contains($0) }
    changed += reused.sorted()
    inserted += later.inserted.filter { !reused.contains($0) }
    let known = insertedBefore.union(changed)
    changed += later.changed.filter { !known.contains($0) }
  }
}
