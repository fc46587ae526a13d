/// Markdown for clients that show text as it is.
enum PlainText {
  /// Without marks of emphasis and code, without escapes; links keep their text. Blocks stay apart as they are.
  static func text(ofMarkdown markdown: String) -> String {
    var out = String.UnicodeScalarView()
    let scalars = Array(markdown.unicodeScalars)
    var index = 0
    var isCode = false
    while index < scalars.count {
      let scalar = scalars[index]
      switch scalar {
      case "`":
        isCode.toggle()
      case "\\" where !isCode && index + 1 < scalars.count && isPunctuation(scalars[index + 1]):
        index += 1
        out.append(scalars[index])
      case "*" where !isCode && index + 1 < scalars.count && scalars[index + 1] == "*":
        index += 1
      case "[" where !isCode:
        guard let link = link(in: scalars, at: index) else {
          out.append(scalar)
          break
        }
        out.append(contentsOf: scalars[link.text])
        index = link.end
      case "-" where !isCode && isRule(scalars, at: index):
        index += 2
      default: out.append(scalar)
      }
      index += 1
    }
    return String(out)
  }

  private static func isPunctuation(_ scalar: Unicode.Scalar) -> Bool {
    scalar.isASCII && !scalar.properties.isAlphabetic && scalar.properties.numericType == nil && scalar.value > 0x20
  }

  /// `---` alone in its line.
  private static func isRule(_ scalars: [Unicode.Scalar], at index: Int) -> Bool {
    index + 2 < scalars.count && scalars[index + 1] == "-" && scalars[index + 2] == "-"
      && (index == 0 || scalars[index - 1] == "\n") && (index + 3 == scalars.count || scalars[index + 3] == "\n")
  }

  /// `[text](address)`: the text, and the last place of it all. Links are short, so that a text of brackets costs little.
  private static func link(in scalars: [Unicode.Scalar], at open: Int) -> (text: Range<Int>, end: Int)? {
    let limit = min(scalars.count, open + 1000)
    guard let close = scalars[open..<limit].firstIndex(of: "]"), close + 1 < limit, scalars[close + 1] == "(",
      let end = scalars[close..<limit].firstIndex(of: ")")
    else { return nil }
    return (open + 1..<close, end)
  }
}
