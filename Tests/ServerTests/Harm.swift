import Foundation
import Testing

/// One file made to do harm: where it lies in a dataset or among the plugins, and how it is made.
struct Harm: Sendable, CustomTestStringConvertible {
  var name: String
  var make: @Sendable (ServerVocabularyTests.Dataset) throws -> Void
  var testDescription: String { name }

  init(_ name: String, _ make: @escaping @Sendable (ServerVocabularyTests.Dataset) throws -> Void) {
    self.name = name
    self.make = make
  }

  init(_ name: String, _ path: String, _ text: @escaping @autoclosure @Sendable () -> String) {
    self.init(name) { try $0.write(path, text()) }
  }

  init(_ name: String, _ path: String, bytes: [UInt8]) {
    self.init(name) { dataset in
      try dataset.write(path, "")
      try Data(bytes).write(to: URL(fileURLWithPath: dataset.path(path)))
    }
  }

  /// Something else than a file, where a file is read.
  static func places(_ path: String) -> [Harm] {
    [
      Harm("\(path) is a FIFO") { try $0.replace(path, with: ["/usr/bin/mkfifo"]) },
      Harm("\(path) is an endless device") { try $0.replace(path, with: ["/bin/ln", "-s", "/dev/zero"]) },
      Harm("\(path) is a terminal") { try $0.replace(path, with: ["/bin/ln", "-s", "/dev/tty"]) },
      Harm("\(path) leads out") { try $0.replace(path, with: ["/bin/ln", "-s", "/etc/passwd"]) },
      Harm("\(path) leads to itself") { try $0.replace(path, with: ["/bin/ln", "-s", $0.path(path)]) },
      Harm("\(path) leads to memory") { try $0.replace(path, with: ["/bin/ln", "-s", "/proc/self/mem"]) },
      Harm("\(path) is a folder") { try $0.replace(path, with: ["/bin/mkdir"]) },
      Harm("\(path) is empty", path, ""),
      Harm("\(path) is not text", path, bytes: (0..<4_096).map { UInt8(truncatingIfNeeded: $0 &* 0x9D &+ $0 >> 3) }),
      Harm("\(path) is NUL", path, bytes: [UInt8](repeating: 0, count: 4_096)),
    ]
  }

  /// Texts that have broken readers of JSON.
  static func texts(_ path: String, _ wrap: @escaping @Sendable (String) -> String) -> [Harm] {
    [
      Harm("\(path) is deep", path, wrap(many("[", 50_000) + many("]", 50_000))),
      Harm("\(path) is deep in objects", path, wrap(many(#"{"a":"#, 20_000) + "1" + many("}", 20_000))),
      Harm("\(path) is deep and ends", path, many("[{\"a\":", 20_000)),
      Harm(
        "\(path) has giant numbers", path,
        wrap("[1e999999999, -1e-999999999, \(many("9", 20_000)), 0.\(many("1", 20_000))]")),
      Harm("\(path) has a key many times", path, wrap("{" + many("\"a\": 1, ", 10_000) + "\"a\": 2}")),
      Harm("\(path) has NUL and surrogates", path, wrap(#"["\u0000", "\ud800", "\udfff\ud800", "a\u0000b"]"#)),
      Harm("\(path) has bytes that are no text", path, bytes: Array(wrap("\"?\"").utf8).map { $0 == 0x3F ? 0xFF : $0 }),
      Harm("\(path) is one long text", path, wrap("\"\(many("x", 8 << 20))\"")),
      Harm("\(path) has marks of other encodings", path, "\u{FEFF}\u{FEFF}" + wrap("1")),
    ]
  }
}

func many(_ text: String, _ count: Int) -> String { String(repeating: text, count: count) }

/// A list with commas between.
func list(_ count: Int, _ item: (Int) -> String) -> String { (0..<count).map(item).joined(separator: ",") }

extension ServerVocabularyTests.Dataset {
  /// Puts what a program makes of a path there.
  func replace(_ name: String, with command: [String]) throws {
    try write(name, "")
    try FileManager.default.removeItem(atPath: path(name))
    try #require(try Program(command[0], command.dropFirst() + [path(name)]).status == 0)
  }
}
