import CWorkerSystem
import Foundation
import PluginHost
import Testing
import WorkerProtocol

@Suite struct MediaTests {
  private func big(_ number: UInt32) -> [UInt8] {
    (0..<4).map { UInt8(truncatingIfNeeded: number >> UInt32(24 - 8 * $0)) }
  }

  private func crc(_ bytes: [UInt8]) -> UInt32 {
    ~bytes.reduce(UInt32.max) { crc, byte in
      (0..<8).reduce(crc ^ UInt32(byte)) { crc, _ in crc & 1 == 1 ? crc >> 1 ^ 0xEDB8_8320 : crc >> 1 }
    }
  }

  private func chunk(_ name: String, _ data: [UInt8]) -> [UInt8] {
    let body = Array(name.utf8) + data
    return big(UInt32(data.count)) + body + big(crc(body))
  }

  private func png(_ width: UInt32, _ height: UInt32, _ more: [UInt8] = []) -> [UInt8] {
    [0x89, 0x50, 0x4E, 0x47, 13, 10, 26, 10] + chunk("IHDR", big(width) + big(height) + [8, 2, 0, 0, 0]) + more
      + chunk("IDAT", [])
  }

  /// Exif with the orientation and nothing else.
  private func exif(_ orientation: UInt8) -> [UInt8] {
    [0x4D, 0x4D, 0, 42, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0, 0, 0, 0, 0]
  }

  private func jpeg(_ width: UInt16, _ height: UInt16, orientation: UInt8? = nil) -> [UInt8] {
    func segment(_ marker: UInt8, _ data: [UInt8]) -> [UInt8] {
      [0xFF, marker, UInt8((data.count + 2) >> 8), UInt8((data.count + 2) & 255)] + data
    }
    let size = [UInt8(height >> 8), UInt8(height & 255), UInt8(width >> 8), UInt8(width & 255)]
    let app = orientation.map { segment(0xE1, Array("Exif\0\0".utf8) + exif($0)) } ?? []
    return [0xFF, 0xD8] + app + segment(0xC0, [8] + size + [1, 1, 0x11, 0]) + segment(0xDA, [1, 1, 0, 0, 63, 0])
  }

  private func withFile(_ bytes: [UInt8], _ body: (String) async throws -> Void) async throws {
    let path = FileManager.default.temporaryDirectory.appendingPathComponent("concord-\(UUID().uuidString)").path
    try Data(bytes).write(to: URL(fileURLWithPath: path))
    defer { try? FileManager.default.removeItem(atPath: path) }
    try await body(path)
  }

  private func reader() -> MediaReader { MediaReader(executable: buildFolder + "/concord-media") }

  @Test func headersAreRead() async throws {
    let reader = reader()
    let files: [([UInt8], MediaAnswer)] = [
      (png(1920, 1080), .header(MediaHeader(format: .png, width: 1920, height: 1080, channels: 3))),
      (
        png(3, 4, chunk("eXIf", exif(8))),
        .header(MediaHeader(format: .png, width: 3, height: 4, orientation: 8, channels: 3))
      ),
      (jpeg(640, 480), .header(MediaHeader(format: .jpeg, width: 640, height: 480, channels: 1))),
      (
        jpeg(640, 480, orientation: 6),
        .header(MediaHeader(format: .jpeg, width: 640, height: 480, orientation: 6, channels: 1))
      ),
      (Array(jpeg(640, 480).prefix(12)), .damaged), (Array(png(1, 1).prefix(20)), .damaged), (png(0, 5), .damaged),
      (Array("{}".utf8), .notKnown), ([], .notKnown),
    ]
    for (bytes, answer) in files {
      try await withFile(bytes) { path in #expect(await reader.header(of: path) == answer) }
    }
    #expect(await reader.header(of: "/nonexistent") == .unreadable)
    #expect(await reader.header(of: "/dev/null") == .unreadable)
  }

  @Test func everyBytePlayedWithIsSurvived() async throws {
    let reader = reader()
    let whole = jpeg(16, 16, orientation: 3)
    let first = try await { () async throws -> Int32? in
      try await withFile(whole) { _ = await reader.header(of: $0) }
      return await reader.processID
    }()
    for index in whole.indices {
      var bytes = whole
      bytes[index] ^= 0xFF
      try await withFile(bytes) { path in _ = await reader.header(of: path) }
    }
    // The same process all along: nothing in there stopped it.
    #expect(await reader.processID == first)
  }

  @Test func aKilledReaderIsReplacedAndAChangedFileReadAgain() async throws {
    let reader = reader()
    try await withFile(png(5, 6)) { path in
      let answer = MediaAnswer.header(MediaHeader(format: .png, width: 5, height: 6, channels: 3))
      #expect(await reader.header(of: path) == answer)
      ws_kill(try #require(await reader.processID))
      #expect(await reader.header(of: path) == answer)
      try Data(png(50, 6)).write(to: URL(fileURLWithPath: path))
      #expect(await reader.header(of: path) == .header(MediaHeader(format: .png, width: 50, height: 6, channels: 3)))
    }
  }

  @Test func withoutItsProgramNothingHangs() async throws {
    let reader = MediaReader(executable: "/nonexistent")
    try await withFile(png(5, 6)) { path in
      #expect(await reader.header(of: path) == .unreadable)
      #expect(await reader.header(of: path) == .unreadable)
    }
  }
}
