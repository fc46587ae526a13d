/// What a library (ELF, 64 bits) asks the system's loader for, read without loading it.
///
/// Bytes are anybody's: every number in them is checked where it is used, and work is bounded by the tables' sizes.
package struct LoaderNeeds: Sendable, Hashable {
  /// Names of libraries, in order, each once.
  package private(set) var libraries: [String] = []
  /// The processor it is for, as `uname -m` says it; a number where it is another.
  package private(set) var machine = ""

  /// What every Linux system with the GNU C library has, beside that of C++.
  package static let everywhere: Set<String> = [
    "libc.so.6", "libm.so.6", "libstdc++.so.6", "libgcc_s.so.1", "libdl.so.2", "libpthread.so.0", "librt.so.1",
    "ld-linux-x86-64.so.2", "ld-linux-aarch64.so.1",
  ]

  /// This machine's processor.
  package static var here: String {
    #if arch(arm64)
      "aarch64"
    #else
      "x86_64"
    #endif
  }

  private static let segmentLimit = 4096
  private static let entryLimit = 65536
  private static let nameLimit = 255
  /// Tags of entries that name something to load: needed, auxiliary, filter, and the two kinds of audit.
  private static let naming: Set<UInt64> = [1, 0x7FFF_FFFD, 0x7FFF_FFFF, 0x6FFF_FEFB, 0x6FFF_FEFC]

  /// Throws in plain words if it is no library of this kind.
  package init(_ bytes: [UInt8]) throws(PluginProblem) {
    let file = Image(bytes: bytes)
    guard bytes.starts(with: [0x7F, 0x45, 0x4C, 0x46, 2, 1]), file.number(16, 2) == 3, let kind = file.number(18, 2)
    else { throw PluginProblem("it is no library for Linux on a processor of 64 bits") }
    machine = kind == 62 ? "x86_64" : kind == 183 ? "aarch64" : "\(kind)"
    guard let names = Self.names(in: file) else { throw PluginProblem("it is damaged: its tables lead nowhere") }
    for name in names where !libraries.contains(name) { libraries.append(name) }
  }

  /// What is not on every system.
  package var surplus: [String] { libraries.filter { !Self.everywhere.contains($0) } }

  /// Why a library can't be given to others, in a sentence; `nil` if it can.
  package var problem: String? {
    guard let first = surplus.first else { return nil }
    let names = surplus.map { "`\($0)`" }.joined(separator: ", ")
    let isSwift = ["libswift", "libFoundation", "lib_Foundation", "libdispatch", "libBlocksRuntime"].contains {
      first.hasPrefix($0)
    }
    let advice =
      isSwift
      ? "Build it with Swift's own library inside: `-static-stdlib`, as the folder of `concord plugin new --swift` does."
      : "Link it in (the `.a` instead of the `.so`)."
    return "It asks for \(names), which other people's systems may lack. \(advice)"
  }

  private struct Image {
    let bytes: [UInt8]

    /// Little-endian; `nil` beyond the end.
    func number(_ offset: Int, _ width: Int) -> UInt64? {
      guard offset >= 0, offset <= bytes.count - width else { return nil }
      return bytes[offset..<offset + width].reversed().reduce(0) { $0 << 8 | UInt64($1) }
    }

    func place(_ offset: Int) -> Int? {
      number(offset, 8).flatMap { $0 <= UInt64(bytes.count) ? Int($0) : nil }
    }
  }

  private static func names(in file: Image) -> [String]? {
    guard let table = file.place(32), let width = file.number(54, 2), let count = file.number(56, 2), width >= 56,
      count <= UInt64(segmentLimit)
    else { return nil }
    var loaded: [(address: UInt64, offset: Int, size: UInt64)] = []
    var dynamic: (start: Int, count: Int)?
    for index in 0..<Int(count) {
      let at = table + index * Int(width)
      guard let kind = file.number(at, 4) else { return nil }
      guard kind == 1 || kind == 2 else { continue }
      guard let offset = file.place(at + 8), let address = file.number(at + 16, 8), let size = file.number(at + 32, 8)
      else { return nil }
      if kind == 1 {
        loaded.append((address, offset, size))
      } else {
        dynamic = (offset, Int(min(size / 16, UInt64(entryLimit))))
      }
    }
    // Nothing dynamic, nothing asked for.
    guard let dynamic else { return [] }
    var wanted: [UInt64] = []
    var texts: (address: UInt64, size: UInt64)? = nil
    var size: UInt64 = 0
    for index in 0..<dynamic.count {
      guard let tag = file.number(dynamic.start + index * 16, 8),
        let value = file.number(dynamic.start + index * 16 + 8, 8)
      else { return nil }
      if tag == 0 { break }
      if naming.contains(tag) { wanted.append(value) }
      if tag == 5 { texts = (value, 0) }
      if tag == 10 { size = value }
    }
    guard !wanted.isEmpty else { return [] }
    guard let address = texts?.address,
      let segment = loaded.first(where: { address >= $0.address && address - $0.address < $0.size })
    else { return nil }
    let distance = Int(clamping: address - segment.address)
    let (start, isTooFar) = segment.offset.addingReportingOverflow(distance)
    guard !isTooFar, start < file.bytes.count else { return nil }
    let end = start + min(Int(clamping: size), file.bytes.count - start)
    var names: [String] = []
    for offset in wanted {
      guard offset < UInt64(end - start) else { return nil }
      let text = file.bytes[(start + Int(offset))..<end].prefix(nameLimit + 1).prefix { $0 != 0 }
      guard !text.isEmpty, text.count <= nameLimit else { return nil }
      names.append(String(decoding: text, as: UTF8.self))
    }
    return names
  }
}
