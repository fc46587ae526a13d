import Findings

/// An example of a rule's page: texts with marks where something is found.
struct TrialText: Sendable {
  struct File: Sendable {
    var name: String
    var bytes: [UInt8]
    /// What stands between `⟪` and `⟫`, in order of place.
    var marks: [Range<Int>]
  }

  var rule: String
  /// `good example 2 of speech/overlap`.
  var title: String
  var isBad: Bool
  /// At least one.
  var files: [File]

  /// Examples of a rule, the bad ones first: they tell which format a rule speaks of.
  static func all(of rule: RuleInfo) -> [TrialText] {
    func texts(_ texts: [String], isBad: Bool) -> [TrialText] {
      texts.enumerated().map { number, text in
        TrialText(
          rule: rule.id, title: "\(isBad ? "bad" : "good") example \(number + 1) of \(rule.id)", isBad: isBad,
          files: files(in: Array(text.utf8)))
      }
    }
    return texts(rule.bad, isBad: true) + texts(rule.good, isBad: false)
  }

  /// Parts a text at lines `//- name`. A text without such a line is one file.
  static func files(in text: [UInt8]) -> [File] {
    let head = Array("//- ".utf8)
    var files: [(name: String, lines: [ArraySlice<UInt8>])] = []
    var isNamed = false
    for line in text.split(separator: 0x0A, omittingEmptySubsequences: false) {
      if line.starts(with: head) {
        let name = String(decoding: line.dropFirst(head.count), as: UTF8.self)
        if !isNamed, files.first?.lines.allSatisfy({ $0.isEmpty }) == true { files = [] }
        files.append((name, []))
        isNamed = true
      } else if files.isEmpty {
        files.append(("example.json", [line]))
      } else {
        files[files.count - 1].lines.append(line)
      }
    }
    return files.map { unmarked($0.name, Array($0.lines.joined(separator: [0x0A]))) }
  }

  /// `⟪` is E2 9F AA, `⟫` E2 9F AB.
  private static func unmarked(_ name: String, _ text: [UInt8]) -> File {
    var file = File(name: name, bytes: [], marks: [])
    var open: [Int] = []
    var at = 0
    while at < text.count {
      if at + 2 < text.count, text[at] == 0xE2, text[at + 1] == 0x9F, text[at + 2] & 0xFE == 0xAA {
        if text[at + 2] == 0xAA {
          open.append(file.bytes.count)
        } else if let start = open.popLast() {
          file.marks.append(start..<file.bytes.count)
        }
        at += 3
      } else {
        file.bytes.append(text[at])
        at += 1
      }
    }
    file.marks.sort { ($0.lowerBound, $0.upperBound) < ($1.lowerBound, $1.upperBound) }
    return file
  }
}
