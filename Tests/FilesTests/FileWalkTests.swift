import Files
import Foundation
import Testing

/// A folder of its own for one test, taken away afterwards.
final class TemporaryFolder {
  let path: String

  init(_ files: [String: String]) throws {
    path = FileManager.default.temporaryDirectory.path + "/concord-" + UUID().uuidString
    for (name, text) in files {
      let file = path + "/" + name
      let folder = URL(fileURLWithPath: file).deletingLastPathComponent()
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      try Data(text.utf8).write(to: URL(fileURLWithPath: file))
    }
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  func link(_ name: String, to destination: String) throws {
    try FileManager.default.createSymbolicLink(atPath: path + "/" + name, withDestinationPath: destination)
  }

  func walk(_ inner: String = "") -> [String] {
    let start = inner.isEmpty ? path : path + "/" + inner
    return FileWalk(below: start) { $0.hasSuffix(".json") }.files.map { String($0.dropFirst(path.count + 1)) }
  }
}

@Suite struct FileWalkTests {
  @Test func goesDownInOrder() throws {
    let folder = try TemporaryFolder(["b.json": "", "a/z.json": "", "a.json": "", "a/b/c.json": "", "note.txt": ""])
    #expect(folder.walk() == ["a.json", "b.json", "a/z.json", "a/b/c.json"])
  }

  @Test func passesOverHiddenNames() throws {
    let folder = try TemporaryFolder([".hidden.json": "", ".cache/a.json": "", "a.json": ""])
    #expect(folder.walk() == ["a.json"])
  }

  @Test func linksDoNotLeadAstray() throws {
    let outside = try TemporaryFolder(["secret.json": ""])
    let folder = try TemporaryFolder(["a/a.json": ""])
    try folder.link("a/loop", to: "..")
    try folder.link("out", to: outside.path)
    try folder.link("b.json", to: "a/a.json")
    try folder.link("dead.json", to: "nowhere")
    #expect(folder.walk() == ["a/a.json"])
  }

  @Test func gitignoreCountsOnlyWhereGitTracks() throws {
    let files = ["a.json": "", "build/b.json": "", ".gitignore": "build/\n"]
    #expect(try TemporaryFolder(files).walk() == ["a.json", "build/b.json"])
    #expect(try TemporaryFolder(files.merging([".git/HEAD": ""]) { $1 }).walk() == ["a.json"])
  }

  @Test func innerRulesWinAndOuterOnesReachDown() throws {
    let folder = try TemporaryFolder([
      ".git/HEAD": "", ".gitignore": "*.json\n!/keep.json\nbuild/\n", "keep.json": "", "x.json": "",
      "in/.gitignore": "!y.json\n", "in/y.json": "", "in/z.json": "", "build/.gitignore": "!*.json", "build/b.json": "",
    ])
    #expect(folder.walk() == ["keep.json", "in/y.json"])
    // A folder that was named is walked, ignored or not; the rules above still hold inside.
    #expect(folder.walk("in") == ["in/y.json"])
  }

  @Test func aTrackedFolderWithinDoesNotHeedTheOuterOne() throws {
    let folder = try TemporaryFolder([
      ".git/HEAD": "", ".gitignore": "*.json", "own/.git/HEAD": "", "own/a.json": "", "own/b/c.json": "",
    ])
    #expect(folder.walk() == ["own/a.json", "own/b/c.json"])
  }

  @Test func sayWhatCouldNotBeRead() {
    let walk = FileWalk(below: "/nowhere/at/all") { _ in true }
    #expect(walk.files.isEmpty)
    #expect(walk.problems.map(\.code) == [.notFound])
  }

  @Test func replacesAFileAtOnce() throws {
    let folder = try TemporaryFolder(["a.json": "old"])
    try folder.link("link.json", to: "a.json")
    try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: folder.path + "/a.json")
    try FileSystem.replace(folder.path + "/link.json", with: Array("new".utf8))
    #expect(try FileSystem.bytes(of: folder.path + "/a.json") == Array("new".utf8))
    #expect(try FileSystem.kind(of: folder.path + "/link.json", followingLinks: false) == .link)
    let attributes = try FileManager.default.attributesOfItem(atPath: folder.path + "/a.json")
    #expect(attributes[.posixPermissions] as? Int == 0o640)
    #expect(try FileSystem.names(in: folder.path).count == 2)
    #expect(throws: FileError.self) { try FileSystem.replace(folder.path + "/none.json", with: []) }
  }

  @Test func readsAWindowOfAFile() throws {
    let folder = try TemporaryFolder(["a.json": "0123456789"])
    #expect(try FileSystem.bytes(of: folder.path + "/a.json", in: 3..<6) == Array("345".utf8))
    #expect(try FileSystem.bytes(of: folder.path + "/a.json", in: 8..<60) == Array("89".utf8))
    #expect(try FileSystem.bytes(of: folder.path + "/a.json").count == 10)
    #expect(throws: FileError.self) { try FileSystem.bytes(of: folder.path) }
  }
}
