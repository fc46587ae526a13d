import Files

/// Other names under which a file that is not where its path says may lie beside it.
///
/// Each is looked for by itself, so that a folder with a hundred thousand pictures is never listed. Other folders are not
/// looked into: many forms name pictures alone, and leave their folder to whoever reads them.
enum MediaNames {
  private static let endings = [
    ["jpg", "jpeg", "png", "JPG", "JPEG", "PNG"], ["wav", "flac", "WAV", "FLAC"], ["json", "jsonl", "ndjson"],
  ]
  /// Longer paths are no names.
  private static let longest = 200

  /// With another ending, or in other capitals; the likeliest first.
  static func others(_ written: String) -> [String] {
    guard !written.isEmpty, written.utf8.count <= longest, !written.hasSuffix("/") else { return [] }
    let name = Paths.name(of: written)
    let folder = String(written.dropLast(name.count))
    var names: [String] = []
    if let dot = name.lastIndex(of: "."), dot != name.startIndex {
      let ending = name[name.index(after: dot)...].lowercased()
      names += (endings.first { $0.contains(ending) } ?? []).map { name[...dot] + $0 }
    }
    names += [name.lowercased(), name.uppercased()]
    return names.map { folder + $0 }.filter { !$0.utf8.elementsEqual(written.utf8) }
  }
}
