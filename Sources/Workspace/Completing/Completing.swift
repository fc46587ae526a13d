import Findings
import Manifest
import PluginHost
import Schema

extension DocumentSnapshot {
  /// Items of one list; more are not shown, and the list says that it is incomplete.
  package static let completionLimit = 200
}

/// Collects what may be written at one place.
struct CompletionMaker {
  let snapshot: DocumentSnapshot
  let dialect: Dialect
  let place: CursorPlace
  let typed: TypedText
  let insertion: Insertion
  /// What the schema says of the value at the cursor.
  let spot: SchemaSpot
  private let evaluator: SchemaEvaluator
  fileprivate(set) var items: [CompletionItem] = []
  private(set) var isIncomplete = false

  init(snapshot: DocumentSnapshot, dialect: Dialect, place: CursorPlace) {
    self.snapshot = snapshot
    self.dialect = dialect
    self.place = place
    typed = TypedText(place.typed)
    insertion = Insertion(place, in: snapshot.document)
    evaluator = SchemaEvaluator(dialect.program)
    if case .value(let node) = place.role, let entry = Self.entry(of: place.record, in: place.document, dialect) {
      spot = evaluator.spot(ofValue: node, in: place.tree, at: entry)
    } else {
      spot = SchemaSpot()
    }
  }

  mutating func addFromSchema() {
    switch place.role {
    case .key(let object, let member): addKeys(of: object, member)
    case .value: addValues(at: spot)
    }
  }

  private static func entry(of record: Record, in document: Document, _ dialect: Dialect) -> SchemaEntry? {
    dialect.entry(of: record, key: dialect.readsKeys ? document.key(of: record.id) : nil)
  }

  private func entry(of record: Record) -> SchemaEntry? { Self.entry(of: record, in: place.document, dialect) }

  // MARK: Keys

  private mutating func addKeys(of object: Int, _ member: Int) {
    guard let entry = entry(of: place.record) else { return }
    let members = evaluator.members(of: object, in: place.tree, at: entry, cursor: member)
    addMissing(members.filter { $0.isRequired && !$0.isDeprecated })
    for (index, member) in members.enumerated() {
      let name = String(decoding: member.key, as: UTF8.self)
      guard let rank = typed.rank(of: name) else { continue }
      let frame = insertion.hasColon ? SnippetBody() : evaluator.frame(for: member.spot)
      items.append(
        CompletionItem(
          kind: .key, label: name, note: note(of: member),
          rank: Self.rank(rank, group: member.isDeprecated ? 9 : member.isRequired ? 1 : 2, index),
          filter: insertion.filter(for: name), isDeprecated: member.isDeprecated,
          edit: insertion.key(member.key, frame), page: page(of: member.spot)))
    }
  }

  private func note(of member: MemberSuggestion) -> String? {
    let kind = dialect.program.title(of: member.spot) ?? dialect.program.kinds(of: member.spot)
    guard member.isRequired else { return kind }
    return kind.map { "needed · \($0)" } ?? "needed"
  }

  /// All that has to be there in one go.
  private mutating func addMissing(_ members: [MemberSuggestion]) {
    guard members.count > 1, !insertion.hasColon, typed.isEmpty else { return }
    let names = members.map { String(decoding: $0.key, as: UTF8.self) }
    let label = names.joined(separator: ", ")
    items.append(
      CompletionItem(
        kind: .snippet, label: label, note: "all that is needed", rank: 0, filter: insertion.filter(for: label),
        edit: insertion.members(evaluator.frame(of: members))))
  }

  // MARK: Values

  private mutating func addValues(at spot: SchemaSpot) {
    guard !spot.isEmpty else { return }
    var values = evaluator.values(at: spot)
    values += elementSnippets()
    if evaluator.isContainer(spot) {
      values.append(
        ValueSuggestion(source: .frame, body: evaluator.frame(for: spot)))
    }
    let page = page(of: spot)
    for (index, value) in values.enumerated() { add(value, index, spot, page) }
  }

  /// What is shown beside an offer once somebody looks at it.
  private func page(of spot: SchemaSpot) -> CompletionPage {
    .schema(dialect: dialect.id, places: dialect.program.tellingPlaces(of: spot))
  }

  /// The prepared texts that a list has for its elements.
  private func elementSnippets() -> [ValueSuggestion] {
    guard place.isElement, case .value(let node) = place.role else { return [] }
    var (record, tree) = (place.record, place.tree)
    var array = node > 0 ? Int(tree.nodes[node].parent) : 0
    if node == 0 {
      guard let parent = record.parent.flatMap({ place.document.record($0) }),
        let outer = place.document.tree(of: parent.id),
        let container = place.document.container(around: record.range.lowerBound, of: parent.id, tree: outer)
      else { return [] }
      (record, tree, array) = (parent, outer, container)
    }
    guard let entry = entry(of: record) else { return [] }
    return evaluator.elementSnippets(of: evaluator.spot(ofValue: array, in: tree, at: entry))
  }

  private mutating func add(_ value: ValueSuggestion, _ index: Int, _ spot: SchemaSpot, _ page: CompletionPage) {
    let text = Self.shown(value.body.plain)
    let label = value.label ?? (value.source == .frame ? frameLabel(value, spot) : text)
    guard let rank = typed.rank(of: label) ?? (value.label == nil ? nil : typed.rank(of: text)) else { return }
    let group =
      switch value.source {
      case .listed, .word: 1
      case .default: 2
      case .example: 3
      case .snippet: 4
      case .frame: 5
      }
    items.append(
      CompletionItem(
        kind: value.source == .listed || value.source == .word
          ? .choice : value.source == .snippet || value.source == .frame ? .snippet : .value,
        label: label, note: Self.note(of: value.source), rank: Self.rank(rank, group: group, index),
        filter: insertion.filter(for: label), isDeprecated: value.isDeprecated, edit: insertion.value(value.body),
        page: value.markdown.map(CompletionPage.text) ?? page))
  }

  private func frameLabel(_ value: ValueSuggestion, _ spot: SchemaSpot) -> String {
    let brackets = value.body.plain.first == UInt8(ascii: "[") ? "[ ]" : "{ }"
    return dialect.program.title(of: spot).map { "\(brackets) \($0)" } ?? brackets
  }

  private static func note(of source: ValueSuggestion.Source) -> String? {
    switch source {
    case .default: "usual"
    case .example: "for example"
    case .listed, .word, .snippet, .frame: nil
    }
  }

  /// A value as a person reads it: a text without quotes, anything else as it stands, on one line, cut at 120 characters.
  static func shown(_ literal: [UInt8]) -> String {
    let tree = RecordTree(parsing: literal)
    let text = tree.string(of: 0) ?? String(decoding: literal, as: UTF8.self)
    let line = String(text.unicodeScalars.map { $0.value < 32 ? " " : Character($0) })
    return line.count > 120 ? line.prefix(119) + "…" : line
  }

  static func rank(_ match: MatchRank, group: Int, _ index: Int) -> Int {
    (match == .slip ? 50 : group) * 1_000_000 + match.rawValue * 100_000 + min(index, 99_999)
  }

  // MARK: Ids

  mutating func add(identifiers: [OfferedIdentifier]) {
    for (index, match) in identifiers.enumerated() {
      let label = Self.shown(match.literal)
      let detail = match.name.map { " — " + $0 }
      items.append(
        CompletionItem(
          kind: .identifier, label: label, detail: detail, note: match.kind,
          rank: Self.rank(match.rank, group: 1, index), filter: insertion.filter(for: label),
          edit: insertion.value(SnippetBody(match.literal)),
          page: .definition(uri: match.uri, record: match.record)))
    }
  }

  mutating func noteIncomplete() { isIncomplete = true }

  /// The best, in order.
  func list() -> CompletionList {
    var list = CompletionList()
    let sorted = items.sorted { $0.rank < $1.rank }
    list.items = Array(sorted.prefix(DocumentSnapshot.completionLimit))
    list.isIncomplete = isIncomplete || sorted.count > list.items.count || !typed.isEmpty
    return list
  }
}

/// An id to choose, with what it names.
struct OfferedIdentifier {
  /// As JSON.
  var literal: [UInt8]
  var name: String?
  /// What it is an id of, in the format's words.
  var kind: String
  var rank: MatchRank
  /// Where it is given.
  var uri: String
  var record: RecordID
}

extension CompletionMaker {
  /// What a plugin offers: values, which it has weighed itself. What is no JSON is left out.
  mutating func add(offers: [PluginResult.Offer]) {
    for (index, offer) in offers.enumerated() {
      let tree = RecordTree(parsing: offer.value)
      guard tree.problems.isEmpty, tree.nodes[0].kind != .missing,
        !offer.value.contains(where: { $0 == 10 || $0 == 13 })
      else { continue }
      let plain = insertion.value(SnippetBody(offer.value)).body.plain
      if let known = items.firstIndex(where: { $0.edit.body.plain == plain }) {
        // What the format has among others, the plugin has chosen for this place.
        items[known].rank = min(items[known].rank, Self.rank(.exact, group: 1, index))
        continue
      }
      let label = offer.label.isEmpty ? Self.shown(offer.value) : offer.label
      add(
        CompletionItem(
          kind: .value, label: label, note: offer.detail.isEmpty ? nil : offer.detail,
          rank: Self.rank(.exact, group: 2, index), filter: insertion.filter(for: label),
          edit: insertion.value(SnippetBody(offer.value))))
    }
  }

  mutating func add(_ item: CompletionItem) { items.append(item) }
}
