import Files
import Manifest
package import Ontology

/// A list of labels as somebody hands it over: the terms, what its columns were taken for, and what can't be used in it.
package struct LabelList: Sendable {
  /// The list's own name and version, where it says them.
  package let id: String
  package let version: String
  package let terms: [Term]
  package let bytes: [UInt8]
  package let isTable: Bool
  /// Of a table: what each named column holds, as configuration writes it, in order.
  package let columns: [Column]
  /// What can't be used as written, one sentence each, the first few.
  package let problems: [String]

  package struct Column: Sendable, Hashable {
    package var header: String
    package var member: String
  }

  /// Why a list can't be used at all, in a sentence.
  package struct Refusal: Error, Sendable {
    package var message: String
  }

  private static let toldProblems = 8

  /// Reads a list. `columns` is the header's name to the term's member, over what the names mean by themselves.
  ///
  /// Where no column holds ids and none was named, the first whose values all differ is taken for them. Cost: linear in the file.
  package init(reading path: String, columns given: [String: String] = [:]) throws(Refusal) {
    let bytes: [UInt8]
    do {
      bytes = try FileSystem.regularFile(path, limit: VocabularyFile.limit(path))
    } catch {
      throw Refusal(message: "\(path): \(error.message)")
    }
    guard !bytes.starts(with: Array("PK\u{3}\u{4}".utf8)), !bytes.starts(with: [0xD0, 0xCF, 0x11, 0xE0]) else {
      throw Refusal(message: "\(path): this is a spreadsheet program's own file; save the sheet as CSV (UTF-8) first")
    }
    self.bytes = bytes
    isTable = VocabularyFile.isTable(path)
    var problems: [VocabularyProblem] = []
    var terms: [Term] = []
    guard isTable else {
      let tree = RecordTree(parsing: bytes)
      (id, version) = TermJSON.read(tree, id: "", problems: &problems) { terms.append($0) }
      guard !terms.isEmpty else {
        throw Refusal(message: "\(path): there are no labels in it; a list in JSON has them under `terms`")
      }
      (self.terms, columns, self.problems) = (Self.unrepeated(terms), [], Self.told(problems, path))
      return
    }
    (id, version) = ("", "")
    let header = TermTable.header(of: bytes)
    var mapping = ColumnMapping(given)
    if let wrong = mapping.unknown.first {
      throw Refusal(message: "\(path): nobody knows what column `\(wrong)` is to hold: `\(given[wrong] ?? "")`")
    }
    var targets = mapping.targets(ofHeader: header)
    if !targets.contains(.id) {
      guard let column = Self.distinctColumn(of: bytes, header: header) else {
        let names = header.map { "`\($0)`" }.joined(separator: ", ")
        throw Refusal(
          message: header.isEmpty
            ? "\(path): it is empty"
            : "\(path): no column tells its labels apart; there are: \(names). One needs a value of its own in each row"
        )
      }
      mapping = ColumnMapping(given.merging([header[column]: "id"]) { first, _ in first })
      targets = mapping.targets(ofHeader: header)
    }
    TermTable.read(bytes, mapping: mapping, problems: &problems) { terms.append($0) }
    guard !terms.isEmpty else { throw Refusal(message: "\(path): there are no labels in it, only names of columns") }
    self.terms = Self.unrepeated(terms)
    columns = zip(header, targets).filter { !$0.0.isEmpty }.map { Column(header: $0, member: $1.text) }
    self.problems = Self.told(problems, path)
  }

  /// Of several with one id the first, as everywhere.
  private static func unrepeated(_ terms: [Term]) -> [Term] {
    var seen: Set<[UInt8]> = []
    return terms.filter { seen.insert(Array($0.id.utf8)).inserted }
  }

  /// The first column with another text in every row.
  private static func distinctColumn(of bytes: [UInt8], header: [String]) -> Int? {
    var seen = [Set<[UInt8]>](repeating: [], count: header.count)
    var isDistinct = [Bool](repeating: true, count: header.count)
    var isHeader = true
    _ = CSVRows.read(TextEncoding.utf8(bytes)) { row in
      defer { isHeader = false }
      guard !isHeader, row.cells.contains(where: { !$0.isEmpty }) else { return }
      for column in header.indices where isDistinct[column] {
        let cell = column < row.cells.count ? row.cells[column] : []
        isDistinct[column] = !cell.isEmpty && seen[column].insert(cell).inserted
      }
    }
    return header.indices.first { isDistinct[$0] && !seen[$0].isEmpty && !header[$0].isEmpty }
  }

  private static func told(_ problems: [VocabularyProblem], _ path: String) -> [String] {
    problems.prefix(toldProblems).map { problem in
      let place =
        switch problem.place {
        case .cell(let row, let column): "row \(row), column \(column)"
        case .range(let range): "byte \(range.lowerBound)"
        }
      let value = problem.value.isEmpty ? "" : " `\(problem.value.prefix(40))`"
      return "\(path), \(place):\(value) \(problem.kind.words)"
    } + (problems.count > toldProblems ? ["\(path): and \(problems.count - toldProblems) more of such places"] : [])
  }
}

extension VocabularyProblem.Kind {
  /// What is wrong, behind the place and the value.
  fileprivate var words: String {
    switch self {
    case .noTerms, .noIDColumn: "there are no labels here"
    case .repeatedColumn: "this column means the same as one before"
    case .missingID: "this row has no id, so it is left out"
    case .repeatedID: "is there already, so this row is left out"
    case .roundedID: "was rounded by a spreadsheet; export the column as text"
    case .lostZeros(let restored): "has probably lost its zeros: \(restored)"
    case .unexpectedValue: "can't be read as what this column holds"
    case .surplusCell: "stands beyond the last column"
    case .damagedText: "is no text in this file's encoding; save it as UTF-8"
    case .unclosedQuote: "a quote is opened here and not closed"
    case .unknownRelation: "is no relation between labels"
    case .incompleteMapping: "says nothing on one side"
    }
  }
}
