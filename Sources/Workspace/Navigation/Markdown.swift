/// What people wrote in files, made safe to stand in Markdown.
enum Markdown {
  /// Plain text that reads the same.
  static func escaped(_ text: String) -> String {
    var out = ""
    for scalar in text.unicodeScalars {
      if "\\`*_{}[]<>#|~".unicodeScalars.contains(scalar) { out += "\\" }
      out.unicodeScalars.append(scalar == "\n" || scalar == "\r" ? " " : scalar)
    }
    return out
  }
}
