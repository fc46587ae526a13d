import Files
import Foundation
import Ontology
import TestSupport
import Testing

@testable import Workspace

/// Large lists are compiled once and kept; what is kept is believed only if it is this user's and of this very file.
@Suite struct VocabularyCacheTests {
  /// A dataset's list and a cache of its own.
  private final class Shelf: Sendable {
    let folder: TemporaryFolder
    let cache: VocabularyCache
    let named: NamedVocabulary

    init(_ text: String, name: String = "list.csv") throws {
      folder = try TemporaryFolder()
      cache = VocabularyCache(folder.path + "/cache/concord")
      named = NamedVocabulary(id: "list", file: name)
      try write(text)
    }

    var loader: VocabularyLoader { VocabularyLoader(cache: cache) }

    /// Writes the list as of a while ago: of a file that has just changed nobody knows whether it changes again at once.
    func write(_ text: String, ago seconds: Double = 60) throws {
      let path = try folder.write(named.file, text)
      try FileManager.default.setAttributes(
        [.modificationDate: Date(timeIntervalSinceNow: -seconds)], ofItemAtPath: path)
    }

    var text: VocabularyText {
      get throws {
        let path = folder.path + "/" + named.file
        return VocabularyText(named: named, place: .file(path: path, try #require(FileSystem.status(of: path))))
      }
    }

    func load(before: VocabularyPart? = nil) throws -> TermIndex {
      try #require(loader.part(try text, before: before)?.terms)
    }

    var keptFile: String {
      get throws {
        let names = try FileManager.default.contentsOfDirectory(atPath: cache.path)
        #expect(names.count == 1)
        return cache.path + "/" + (try #require(names.first))
      }
    }
  }

  private static func row(_ number: Int) -> String {
    "t\(number),Name \(number % 2900),other \(number)|älter \(number % 7)|once more,t\(number / 3 + 1),\(number % 11 == 0 ? "yes" : "")"
  }

  private static let rows = (0..<3000).map(row)
  private static func table(_ rows: [String]) -> String {
    (["id,label,synonyms,parent,deprecated"] + rows).joined(separator: "\n") + "\n"
  }

  /// What is found by each text, told so that it can be compared.
  private func answers(_ index: TermIndex, _ numbers: [Int]) -> [String] {
    numbers.flatMap { number -> [String] in
      let id = "t\(number)"
      let term = index.term(id)
      return [
        term.map { "\($0)" } ?? "none",
        index.term(named: Array("Name \(number)".utf8), onlyPreferred: true)?.id ?? "none",
        index.term(named: Array("other \(number)".utf8), onlyPreferred: false)?.id ?? "none",
        "\(index.isUnder(id, branch: "t1"))",
        index.search("name \(number)", limit: 5).map(\.term.id).joined(separator: " "),
      ]
    }
  }

  private let numbers = Array(stride(from: 0, to: 3100, by: 31))

  @Test func aListReadThroughTheCacheAnswersAsReadAfresh() throws {
    let shelf = try Shelf(Self.table(Self.rows))
    let afresh = try #require(VocabularyLoader(cache: nil).part(try shelf.text, before: nil))
    #expect(afresh.terms?.base.descriptor == nil)
    let first = try shelf.load()
    let second = try #require(shelf.loader.part(try shelf.text, before: nil))
    #expect(shelf.loader.isQuick(try shelf.text))
    #expect(first.base.descriptor != nil && second.terms?.base.descriptor != nil)
    #expect(second.sha256 == afresh.sha256 && !second.isCacheStale)
    for index in [first, try #require(second.terms)] {
      #expect(index.count == 3000)
      #expect(answers(index, numbers) == answers(try #require(afresh.terms), numbers))
    }
    let attributes = try FileManager.default.attributesOfItem(atPath: try shelf.keptFile)
    #expect(attributes[.posixPermissions] as? Int == 0o600)
  }

  @Test func aSmallListNeedsNoCache() throws {
    let shelf = try Shelf(Self.table(Array(Self.rows.prefix(20))))
    #expect(try shelf.load().count == 20)
    #expect(!FileManager.default.fileExists(atPath: shelf.cache.path))
  }

  /// What may happen to a kept index.
  enum Harm: CaseIterable {
    case cut, grown, emptied, forged, writableByOthers, ofSomebodyElse, aLink, ofAnotherList, ofAnotherVersion
  }

  @Test(arguments: Harm.allCases) func whatIsNotToBeBelievedIsReplaced(_ harm: Harm) throws {
    let shelf = try Shelf(Self.table(Self.rows))
    let right = answers(try shelf.load(), numbers)
    let path = try shelf.keptFile
    var bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
    // A new file, as others would make one: the one in use is never written to.
    func put(_ bytes: [UInt8], mode: Int = 0o600) throws {
      try FileManager.default.removeItem(atPath: path)
      try Data(bytes).write(to: URL(fileURLWithPath: path))
      try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
    }
    switch harm {
    case .cut: try put(Array(bytes.prefix(bytes.count / 2)))
    case .grown: try put(bytes + [0])
    case .emptied: try put([])
    case .forged: try put(Array("no index".utf8) + bytes.dropFirst(8))
    case .writableByOthers: try put(bytes, mode: 0o666)
    case .ofSomebodyElse:
      try put(bytes)
      // Only root can give files away; where the tests are run by others this is the case before.
      if unsafe chown(path, 1, 1) != 0 { try put(bytes, mode: 0o622) }
    case .aLink:
      try Data(bytes).write(to: URL(fileURLWithPath: path + "-elsewhere"))
      try FileManager.default.removeItem(atPath: path)
      try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: path + "-elsewhere")
    case .ofAnotherList:
      let other = try Shelf(Self.table(Array(Self.rows.dropFirst(1000)) + Self.rows.map { "x" + $0 }))
      _ = try other.load()
      try put([UInt8](try Data(contentsOf: URL(fileURLWithPath: try other.keptFile))))
    case .ofAnotherVersion:
      bytes[8] &+= 1
      try put(bytes)
    }
    #expect(!shelf.loader.isQuick(try shelf.text))
    let index = try shelf.load()
    #expect(answers(index, numbers) == right)
    #expect(index.base.descriptor != nil)
    #expect(shelf.loader.isQuick(try shelf.text))
    let attributes = try FileManager.default.attributesOfItem(atPath: path)
    #expect(attributes[.posixPermissions] as? Int == 0o600)
    #expect(attributes[.ownerAccountID] as? Int == Int(geteuid()))
    #expect(attributes[.type] as? FileAttributeType == .typeRegular)
  }

  @Test func aFolderThatOthersWriteInIsNoCache() throws {
    let shelf = try Shelf(Self.table(Self.rows))
    _ = try shelf.load()
    try FileManager.default.setAttributes([.posixPermissions: 0o777], ofItemAtPath: shelf.cache.path)
    let index = try shelf.load()
    #expect(index.count == 3000 && index.base.descriptor == nil)
    #expect(shelf.cache.contents == nil)
    // Nor is one that can't be made.
    let nowhere = VocabularyLoader(cache: VocabularyCache("/dev/null/concord"))
    #expect(try #require(nowhere.part(try shelf.text, before: nil)?.terms).count == 3000)
  }

  /// A list that was changed since is laid over what is kept, and compiled again for the next start.
  @Test func whatWasKeptOfAnOlderTextIsNotBelieved() throws {
    let shelf = try Shelf(Self.table(Self.rows))
    _ = try shelf.load()
    var rows = Self.rows
    rows[31] = "t31,Changed,,,"
    rows.remove(at: 62)
    rows.append("t9000,New,other 9000,t31,")
    try shelf.write(Self.table(rows), ago: 30)
    #expect(!shelf.loader.isQuick(try shelf.text))
    let part = try #require(shelf.loader.part(try shelf.text, before: nil))
    let afresh = try #require(VocabularyLoader(cache: nil).part(try shelf.text, before: nil))
    #expect(part.isCacheStale && part.terms?.overlayCount == 4 && part.sha256 == afresh.sha256)
    let right = answers(try #require(afresh.terms), numbers + [9000])
    #expect(answers(try #require(part.terms), numbers + [9000]) == right)
    shelf.loader.renew(try shelf.text)
    #expect(shelf.loader.isQuick(try shelf.text))
    let renewed = try #require(shelf.loader.part(try shelf.text, before: nil))
    #expect(!renewed.isCacheStale && renewed.terms?.overlayCount == 0)
    #expect(answers(try #require(renewed.terms), numbers + [9000]) == right)
    // Whoever had the old one mapped goes on with it.
    #expect(answers(try #require(part.terms), numbers + [9000]) == right)
  }

  /// A file that changes twice within one step of the clock, at one size, looks the same.
  @Test func aFileThatHasJustChangedIsReadAllTheSame() throws {
    let shelf = try Shelf(Self.table(Self.rows))
    let path = shelf.folder.path + "/list.csv"
    try shelf.write(Self.table(Self.rows), ago: 0)
    _ = try shelf.load()
    let status = try #require(FileSystem.status(of: path))
    let handle = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
    let text = Self.table(Self.rows)
    try handle.seek(toOffset: UInt64(Array(text.utf8).count - 2 - Self.row(2999).utf8.count + "t2999,".utf8.count + 1))
    try handle.write(contentsOf: Data("Gone".utf8))
    try handle.close()
    var times = [timespec(), timespec()]
    times[0].tv_sec = Int(status.modified / 1_000_000_000)
    times[0].tv_nsec = Int(status.modified % 1_000_000_000)
    times[1] = times[0]
    #expect(unsafe utimensat(AT_FDCWD, path, times, 0) == 0)
    #expect(FileSystem.status(of: path) == status)
    #expect(try shelf.load().term("t2999")?.label.hasPrefix("Gone") == true)
  }

  /// Servers that start at one time compile the same list and put it in the same place.
  @Test func serversDontHurtEachOther() async throws {
    let shelf = try Shelf(Self.table(Self.rows))
    let right = answers(try #require(VocabularyLoader(cache: nil).part(try shelf.text, before: nil)?.terms), numbers)
    try await withThrowingTaskGroup(of: [String].self) { group in
      for _ in 0..<6 {
        group.addTask {
          let first = try shelf.load()
          shelf.loader.renew(try shelf.text)
          _ = try shelf.load()
          return self.answers(first, self.numbers)
        }
      }
      for try await found in group { #expect(found == right) }
    }
    _ = try shelf.keptFile
  }

  /// Texts at random, each laid over what was there before: as if the last had been read afresh.
  @Test(arguments: [("list.csv", 1), ("list.csv", 2), ("list.json", 3), ("list.json", 4)] as [(String, UInt64)])
  func anyChangeAnswersAsReadAfresh(_ name: String, seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    var rows = Array(Self.rows.prefix(200))
    func text() -> String {
      if name.hasSuffix(".csv") { return Self.table(rows) }
      let terms = rows.map { row in
        let cells = row.split(separator: ",", omittingEmptySubsequences: false)
        return #"{"id": "\#(cells[0])", "prefLabel": "\#(cells[1])", "altLabels": ["\#(cells[2])"]"#
          + #", "broader": "\#(cells[3])"}"#
      }
      return #"{"version": "\#(rows.count)", "terms": [\#(terms.joined(separator: ", "))]}"#
    }
    let shelf = try Shelf(text(), name: name)
    var part = try #require(shelf.loader.part(try shelf.text, before: nil))
    for round in 0..<12 {
      for _ in 0...random.next() % 4 {
        let place = Int(random.next() % UInt64(rows.count))
        switch random.next() % 4 {
        case 0: rows[place] = Self.row(Int(random.next() % 300))
        case 1: rows.remove(at: place)
        case 2: rows.insert(Self.row(200 + Int(random.next() % 100)), at: place)
        default: rows[place] = rows[place].replacing("Name", with: "Called \(round)")
        }
      }
      try shelf.write(text(), ago: Double(1000 - round))
      part = try #require(shelf.loader.part(try shelf.text, before: part))
      let afresh = try #require(VocabularyLoader(cache: nil).part(try shelf.text, before: nil)?.terms)
      let all = Array(0..<300)
      #expect(answers(try #require(part.terms), all) == answers(afresh, all))
      #expect(part.terms?.count == afresh.count && part.terms?.version == afresh.version)
    }
  }
}
