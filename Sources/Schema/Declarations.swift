package import Findings

/// What a schema declares beyond validity, by kind of declaration. Definitions, references and uses name theirs by index.
package struct Declarations: Sendable, Hashable {
  package var defines: [DefineDeclaration] = []
  package var references: [ReferenceDeclaration] = []
  package var terms: [TermDeclaration] = []
  package var media: [MediaDeclaration] = []
  package var claims: [ClaimDeclaration] = []
}

/// Where an id counts.
package enum DeclaredScope: Sendable, Hashable {
  case dataset
  case document
  /// A path to an enclosing record or to a member of one, as written.
  case ancestor(String)
}

/// What stands in a keyword that reports: the rule it reports under and its own wording.
package struct DeclaredRule: Sendable, Hashable {
  /// `nil`: the rule the host has for this kind of fault.
  package var id: String?
  package var severity: Severity?
  /// Templates by key, the main one under `""`; replace the rule's own.
  package var messages: [String: String] = [:]
}

/// `x-defines`.
package struct DefineDeclaration: Sendable, Hashable {
  package enum Source: Sendable, Hashable {
    case value, key, index
    /// The scope itself is the id: what is meant is the one thing of that kind in it, which nobody writes an id for.
    case scope
  }
  package var kind: String
  package var scope: DeclaredScope
  package var source: Source
  /// Paths from the record. What only the host can follow (`../`, `->`, `|`) is `nil` in the definitions.
  package var name: String?
  package var exports: [Export]
  package enum Repetition: String, Sendable, Hashable { case nowhere, elsewhere, anywhere }
  /// Whether the id may be given in several places that all mean one thing: in other files, or anywhere.
  package var repetition = Repetition.nowhere
  /// It only tells the entries of one file apart, and means nothing to anybody else: it may be given anew.
  package var isSerial = false
  package var rule: DeclaredRule

  package struct Export: Sendable, Hashable {
    package var name: String
    package var path: String
  }
}

/// `x-references`.
package struct ReferenceDeclaration: Sendable, Hashable {
  package var kind: String
  package var scope: DeclaredScope
  package var source: DefineDeclaration.Source
  /// It may lead nowhere, and nothing is said of it.
  package var isOptional = false
  package var rule: DeclaredRule
}

/// `x-term`.
package struct TermDeclaration: Sendable, Hashable {
  /// How terms are written; `any`: by id, or by any label.
  package enum Form: String, Sendable, Hashable { case id, prefLabel, label, any }
  package var ontology: String
  package var under: String?
  package var form: Form
  /// Where there is no such list, nobody misses it.
  package var isOptional = false
  package var rule: DeclaredRule
}

/// `x-media`.
package struct MediaDeclaration: Sendable, Hashable {
  package var modality: String
  /// What must match the file (`width`, `duration` …): its name and the path from the record to the value.
  package var properties: [DefineDeclaration.Export]
  package var rule: DeclaredRule
}

/// A value that defines an id.
package struct Definition: Sendable, Hashable {
  /// In `Declarations.defines`.
  package var declaration: Int
  package var node: UInt32
  /// Canonical: strings as `s` and their code points in UTF-8, numbers as `n` and their value, so that `1` and `1.0` are equal
  /// and `"1"` is another. Compare byte by byte.
  package var key: [UInt8]
  /// Own-text bytes to point at: the value, or the key.
  package var range: Range<Int>
  package var name: String?
  /// JSON text of each exported member, in the declaration's order; `nil` if it is not in this record.
  package var exports: [[UInt8]?]
}

/// A value that must be such an id.
package struct Reference: Sendable, Hashable {
  /// In `Declarations.references`.
  package var declaration: Int
  package var node: UInt32
  package var key: [UInt8]
  package var range: Range<Int>
}

/// A value that names a term.
package struct TermUse: Sendable, Hashable {
  /// In `Declarations.terms`.
  package var declaration: Int
  package var node: UInt32
  /// The string's content, unescaped.
  package var text: [UInt8]
  package var range: Range<Int>
}

/// A value that is a path to a media file.
package struct MediaUse: Sendable, Hashable {
  /// In `Declarations.media`.
  package var declaration: Int
  package var node: UInt32
  package var path: [UInt8]
  /// Nodes of the declared properties, in order; `nil` if not in this record.
  package var properties: [UInt32?]
}

/// A value that editors show in a way of their own.
package struct DisplayUse: Sendable, Hashable {
  package enum Form: Sendable, Hashable {
    /// `x-file`: a path, seen from the file that names it. Unlike `x-media`, nothing is checked of it.
    case file
    /// `x-color`: `"#FF8000"`, maybe with an opacity behind; `[255, 128, 0]`.
    case hexColor, rgbColor
  }
  package var form: Form
  package var node: UInt32
}
