import Manifest

extension SchemaProgram {
  private static let telling: Set = ["title", "markdownDescription", "description", "deprecationMessage"]

  /// The numbers of a spot's places that have something to tell, the first few: a choice may have a thousand that have nothing.
  package func tellingPlaces(of spot: SchemaSpot) -> [UInt32] {
    var found: [UInt32] = []
    for entry in spot.entries where found.count < 16 {
      let own = code.places[Int(entry.place.place)]
      let tree = code.documents[Int(own.document)].tree
      guard tree.nodes[Int(own.node)].kind == .object else { continue }
      let tells = tree.children(of: Int(own.node)).contains { tree.key(of: $0).map(Self.telling.contains) ?? false }
      if tells { found.append(entry.place.place) }
    }
    return found
  }

  /// Title and description that places have, by the numbers of `tellingPlaces`; `nil` if they say nothing. Any numbers do.
  package func description(ofPlaces places: [UInt32]) -> SchemaDescription? {
    var title: String?
    var parts: [String] = []
    for place in places where Int(place) < code.places.count {
      let own = code.places[Int(place)]
      let tree = code.documents[Int(own.document)].tree
      func text(_ key: String) -> String? { tree.member(key, of: Int(own.node)).flatMap { tree.string(of: $0) } }
      title = title ?? text("title")
      for part in [
        text("markdownDescription") ?? text("description").map(Self.plain), text("deprecationMessage").map(Self.plain),
      ] {
        if let part, !part.isEmpty, !parts.contains(part) { parts.append(part) }
      }
    }
    return title == nil && parts.isEmpty
      ? nil : SchemaDescription(title: title, markdown: parts.joined(separator: "\n\n"))
  }

  /// The title of the first place that has one.
  package func title(of spot: SchemaSpot) -> String? {
    for place in spot.entries.lazy.map(\.place.place) {
      let own = code.places[Int(place)]
      let tree = code.documents[Int(own.document)].tree
      if let title = tree.member("title", of: Int(own.node)).flatMap({ tree.string(of: $0) }) { return title }
    }
    return nil
  }

  /// Plain text as Markdown that reads the same.
  private static func plain(_ text: String) -> String {
    var out = ""
    for scalar in text.unicodeScalars {
      if "\\`*_{}[]<>#|~".unicodeScalars.contains(scalar) { out += "\\" }
      out.unicodeScalars.append(scalar)
    }
    return out
  }
}
