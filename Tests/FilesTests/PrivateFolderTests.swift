import Files
import Foundation
import Testing

/// What only this user writes: made, found, bounded, and believed only where nobody else could have written it.
@Suite struct PrivateFolderTests {
  private func text(_ file: MappedFile?) -> String? {
    file.map { file in withExtendedLifetime(file) { unsafe String(decoding: file.memory, as: UTF8.self) } }
  }

  @Test func filesAreReplacedUnderThoseWhoReadThem() throws {
    let folder = try TemporaryFolder([:])
    let own = try #require(PrivateFolder(folder.path + "/a/b", making: true))
    #expect(text(own.map("x")) == nil)
    try own.write("x", Array("one".utf8))
    let first = own.map("x")
    try own.write("x", Array("three".utf8))
    #expect(text(first) == "one" && text(own.map("x")) == "three")
    own.remove("x")
    #expect(text(first) == "one" && text(own.map("x")) == nil)
    #expect(own.entries.isEmpty)
  }

  @Test func whatOthersMayWriteIsNotThere() throws {
    let folder = try TemporaryFolder(["secret": "s"])
    let own = try #require(PrivateFolder(folder.path + "/own", making: true))
    try own.write("x", [1])
    try folder.link("own/link", to: folder.path + "/secret")
    #expect(text(own.map("link")) == nil)
    try FileManager.default.setAttributes([.posixPermissions: 0o660], ofItemAtPath: own.path + "/x")
    #expect(text(own.map("x")) == nil)
    try FileManager.default.setAttributes([.posixPermissions: 0o770], ofItemAtPath: own.path)
    #expect(PrivateFolder(own.path, making: true) == nil)
    try folder.link("lent", to: own.path)
    #expect(PrivateFolder(folder.path + "/lent", making: false) == nil)
    #expect(PrivateFolder(folder.path + "/secret/below", making: true) == nil)
    #expect(PrivateFolder(folder.path + "/nowhere", making: false) == nil)
    #expect(!PrivateFolder.canBe(at: own.path))
    #expect(!PrivateFolder.canBe(at: folder.path + "/secret/below"))
    #expect(PrivateFolder.canBe(at: folder.path + "/nowhere/at/all"))
  }

  @Test func whatWasUsedLongestAgoGoesFirst() throws {
    let folder = try TemporaryFolder([:])
    let own = try #require(PrivateFolder(folder.path + "/own", making: true))
    for (age, name) in [(4, "a"), (3, "b"), (2, "c"), (9000, ".new-unfinished"), (1, ".new-busy")] {
      try own.write(name, Array(repeating: 0, count: 100))
      try FileManager.default.setAttributes(
        [.modificationDate: Date(timeIntervalSinceNow: -Double(age))], ofItemAtPath: own.path + "/" + name)
    }
    // Using a file makes it the newest.
    _ = own.map("a")
    own.trim(to: 250)
    #expect(Set(own.entries.map(\.name)) == ["c", "a", ".new-busy"])
  }
}
