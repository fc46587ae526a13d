package import Manifest

/// What stands where in a list of numbers, as the schema says it.
package enum ListLayout: Sendable, Hashable {
  package struct Position: Sendable, Hashable {
    package var name: String
    package var description: String?
  }
  /// `x-positions`, or the titles of `prefixItems`; where the former end in `…`, a longer list begins anew.
  case named([Position], repeats: Bool)
  /// `x-geometry`: the form, its convention as it is written (`xywh`), and the unit as it is written (`px`).
  case geometry(RoleTable.Geometry, convention: String?, unit: String?)
}

extension SchemaEvaluator {
  /// What stands where in the list at a node; `nil` if the schema does not say it. Cost: one evaluation of the record.
  package func layout(of node: Int, in tree: RecordTree, at entry: SchemaEntry) -> ListLayout? {
    var found: ListLayout?
    for index in places(of: node, in: tree, at: entry) {
      let place = program.code.places[Int(index)]
      let schema = program.code.documents[Int(place.document)].tree
      let members = schema.membersByKey(of: Int(place.node))
      if let list = members["x-positions"].flatMap({ Self.positions(at: $0, in: schema) }) {
        let repeats = list.count > 1 && list.last?.name == "…"
        return .named(repeats ? list.dropLast() : list, repeats: repeats)
      }
      if let geometry = members["x-geometry"], let layout = Self.geometry(geometry, in: schema) { return layout }
      if let list = members["prefixItems"].flatMap({ Self.positions(at: $0, in: schema) }) {
        found = .named(list, repeats: false)
      }
    }
    return found
  }

  /// Names in a list, or `name` (`title`) and `description` of the objects in it; `nil` if there is anything else.
  static func positions(at list: Int, in schema: RecordTree) -> [ListLayout.Position]? {
    guard schema.nodes[list].kind == .array else { return nil }
    var positions: [ListLayout.Position] = []
    for child in schema.children(of: list) {
      if let name = schema.plainString(of: child) {
        positions.append(.init(name: name))
        continue
      }
      let members = schema.membersByKey(of: child)
      guard let name = (members["name"] ?? members["title"]).flatMap({ schema.plainString(of: $0) }) else { return nil }
      positions.append(
        .init(name: name, description: members["description"].flatMap { schema.plainString(of: $0) }))
    }
    return positions.isEmpty ? nil : positions
  }

  private static func geometry(_ node: Int, in schema: RecordTree) -> ListLayout? {
    let members = schema.membersByKey(of: node)
    func text(_ key: String) -> String? { members[key].flatMap { schema.plainString(of: $0) } }
    let form = RoleTable.Geometry.allCases.first { form in text("type") == "\(form)" && form != .none }
    return form.map { .geometry($0, convention: text("convention"), unit: text("unit")) }
  }
}
