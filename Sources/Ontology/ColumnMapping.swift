/// Which column of a table holds which member of a term: what `columns` of `plugin.json` or `concord.json` says, else what the header's
/// names mean to most people.
package struct ColumnMapping: Sendable, Hashable {
  /// What a column holds.
  package enum Target: Sendable, Hashable {
    case id, broader, exactMatch, closeMatch, broadMatch, narrowMatch, deprecated, replacedBy, since, canonical
    case prefLabel(language: String), altLabels(language: String), hiddenLabels(language: String)
    case definition(language: String), scopeNote(language: String), example(language: String)
    case changeNote(language: String)
    case attribute(name: String)
    case ignored

    /// Reads a target as configuration writes it: `id`, `prefLabel@vi`, `attributes.brand`; empty for a column to leave out.
    ///
    /// `nil` if there is no such member.
    package init?(_ text: String) {
      if text.isEmpty || text.utf8.elementsEqual("ignore".utf8) {
        self = .ignored
        return
      }
      for prefix in ["attributes.", "attributes/"] where text.utf8.starts(with: prefix.utf8) {
        self = .attribute(name: String(text.dropFirst(prefix.count)))
        return
      }
      guard let found = ColumnMapping.member(ofHeader: text, isMarked: true) else { return nil }
      self = found
    }

    /// Whether a second column of this kind adds to the first.
    var isList: Bool {
      switch self {
      case .id, .deprecated, .since, .canonical: false
      default: true
      }
    }
  }

  /// By name of the column, as given.
  private let given: [[UInt8]: Target]
  /// Names of columns whose member there is not, in order.
  package let unknown: [String]

  /// `columns` is the header's name to the term's member (`{"sku": "id", "name": "prefLabel@vi"}`). Columns that it leaves out keep their usual meaning.
  package init(_ columns: [String: String] = [:]) {
    var given: [[UInt8]: Target] = [:]
    var unknown: [String] = []
    for (name, member) in columns.sorted(by: { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }) {
      if let target = Target(member) { given[Folding.compact(name)] = target } else { unknown.append(name) }
    }
    self.given = given
    self.unknown = unknown
  }

  /// What each column of a header holds, in order. A column whose name means nothing is an attribute of that name; one without a name is left out.
  ///
  /// Of two columns that could hold the id the better name wins (`id` before `sku` before `barcode`), and the other is an attribute. The same
  /// holds for other members that a term has once.
  package func targets(ofHeader header: [String]) -> [Target] {
    var targets = header.map(target)
    var best: [Target: (column: Int, rank: Int)] = [:]
    for (column, target) in targets.enumerated() where !target.isList {
      let isGiven = given[Folding.compact(header[column])] != nil
      let rank = isGiven ? -1 : Self.rank(ofHeader: header[column])
      if let before = best[target], before.rank <= rank {
        targets[column] = .attribute(name: header[column])
      } else {
        if let before = best[target] { targets[before.column] = .attribute(name: header[before.column]) }
        best[target] = (column, rank)
      }
    }
    return targets
  }

  private func target(_ header: String) -> Target {
    let name = Folding.compact(header)
    if let target = given[name] { return target }
    if name.isEmpty { return .ignored }
    return Self.member(ofHeader: header, isMarked: false) ?? .attribute(name: header)
  }

  /// The columns of a mapping, if the header is one: from, relation, to. `nil` for a list of terms.
  package static func mapping(ofHeader header: [String]) -> (from: Int, relation: Int, to: Int)? {
    let names = header.map { String(decoding: Folding.compact($0), as: UTF8.self) }
    func column(_ known: [String]) -> Int? {
      known.lazy.compactMap { word in names.firstIndex { $0.utf8.elementsEqual(word.utf8) } }.first
    }
    guard let from = column(["from", "fromid", "source", "sourceid", "subjectid", "subject"]),
      let relation = column(["relation", "predicateid", "predicate", "relationship", "mapping", "match"]),
      let to = column(["to", "toid", "target", "targetid", "objectid", "object"])
    else { return nil }
    return (from, relation, to)
  }
}

extension ColumnMapping {
  /// The names people give to columns, folded and without spaces; better ones first.
  private static let names: [(target: Target, names: [String])] = [
    (
      .id,
      [
        "id", "termid", "conceptid", "identifier", "uri", "iri", "code", "sku", "skuid", "skucode", "productid",
        "productcode", "itemid", "itemcode", "masp", "masku", "mahang", "ma", "gtin", "gtin13", "gtin14", "ean",
        "ean13",
        "upc", "barcode", "mavach",
      ]
    ),
    (
      .prefLabel(language: ""),
      [
        "preflabel", "preferredlabel", "label", "name", "title", "preferredname", "displayname", "productname",
        "itemname", "ten", "tensanpham", "tenhang",
      ]
    ),
    (
      .altLabels(language: ""),
      [
        "altlabel", "altlabels", "alternativelabel", "alternativelabels", "synonym", "synonyms", "alias", "aliases",
        "alsoknownas", "aka", "altname", "altnames", "othername", "othernames", "tenkhac",
      ]
    ),
    (.hiddenLabels(language: ""), ["hiddenlabel", "hiddenlabels", "misspelling", "misspellings"]),
    (.definition(language: ""), ["definition", "description", "desc", "meaning", "mota"]),
    (
      .scopeNote(language: ""),
      ["scopenote", "note", "notes", "whentouse", "guideline", "guidelines", "usage", "ghichu"]
    ),
    (.example(language: ""), ["example", "examples"]),
    (.changeNote(language: ""), ["changenote", "changenotes", "changes"]),
    (
      .broader,
      ["broader", "parent", "parentid", "parentcode", "broaderid", "broaderterm", "isa", "subclassof", "nhomcha"]
    ),
    (.exactMatch, ["exactmatch", "sameas"]),
    (.closeMatch, ["closematch"]),
    (.broadMatch, ["broadmatch"]),
    (.narrowMatch, ["narrowmatch"]),
    (.deprecated, ["deprecated", "isdeprecated", "obsolete", "retired", "withdrawn", "discontinued"]),
    (.replacedBy, ["replacedby", "isreplacedby", "successor", "supersededby", "useinstead", "newid", "newcode"]),
    (.since, ["since", "addedin", "introduced"]),
    (.canonical, ["canonical", "canonicalid", "variantof", "baseid"]),
  ]

  private static let byName: [[UInt8]: (target: Target, rank: Int)] = {
    var out: [[UInt8]: (target: Target, rank: Int)] = [:]
    for (target, names) in names { for (rank, name) in names.enumerated() { out[Array(name.utf8)] = (target, rank) } }
    return out
  }()

  private static func rank(ofHeader header: String) -> Int { byName[Folding.compact(header)]?.rank ?? .max }

  /// What a column's name means: one of the known names, or one with a language behind it (`label_vi`, `name (en)`, `prefLabel@pt-BR`).
  ///
  /// `isMarked` says that only `@` names a language, as in configuration.
  fileprivate static func member(ofHeader header: String, isMarked: Bool) -> Target? {
    if let found = byName[Folding.compact(header)] { return found.target }
    guard let (name, language) = split(header, isMarked: isMarked), let found = byName[Folding.compact(name)] else {
      return nil
    }
    switch found.target {
    case .prefLabel: return .prefLabel(language: language)
    case .altLabels: return .altLabels(language: language)
    case .hiddenLabels: return .hiddenLabels(language: language)
    case .definition: return .definition(language: language)
    case .scopeNote: return .scopeNote(language: language)
    case .example: return .example(language: language)
    case .changeNote: return .changeNote(language: language)
    default: return nil
    }
  }

  /// Cuts a language from a column's name. Three letters are one only behind `@` or in brackets: `name_old` is no language.
  private static func split(_ header: String, isMarked: Bool) -> (name: Substring, language: String)? {
    if let mark = header.unicodeScalars.lastIndex(of: "@") {
      let language = header[header.unicodeScalars.index(after: mark)...]
      return isLanguage(language, longest: 8) ? (header[..<mark], String(language)) : nil
    }
    guard !isMarked else { return nil }
    for (open, close) in [("(", ")"), ("[", "]")] as [(Unicode.Scalar, Unicode.Scalar)] {
      let text = header.unicodeScalars
      guard text.last == close, let mark = text.lastIndex(of: open) else { continue }
      let language = header[text.index(after: mark)..<text.index(before: text.endIndex)]
      if isLanguage(language, longest: 3) { return (header[..<mark], String(language)) }
    }
    let text = header.unicodeScalars
    for (place, scalar) in zip(text.indices, text) where ["_", "-", ".", ":", " "].contains(scalar) {
      let language = header[text.index(after: place)...]
      if isLanguage(language, longest: 2) { return (header[..<place], String(language)) }
    }
    return nil
  }

  /// Letters for the language, then parts between `-` or `_`.
  private static func isLanguage(_ text: Substring, longest: Int) -> Bool {
    let parts = text.utf8.split(omittingEmptySubsequences: false) { $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "_") }
    func isLetter(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte | 0x20) }
    guard let first = parts.first, (2...longest).contains(first.count), first.allSatisfy(isLetter) else { return false }
    return parts.dropFirst().allSatisfy { part in
      (2...8).contains(part.count) && part.allSatisfy { isLetter($0) || (0x30...0x39).contains($0) }
    }
  }
}
