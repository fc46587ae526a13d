import Files
import Foundation
import PluginHost
import TestSupport
import Testing

/// What a library asks the loader for, against what `readelf` says of the same file.
@Suite struct LoaderNeedsTests {
  private static let products = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
    .deletingLastPathComponent()

  private static var libraries: [String] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: products.path)) ?? []
    return names.filter { $0.hasPrefix("lib") && $0.hasSuffix(".so") }.sorted()
  }

  private func needed(_ path: String) throws -> [String] {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/readelf")
    process.arguments = ["-dW", path]
    process.environment = ["LC_ALL": "C"]
    let file = FileManager.default.temporaryDirectory.appendingPathComponent("concord-\(UUID().uuidString)")
    try Data().write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    process.standardOutput = try FileHandle(forWritingTo: file)
    try process.run()
    process.waitUntilExit()
    try #require(process.terminationStatus == 0)
    return try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
      .filter { $0.contains("(NEEDED)") }
      .compactMap { line in line.split(separator: "[").last?.split(separator: "]").first.map(String.init) }
  }

  @Test func everyLibraryHereReadsAsReadelfReadsIt() throws {
    #expect(Self.libraries.contains("libExampleC.so"))
    for name in Self.libraries {
      let path = Self.products.appendingPathComponent(name).path
      let needs = try LoaderNeeds(FileSystem.regularFile(path, limit: 256 << 20))
      #expect(needs.libraries == (try needed(path)), "\(name)")
      #expect(needs.machine == LoaderNeeds.here)
    }
  }

  /// As people build one; the package's own build hands Swift's runtime to every library.
  @Test func aLibraryInCAsksForNothingOthersLack() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("concord-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try Data("#include <math.h>\ndouble half(double x) { return floor(x / 2); }\n".utf8)
      .write(to: folder.appendingPathComponent("half.c"))
    let compiler = Process()
    compiler.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    compiler.arguments = ["cc", "-shared", "-fPIC", "-o", "half.so", "half.c", "-lm"]
    compiler.currentDirectoryURL = folder
    try compiler.run()
    compiler.waitUntilExit()
    try #require(compiler.terminationStatus == 0)
    let path = folder.appendingPathComponent("half.so").path
    #expect(try LoaderNeeds(FileSystem.regularFile(path, limit: 1 << 26)).problem == nil)
    let swift = Self.products.appendingPathComponent("libExampleC.so").path
    #expect(try LoaderNeeds(FileSystem.regularFile(swift, limit: 1 << 26)).problem != nil)
  }

  @Test func whatIsNoLibraryIsRefused() {
    for bytes in [[], Array("#!/bin/sh\n".utf8), [0x7F, 0x45, 0x4C, 0x46, 2, 1]] as [[UInt8]] {
      #expect(throws: PluginProblem.self) { try LoaderNeeds(bytes) }
    }
  }

  /// Tables that lead nowhere, overlap or never end: an answer or a refusal, and no stop.
  @Test func damagedTablesAreReadOrRefused() throws {
    let path = Self.products.appendingPathComponent("libExampleC.so").path
    let bytes = try FileSystem.regularFile(path, limit: 1 << 26)
    var random = SplitMix64(seed: 3)
    var refused = 0
    for _ in 0..<20_000 {
      var changed = bytes
      for _ in 0...Int.random(in: 0..<6, using: &random) {
        // The head and the tables of segments stand in front; the rest is damaged now and then.
        let end = Bool.random(using: &random) ? min(1024, bytes.count) : bytes.count
        changed[Int.random(in: 0..<end, using: &random)] = UInt8.random(in: 0...255, using: &random)
      }
      if (try? LoaderNeeds(changed)) == nil { refused += 1 }
    }
    #expect(refused > 0)
    for count in stride(from: 0, to: bytes.count, by: 97) { _ = try? LoaderNeeds(Array(bytes[..<count])) }
  }
}
