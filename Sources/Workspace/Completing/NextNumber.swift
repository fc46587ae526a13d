import Facts
import Findings
import Manifest
import Schema

extension Workspace {
  /// The next number that no other entry has, where an entry gets its own.
  ///
  /// It follows the number of the entry before; an entry that comes first begins with 1. Cost: the entry before, and a look-up
  /// for each doubling of how many numbers in a row are taken.
  func addNextNumber(to maker: inout CompletionMaker) {
    guard case .value = maker.place.role, maker.dialect.program.takesNumbers(maker.spot),
      let state = documents[maker.snapshot.uri], state.id == maker.snapshot.id, let evaluator = state.evaluator
    else { return }
    let dialect = maker.dialect
    let defines = dialect.program.declarations.defines
    for index in dialect.program.links(of: maker.spot).definitions
    where defines.indices.contains(index) && defines[index].source == .value && defines[index].repetition == .nowhere {
      let scopes = Scopes(document: maker.place.document, id: state.id, record: maker.place.record)
      let kinds = dialect.familiesOfDefinitions[index]?.definitions.map(\.kind) ?? []
      let last: Int?
      switch numberBefore(maker.place, index, dialect, evaluator) {
      case .number(let number): last = number
      // Whoever calls the entries by names goes on with names.
      case .none: continue
      case .first: last = nil
      }
      func isTaken(_ number: Int) -> Bool {
        guard let key = scopes.key(Array("n\(number)".utf8), in: defines[index].scope) else { return false }
        return kinds.contains { state.store.count($0, key) > 0 }
      }
      guard let next = NextNumber.free(from: last.map { $0 + 1 } ?? 1, isTaken) else { continue }
      maker.add(nextNumber: next)
      return
    }
  }

  private enum NumberBefore {
    case number(Int)
    /// The entry before has an id that is no whole number, or none.
    case none
    /// There is no entry before.
    case first
  }

  /// The id of the entry that stands before the one at the cursor in the same list.
  private func numberBefore(
    _ place: CursorPlace, _ declaration: Int, _ dialect: Dialect, _ evaluator: SchemaEvaluator
  ) -> NumberBefore {
    let (document, record) = (place.document, place.record)
    guard record.type > 0, record.ordinal > 0, record.range.lowerBound > 0 else { return .first }
    var before = document.record(document.lastRecordID(upTo: record.range.lowerBound - 1))
    while let current = before, current.type != record.type, let parent = current.parent {
      before = document.record(parent)
    }
    guard let before, before.type == record.type, before.parent == record.parent,
      let tree = document.tree(of: before.id)
    else { return .none }
    let name = dialect.readsKeys ? document.key(of: before.id) : nil
    guard let entry = dialect.entry(of: before, key: name) else { return .none }
    let options = EvaluationOptions(recordKey: name, recordOrdinal: before.ordinal)
    let own = evaluator.evaluate(tree, at: entry, options: options).definitions.first { $0.declaration == declaration }
    guard let key = own?.key, key.first == UInt8(ascii: "n"),
      let number = Int(String(decoding: key.dropFirst(), as: UTF8.self)), number >= 0, number < Int(UInt32.max)
    else { return .none }
    return .number(number)
  }
}

/// A number that is still free.
enum NextNumber {
  /// A free number at or behind `start`, just behind a taken one unless `start` itself is free; `nil` where hardly any are left.
  ///
  /// Cost: a question for each doubling of the distance, twice.
  static func free(from start: Int, _ isTaken: (Int) -> Bool) -> Int? {
    guard isTaken(start) else { return start }
    var (taken, step) = (start, 1)
    while isTaken(taken + step) {
      taken += step
      step *= 2
      guard step < 1 << 40 else { return nil }
    }
    var free = taken + step
    while free - taken > 1 {
      let middle = taken + (free - taken) / 2
      if isTaken(middle) { taken = middle } else { free = middle }
    }
    return free
  }
}

extension CompletionMaker {
  mutating func add(nextNumber number: Int) {
    let label = String(number)
    guard let match = typed.rank(of: label) else { return }
    add(
      CompletionItem(
        kind: .value, label: label, note: "next free number", rank: Self.rank(match, group: 1, 0),
        filter: insertion.filter(for: label), edit: insertion.value(SnippetBody(Array(label.utf8)))))
  }
}
