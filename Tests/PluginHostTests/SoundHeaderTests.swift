import Foundation
import PluginHost
import Testing
import WorkerProtocol

/// Headers of sounds, right and hostile.
@Suite struct SoundHeaderTests {
  private static func little(_ value: UInt64, _ count: Int) -> [UInt8] {
    (0..<count).map { UInt8(truncatingIfNeeded: value >> UInt64(8 * $0)) }
  }
  private static func big(_ value: UInt64, _ count: Int) -> [UInt8] { little(value, count).reversed() }

  private static func part(_ name: String, _ body: [UInt8], size: UInt64? = nil) -> [UInt8] {
    Array(name.utf8) + little(size ?? UInt64(body.count), 4) + body + (body.count % 2 == 1 ? [0] : [])
  }

  private static func format(
    tag: UInt64 = 1, channels: UInt64 = 2, rate: UInt64 = 8000, block: UInt64 = 4, bits: UInt64 = 16, more: [UInt8] = []
  ) -> [UInt8] {
    part(
      "fmt ",
      little(tag, 2) + little(channels, 2) + little(rate, 4) + little(rate * block, 4) + little(block, 2)
        + little(bits, 2) + more)
  }

  private static func wav(_ parts: [UInt8]..., name: String = "RIFF") -> [UInt8] {
    let body = Array("WAVE".utf8) + parts.flatMap(\.self)
    return Array(name.utf8) + little(name == "RIFF" ? UInt64(body.count) : 0xFFFF_FFFF, 4) + body
  }

  private static func data(_ count: Int, size: UInt64? = nil) -> [UInt8] {
    part("data", [UInt8](repeating: 0, count: count), size: size)
  }

  private static func extensible(_ tag: UInt64) -> [UInt8] {
    little(22, 2) + little(16, 2) + little(3, 4) + little(tag, 2) + [
      0, 0, 0, 0, 0x10, 0, 0x80, 0, 0, 0xAA, 0, 0x38, 0x9B, 0x71,
    ]
  }

  private static func flac(rate: UInt64 = 16000, channels: UInt64 = 1, frames: UInt64 = 32000) -> [UInt8] {
    let packed = rate << 44 | (channels - 1) << 41 | 15 << 36 | frames
    return Array("fLaC".utf8) + [0x80] + big(34, 3) + big(4096, 2) + big(4096, 2) + [0, 0, 0, 0, 0, 0] + big(packed, 8)
      + [UInt8](repeating: 0, count: 16)
  }

  private static func aiff(rate: [UInt8] = [0x40, 0x0E, 0xAC, 0x44, 0, 0, 0, 0, 0, 0], sound: Int = 40) -> [UInt8] {
    let common = big(2, 2) + big(10, 4) + big(16, 2) + rate
    let body =
      Array("AIFF".utf8) + Array("COMM".utf8) + big(18, 4) + common + Array("SSND".utf8) + big(48, 4)
      + [UInt8](repeating: 0, count: 8 + sound)
    return Array("FORM".utf8) + big(UInt64(body.count), 4) + body
  }

  private func answer(_ bytes: [UInt8], _ reader: MediaReader) async throws -> MediaAnswer {
    let path = FileManager.default.temporaryDirectory.appendingPathComponent("concord-\(UUID().uuidString)").path
    try Data(bytes).write(to: URL(fileURLWithPath: path))
    defer { try? FileManager.default.removeItem(atPath: path) }
    return await reader.header(of: path)
  }

  private func reader() -> MediaReader { MediaReader(executable: buildFolder + "/concord-media") }

  private static func sound(
    _ format: SoundHeader.Format, _ rate: UInt32, _ channels: UInt32, _ frames: UInt64, _ bits: UInt32
  ) -> MediaAnswer {
    .sound(SoundHeader(format: format, rate: rate, channels: channels, frames: frames, bits: bits))
  }

  @Test func headersOfSoundsAreRead() async throws {
    let reader = reader()
    let files: [(bytes: [UInt8], answer: MediaAnswer)] = [
      (Self.wav(Self.format(), Self.data(400)), Self.sound(.wav, 8000, 2, 100, 16)),
      // What stands between is passed over; parts of odd length are filled up.
      (
        Self.wav(Self.part("LIST", [1, 2, 3]), Self.format(), Self.part("bext", [9]), Self.data(40)),
        Self.sound(.wav, 8000, 2, 10, 16)
      ),
      (
        Self.wav(Self.format(tag: 0xFFFE, more: Self.extensible(1)), Self.data(400)),
        Self.sound(.wav, 8000, 2, 100, 16)
      ),
      // A telephone's samples have one byte.
      (
        Self.wav(Self.format(tag: 7, channels: 1, block: 1, bits: 8), Self.data(50)), Self.sound(.wav, 8000, 1, 50, 8)
      ),
      // Of samples that are packed, only the file can say how many there are.
      (
        Self.wav(Self.format(tag: 2, block: 256, bits: 4), Self.part("fact", Self.little(777, 4)), Self.data(512)),
        Self.sound(.wav, 8000, 2, 777, 4)
      ),
      (Self.wav(Self.format(tag: 2, block: 256, bits: 4), Self.data(512)), Self.sound(.wav, 8000, 2, 0, 4)),
      (
        Self.wav(
          Self.part("ds64", Self.little(0, 8) + Self.little(400, 8) + Self.little(100, 8)), Self.format(),
          Self.data(400, size: 0xFFFF_FFFF), name: "RF64"), Self.sound(.wav, 8000, 2, 100, 16)
      ),
      (Self.wav(Self.format(), name: "BW64"), Self.sound(.wav, 8000, 2, 0, 16)),
      (Self.flac(), Self.sound(.flac, 16000, 1, 32000, 16)),
      (Array("ID3".utf8) + [4, 0, 0, 0, 0, 0, 5, 1, 2, 3, 4, 5] + Self.flac(), Self.sound(.flac, 16000, 1, 32000, 16)),
      (Self.aiff(), Self.sound(.aiff, 44100, 2, 10, 16)),
    ]
    for (number, file) in files.enumerated() {
      #expect(try await answer(file.bytes, reader) == file.answer, "\(number)")
    }
  }

  /// A header may promise more than there is: what counts is there.
  @Test func whatIsNotThereIsNotCounted() async throws {
    let reader = reader()
    #expect(
      try await answer(Self.wav(Self.format(), Self.data(40, size: 4000)), reader)
        == Self.sound(.wav, 8000, 2, 10, 16))
    #expect(
      try await answer(Self.wav(Self.format(), Self.data(40, size: 0xFFFF_FFFF)), reader)
        == Self.sound(.wav, 8000, 2, 10, 16))
    #expect(try await answer(Self.aiff(sound: 8), reader) == Self.sound(.aiff, 44100, 2, 2, 16))
  }

  @Test func whatMakesNoSenseIsDamaged() async throws {
    let reader = reader()
    let huge = Self.little(0x7FFF_FFFF_FFFF_FFFF, 8)
    let files = [
      Self.wav(Self.format(rate: 0), Self.data(4)), Self.wav(Self.format(channels: 0), Self.data(4)),
      Self.wav(Self.format(channels: 65535), Self.data(4)), Self.wav(Self.format(rate: 0xFFFF_FFFF), Self.data(4)),
      Self.wav(Self.format(block: 0), Self.data(4)), Self.wav(Self.data(4)), Self.wav(Self.part("fmt ", [1, 0])),
      Self.wav(Self.part("LIST", [], size: 0xFFFF_FFFF)), Array(Self.wav(Self.format()).prefix(24)),
      Self.wav(Self.part("ds64", huge + huge + huge), name: "RF64"), Self.flac(rate: 0),
      Array(Self.flac().prefix(30)), Self.aiff(rate: [0xC0, 0x0E, 0xAC, 0x44, 0, 0, 0, 0, 0, 0]),
      Self.aiff(rate: [0x7F, 0xFF, 0xFF, 0xFF, 0, 0, 0, 0, 0, 0]), Array(Self.aiff().prefix(30)),
    ]
    for (number, bytes) in files.enumerated() { #expect(try await answer(bytes, reader) == .damaged, "\(number)") }
    #expect(try await answer(Array("RIFF....AVI LIST".utf8), reader) == .notKnown)
    #expect(try await answer(Array("ID3".utf8) + [4, 0, 0, 0, 0, 0, 1, 9, 9, 9], reader) == .notKnown)
    // A thousand empty parts, and no end of them.
    let many = Self.wav((0..<2000).flatMap { _ in Self.part("junk", []) } + Self.format())
    #expect(try await answer(many, reader) == .damaged)
  }

  @Test func everyByteOfASoundPlayedWithIsSurvived() async throws {
    let reader = reader()
    let wholes = [
      Self.wav(Self.format(tag: 0xFFFE, more: Self.extensible(3)), Self.part("fact", [1, 0, 0, 0]), Self.data(8)),
      Self.flac(), Self.aiff(),
    ]
    _ = try await answer(wholes[0], reader)
    let first = await reader.processID
    for whole in wholes {
      for index in whole.indices {
        for change: UInt8 in [0xFF, 0x80, 0x01] {
          var bytes = whole
          bytes[index] ^= change
          _ = try await answer(bytes, reader)
        }
        _ = try await answer(Array(whole.prefix(index)), reader)
      }
    }
    // The same process all along: nothing in there stopped it.
    #expect(await reader.processID == first)
  }
}
