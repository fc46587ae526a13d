import Findings
package import Manifest

/// How an editor wants text laid out.
package struct LayoutOptions: Sendable {
  package var tabSize: Int
  package var insertsSpaces: Bool
  package var insertsFinalNewline: Bool
  package var trimsFinalNewlines: Bool

  package init(
    tabSize: Int, insertsSpaces: Bool, insertsFinalNewline: Bool = false, trimsFinalNewlines: Bool = false
  ) {
    self.tabSize = tabSize
    self.insertsSpaces = insertsSpaces
    self.insertsFinalNewline = insertsFinalNewline
    self.trimsFinalNewlines = trimsFinalNewlines
  }

  fileprivate var indent: [UInt8] {
    insertsSpaces ? [UInt8](repeating: 0x20, count: min(max(tabSize, 0), 16)) : [0x09]
  }
}

/// Why a file is not laid out; one sentence for whoever asked.
package struct LayoutRefusal: Error, Sendable {
  package var message: String
}

extension DocumentSnapshot {
  /// Larger files are not laid out at once: an editor would stand still over it.
  private static let layoutLimit = 8 << 20
  private static let layoutEdits = 20_000

  /// Edits that put each entry on a line of its own, in order; only those that touch `range`, if there is one. `nil` for files that
  /// are nobody's labels, and for tables.
  ///
  /// Cost: two walks over the text, at most 8 MB.
  package func layout(in range: Range<Int>? = nil, _ options: LayoutOptions) throws(LayoutRefusal) -> [TextEdit]? {
    guard dialect != nil, !document.syntax.isTable else { return nil }
    guard document.byteCount <= Self.layoutLimit else {
      throw LayoutRefusal(
        message: words(
          "This file is larger than {limit} MB and is not laid out here. `python3 -m json.tool` does that.",
          .init("limit", String(Self.layoutLimit >> 20))))
    }
    guard document.problemCount == 0 else {
      throw LayoutRefusal(message: words("Something in this file can't be read. Make that right first."))
    }
    let layout = RecordLayout(
      indent: options.indent, insertsFinalNewline: options.insertsFinalNewline,
      trimsFinalNewlines: options.trimsFinalNewlines)
    let bytes = document.allBytes()
    let edits: [TextEdit]?
    if document.syntax.isList {
      edits = layout.edits(ofLines: bytes, limit: Self.layoutEdits)
    } else {
      // A comment looks like anything to whoever knows only values.
      guard document.syntax == .json else { return nil }
      let records = document.records().filter { $0.id != .document }.map(\.range)
      edits = layout.edits(of: bytes, records: records, limit: Self.layoutEdits)
    }
    guard let edits else {
      throw LayoutRefusal(message: words("So much would change that an editor could not take it."))
    }
    guard let range else { return edits }
    return edits.filter { $0.range.lowerBound <= range.upperBound && range.lowerBound <= $0.range.upperBound }
  }

  /// Edits that put the entry on one line that was just closed at `offset`, where the entry before it stands on one, too. Empty
  /// where nothing was closed. Cost: that entry and the one before.
  package func layout(closedAt offset: Int) -> [TextEdit] {
    guard dialect != nil, document.syntax == .json, offset > 0 else { return [] }
    let record = document.innermostRecord(at: offset)
    let holdsOthers = document.records(in: record.range).contains { $0.parent == record.id }
    guard record.id != .document, record.range.upperBound == offset, record.range.count <= Self.closedLimit,
      !holdsOthers, document.problems(in: record.range, limit: 1).isEmpty
    else { return [] }
    let before = document.lastRecordID(upTo: record.range.lowerBound - 1)
    guard let sibling = document.record(before), sibling.type == record.type, sibling.parent == record.parent,
      sibling.range.count <= Self.closedLimit, !document.bytes(in: sibling.range).contains(0x0A)
    else { return [] }
    return RecordLayout.line(of: document.bytes(in: record.range)).map { edit in
      TextEdit(
        range: edit.range.lowerBound + record.range.lowerBound..<edit.range.upperBound + record.range.lowerBound,
        replacement: edit.replacement)
    }
  }

  private static let closedLimit = 1 << 20
}
