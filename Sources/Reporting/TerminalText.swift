/// Text cut into what a terminal puts into cells: one user-perceived character each, made safe to print.
struct TerminalText: Sendable {
  struct Cell: Sendable, Hashable {
    var text: String
    /// Columns: 0, 1 or 2.
    var width: Int
  }

  var cells: [Cell]

  /// Cost: one step a scalar.
  init(_ text: String) { cells = text.map(Self.cell) }

  var width: Int { cells.reduce(0) { $0 + $1.width } }

  private static func cell(_ character: Character) -> Cell {
    // "\r\n" is one character; what else could steer the terminal or turn the direction of text is shown by a stand-in.
    let scalars = character.unicodeScalars.prefix(16)
    var text = ""
    var width = 0
    for scalar in scalars {
      let shown = visible(scalar)
      text.unicodeScalars.append(shown)
      width = max(width, columns(of: shown))
    }
    let isEmoji = scalars.count > 1 && scalars.contains { $0.value == 0xFE0F }
    return Cell(text: text, width: isEmoji ? 2 : width)
  }

  /// The scalar itself, or what stands for it: control pictures for control characters, U+FFFD for direction marks.
  static func visible(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    switch scalar.value {
    case 0x09: " "
    case 0x00...0x1F: Unicode.Scalar(0x2400 + scalar.value) ?? "\u{FFFD}"
    case 0x7F: "\u{2421}"
    case 0x80...0x9F, 0x061C, 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x2069: "\u{FFFD}"
    default: scalar
    }
  }

  static func columns(of scalar: Unicode.Scalar) -> Int {
    if scalar.value < 0x300 { return scalar.value == 0xAD ? 0 : 1 }
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format: return 0
    default: break
    }
    // Vowels and final consonants of Korean syllables written in parts stand on the first consonant.
    if (0x1160...0x11FF).contains(scalar.value) { return 0 }
    var low = 0
    var high = wideScalars.count
    while low < high {
      let middle = (low + high) / 2
      if wideScalars[middle].last < scalar.value { low = middle + 1 } else { high = middle }
    }
    return low < wideScalars.count && wideScalars[low].first <= scalar.value ? 2 : 1
  }
}

extension String {
  /// The text on one line, with nothing in it that could steer a terminal.
  var printable: String {
    var out = ""
    for scalar in unicodeScalars {
      out.unicodeScalars.append(scalar == "\n" ? " " : TerminalText.visible(scalar))
    }
    return out
  }
}
