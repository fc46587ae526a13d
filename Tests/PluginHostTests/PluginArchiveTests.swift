import Files
import Foundation
import JSONCodec
import PluginHost
import TestSupport
import Testing

/// Archives of plugins, as `plugin pack` writes them and as somebody may have made them up.
@Suite struct PluginArchiveTests {
  private final class Folder {
    let url = FileManager.default.temporaryDirectory.appendingPathComponent("concord-\(UUID().uuidString)")
    var path: String { url.path }
    init() throws { try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true) }
    deinit { try? FileManager.default.removeItem(at: url) }

    func write(_ text: String, _ name: String) throws {
      let file = url.appendingPathComponent(name)
      try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(text.utf8).write(to: file)
    }
    var names: [String] { ((try? FileManager.default.subpathsOfDirectory(atPath: path)) ?? []).sorted() }
  }

  /// One file of an archive that is made up.
  private struct Part {
    var name: String
    var bytes: [UInt8]
    /// What `tar` says it is.
    var flag = UInt8(ascii: "0")
  }

  private static let descriptor = Array(#"{"id": "kites", "version": "1.0.0", "name": "Kites"}"#.utf8)

  /// A file as an archive announces it.
  private struct Listed {
    var path: String
    var bytes: Int
    var sha256: String

    var json: JSONValue { ["path": .string(path), "bytes": .integer(Int64(bytes)), "sha256": .string(sha256)] }
  }

  /// An archive whose contents are what `listed` says (the parts themselves, if nothing is said).
  private func archive(_ parts: [Part], listed: [Listed]? = nil, end: [UInt8]? = nil) throws -> [UInt8] {
    let files =
      listed ?? parts.map { Listed(path: $0.name, bytes: $0.bytes.count, sha256: Digest.sha256($0.bytes)) }
    let value: JSONValue = [
      "format": 1, "id": "kites", "version": "1.0.0", "concord": "0.1.0", "files": .array(files.map(\.json)),
    ]
    var out: [UInt8] = []
    for part in [Part(name: "contents.json", bytes: try JSONCodec.encode(value))] + parts {
      var header = try #require(Tar.header(part.name, size: part.bytes.count))
      if part.flag != header[156] {
        header[156] = part.flag
        for place in 148..<156 { header[place] = 0x20 }
        let sum = String(header.reduce(0) { $0 + Int($1) }, radix: 8)
        for (offset, byte) in (String(repeating: "0", count: 6 - sum.count) + sum).utf8.enumerated() {
          header[148 + offset] = byte
        }
        header[154] = 0
      }
      out += header + part.bytes + [UInt8](repeating: 0, count: Tar.padding(part.bytes.count))
    }
    return try Gzip.packed(out + (end ?? [UInt8](repeating: 0, count: 1024)))
  }

  /// What unpacking says; `nil` if all is well.
  private func complaint(_ bytes: [UInt8], _ body: ([String]) -> Void = { _ in }) throws -> String? {
    let home = try Folder()
    try Data(bytes).write(to: home.url.appendingPathComponent("archive"))
    let target = home.path + "/inner/target"
    try FileManager.default.createDirectory(atPath: target, withIntermediateDirectories: true)
    defer { body(home.names) }
    do {
      _ = try PluginArchive.unpack(home.path + "/archive", into: target)
      return nil
    } catch {
      return error.message
    }
  }

  private var plain: [Part] { [Part(name: "plugin.json", bytes: Self.descriptor)] }

  @Test func whatIsPackedIsUnpacked() throws {
    let source = try Folder()
    try source.write(String(decoding: Self.descriptor, as: UTF8.self), "plugin.json")
    let long = "schemas/" + String(repeating: "long/", count: 12) + String(repeating: "x", count: 90) + ".json"
    try source.write("{}", long)
    try source.write(String(repeating: "a", count: 100_000), "ontologies/labels.csv")
    try source.write("secret", ".git/config")
    try source.write("code", "Sources/Plugin.swift")
    let plugin = try LoadedPlugin.load(PluginPlace(source.path, .unverified), programFolder: nil)
    let (contents, bytes) = try PluginArchive.pack(plugin, concord: "0.1.0")
    #expect(contents.files.map(\.path) == ["ontologies/labels.csv", "plugin.json", long])
    #expect(contents.archiveName == "kites-1.0.0.concord-plugin")
    #expect(bytes.count < 2000)
    let target = try Folder()
    try Data(bytes).write(to: source.url.appendingPathComponent("archive"))
    #expect(try PluginArchive.unpack(source.path + "/archive", into: target.path) == contents)
    for file in contents.files {
      #expect(try FileSystem.regularFile(target.path + "/" + file.path, limit: 1 << 20).count == file.bytes)
    }
  }

  @Test func aMadeUpArchiveOfTheSameFormIsFine() throws { #expect(try complaint(archive(plain)) == nil) }

  @Test(arguments: [
    "../evil", "/tmp/evil", "a/../../evil", "./a", "a//b", "a/", ".hidden", "a/.hidden/b", "a\\b", "a\nb",
    "contents.json",
    String(repeating: "a/", count: 20) + "b",
  ])
  func namesThatLeadElsewhereAreRefused(name: String) throws {
    let said = try complaint(archive(plain + [Part(name: name, bytes: [1])])) { names in
      #expect(names == ["archive", "inner", "inner/target"], "\(names)")
    }
    #expect(said?.contains("is no plain name of a file below the plugin's folder") == true, "\(said ?? "")")
  }

  @Test(arguments: ["1", "2", "3", "5", "6", "L", "x"])
  func onlyOrdinaryFilesAreUnpacked(flag: String) throws {
    let part = Part(name: "b", bytes: [], flag: Array(flag.utf8)[0])
    let said = try complaint(archive(plain + [part]))
    #expect(said?.contains("is a link, a folder or a device") == true, "\(said ?? "")")
  }

  @Test func aListThatPromisesTooMuchIsRefusedBeforeAnythingIsRead() throws {
    func file(_ name: String, _ bytes: Int) -> Listed { Listed(path: name, bytes: bytes, sha256: "") }
    let own = file("plugin.json", Self.descriptor.count)
    let cases: [([Listed], String)] = [
      ([own, file("a", 1 << 40)], "has more than 256 MB"), ([own, file("a", -1)], "has more than 256 MB"),
      ([own] + (0..<3).map { file("\($0)", 200 << 20) }, "more than 512 MB together"),
      ([own] + (0..<10_001).map { file("\($0)", 0) }, "more than 10000 files"),
      ([own, own], "is in it twice"), ([file("a", 1)], "there is no `plugin.json` in it"),
    ]
    for (listed, words) in cases {
      let said = try complaint(archive(plain, listed: listed)) { names in #expect(names.count == 3, "\(names)") }
      #expect(said?.contains(words) == true, "\(said ?? "")")
    }
  }

  @Test func filesThatAreNotWhatWasSaidAreRefused() throws {
    let listed = [
      Listed(
        path: "plugin.json", bytes: Self.descriptor.count, sha256: Digest.sha256(Self.descriptor))
    ]
    let other = Part(name: "plugin.json", bytes: Self.descriptor.map { $0 == 0x31 ? 0x32 : $0 })
    #expect(try complaint(archive([other], listed: listed))?.contains("its SHA-256 is another") == true)
    let longer = Part(name: "plugin.json", bytes: Self.descriptor + [0x20])
    #expect(try complaint(archive([longer], listed: listed))?.contains("where it says it holds") == true)
    let surplus = plain + [Part(name: "more", bytes: [1])]
    #expect(try complaint(archive(surplus, listed: listed))?.contains("it holds more than it says") == true)
    #expect(try complaint(archive([], listed: listed))?.contains("holds less than it says") == true)
  }

  /// A gigabyte of zeros packs into a megabyte; nobody unpacks them.
  @Test func aBombBehindTheEndIsNotUnpacked() throws {
    let zeros = [UInt8](repeating: 0, count: 64 << 20)
    #expect(try complaint(archive(plain, end: zeros))?.contains("it holds more than it says") == true)
    #expect(try complaint(Gzip.packed(zeros))?.contains("holds less than it says") == true)
  }

  @Test func anArchiveCutOffAnywhereIsRefused() throws {
    let bytes = try archive(
      plain + [Part(name: "a", bytes: (0..<5000).map { UInt8(truncatingIfNeeded: $0 &* $0 &* 31) })])
    for count in stride(from: 0, to: bytes.count, by: 7) {
      #expect(try complaint(Array(bytes[..<count])) != nil, "cut at \(count) of \(bytes.count)")
    }
    #expect(try complaint(bytes + [0])?.contains("Something follows") == true)
  }

  @Test func anArchiveChangedAnywhereIsRefused() throws {
    let bytes = try archive(plain)
    var random = SplitMix64(seed: 7)
    for _ in 0..<400 {
      var changed = bytes
      // Behind gzip's own head, in which a time and a system stand that nobody reads.
      let place = Int.random(in: 10..<bytes.count, using: &random)
      changed[place] ^= 1 << UInt8.random(in: 0..<8, using: &random)
      #expect(try complaint(changed) != nil, "changed at \(place)")
    }
  }
}
