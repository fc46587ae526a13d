import Manifest
import Ontology
import Schema

/// What a key or value is to the format, beyond being text or a number.
package struct MeaningfulText: Sendable, Hashable {
  package enum Kind: Sendable {
    /// The name of a field that rules read.
    case field
    /// An id that is given here, or that names what is given elsewhere.
    case definition, reference
    /// A word of a list of labels.
    case term
  }
  /// Without quotes.
  package var range: Range<Int>
  package var kind: Kind
  /// A term that is no longer in use.
  package var isDeprecated = false
}

extension DocumentSnapshot {
  /// The meaningful texts in a range, in order and apart; `nil` if there are more than `limit`.
  ///
  /// Answers with what is known now, and says nothing of what must not be shown. Cost: one evaluation of each record in the range.
  package func meanings(in range: Range<Int>, limit: Int) -> [MeaningfulText]? {
    guard let reader = RecordReader(self) else { return [] }
    let range = range.clamped(to: 0..<document.byteCount)
    var found: [MeaningfulText] = []
    for record in document.records(in: range) {
      if Task.isCancelled { return nil }
      guard let reading = reader.read(record) else { continue }
      add(reading, in: range, to: &found)
      guard found.count <= limit else { return nil }
    }
    // An id that is a key is told of as an id, which comes first.
    found.sort { $0.range.lowerBound < $1.range.lowerBound }
    var end = 0
    return found.filter { text in
      guard text.range.lowerBound >= end else { return false }
      end = text.range.upperBound
      return true
    }
  }

  private func add(_ reading: RecordReading, in range: Range<Int>, to found: inout [MeaningfulText]) {
    func add(_ whole: Range<Int>?, _ kind: MeaningfulText.Kind, isDeprecated: Bool = false) {
      guard let whole, whole.upperBound >= range.lowerBound, whole.lowerBound <= range.upperBound,
        let own = unquoted(whole)
      else { return }
      found.append(MeaningfulText(range: own, kind: kind, isDeprecated: isDeprecated))
    }
    for identifier in reading.identifiers where !reading.isPrivate(identifier.node) && identifier.source != .index {
      add(reading.range(of: identifier), identifier.part == .definition ? .definition : .reference)
    }
    for use in reading.evaluation.terms where !reading.isPrivate(Int(use.node)) {
      let term = term(of: Int(use.node), in: reading)?.term
      add(document.absolute(use.range, in: reading.record.id), .term, isDeprecated: term?.isDeprecated ?? false)
    }
    for entry in reading.evaluation.roles.entries where entry.node != 0 {
      add(reading.keyRange(of: Int(entry.node)), .field)
    }
  }

  /// Between the quotes, if there are any. `nil` for what is empty or too long to be an id or a name.
  private func unquoted(_ range: Range<Int>) -> Range<Int>? {
    guard !range.isEmpty, range.count <= 4096 else { return nil }
    let isQuoted =
      range.count >= 2 && document.bytes(in: range.lowerBound..<range.lowerBound + 1) == [UInt8(ascii: "\"")]
    let own = isQuoted ? range.lowerBound + 1..<range.upperBound - 1 : range
    return own.isEmpty ? nil : own
  }
}
