import PluginKit

/// Something said of an object that may be said of other objects alone.
struct AttributeScopeViolation: GroupRule {
  static let info = RuleInfo(
    id: "attribute-scope-violation", severity: .error,
    summary: "Of an object only that is said which its class, or its kind of label, has.",
    why: "Programs read of each class what it is declared with: the rest is dropped, or stops them.",
    source:
      "Datumaro: the attributes in the list of names. Supervisely: `applicable_type` and `classes` of a tag in `meta.json`. "
      + "What the tools write by themselves, and what no class declares, is left alone.",
    message: "`{name}` is said of {others} here, not of {class}. Take it out, or correct the class.",
    messages: [
      "spelled": "{class} has `{other}`, and this says `{name}`. Programs take the two for different things.",
      "picture": "The tag *{name}* is for whole pictures, not for single objects. Move it to the picture's tags.",
      "object": "The tag *{name}* is for single objects, not for whole pictures. Give it to the objects.",
      "class": "The tag *{name}* is for {others}, not for {class}. Take it off, or correct the class.",
      "declared": "What may be said of it stands here",
      "remove": "Take `{name}` out", "rename": "Write `{other}`",
    ],
    good: [
      file(of: #""parked": true, "occluded": false, "track_id": 7"#, cup: #""color": "red""#),
      file(of: #""score": 0.5, "checked_by": "ann-07""#, cup: #""color": "red""#),
    ],
    bad: [
      file(of: #""parked": true, "color": ⟪"red"⟫"#, cup: #""color": "red""#),
      file(of: #""Parked": ⟪true⟫"#, cup: ""),
      """
      //- concord.json
      {}
      //- meta.json
      {"classes": [{"title": "cup", "shape": "rectangle"}, {"title": "car", "shape": "rectangle"}], "tags": [{"name": "parked", "value_type": "none", "applicable_type": "objectsOnly", "classes": ["car"]}]}
      //- desk.json
      {"description": "", "tags": [{"name": ⟪"parked"⟫}], "size": {"height": 480, "width": 640}, "objects": [{"classTitle": "cup", "geometryType": "rectangle", "tags": [{"name": ⟪"parked"⟫}], "points": {"exterior": [[1, 2], [30, 40]], "interior": []}}, {"classTitle": "car", "geometryType": "rectangle", "tags": [{"name": "parked"}], "points": {"exterior": [[100, 2], [130, 40]], "interior": []}}]}
      """,
    ])
  static let reads = Reads(
    fields: [.allowedAttributes, .commonAttributes, .scopedAttributes, .objectTag, .pictureTag, .label, .name],
    needs: [.allowedAttributes, .commonAttributes, .scopedAttributes, .objectTag, .pictureTag],
    lookups: [.definition(of: .label), .definition(of: .objectTag), .definition(of: .pictureTag)])
  static let kind = FactKind("vision/attribute")
  static let states = [kind]
  static let fewest = 2

  /// What tools write of any object without declaring it.
  private static let ofTools: Set<String> = [
    "occluded", "truncated", "difficult", "rotation", "track_id", "keyframe", "outside", "is_crowd", "iscrowd", "score",
    "frame", "z_order", "area", "id", "source", "visibility", "ignore", "attributes",
  ]
  /// Longer names are no names.
  private static let longestName = 64

  func state(_ record: Record, _ report: inout Report) {
    if let list = record.first(.allowedAttributes) { declare(list.value, record.text(.name) ?? "", &report) }
    if let list = record.first(.commonAttributes) { declare(list.value, nil, &report) }
    if let said = record.first(.scopedAttributes) { check(said.value, record, &report) }
    for tag in record.all(.objectTag) {
      check(tag, record.facts(.definition(of: .objectTag)), record.text(.label), &report)
    }
    for tag in record.all(.pictureTag) { check(tag, record.facts(.definition(of: .pictureTag)), nil, &report) }
  }

  private func declare(_ list: Value, _ owner: String?, _ report: inout Report) {
    guard list.kind == .array else { return }
    for name in list.children {
      guard let text = name.text, text.utf8.count <= Self.longestName else { continue }
      report.state(
        Self.kind, key: .text(text), at: name,
        payload: AttributeUse(name: text, isDeclaration: true, owner: owner).payload)
    }
  }

  /// States what its own class does not have; whether another one has it is for the group to see.
  private func check(_ said: Value, _ record: Record, _ report: inout Report) {
    guard said.kind == .object, let owner = record.definition(of: .label)?.exports, let name = owner["name"]?.text
    else {
      return
    }
    let allowed = owner["attributes"]?.array?.compactMap(\.text) ?? []
    for member in said.children {
      guard let key = member.key, !Self.ofTools.contains(key), !allowed.contains(key),
        key.utf8.count <= Self.longestName
      else { continue }
      if let other = allowed.first(where: { Self.folded($0) == Self.folded(key) }) {
        let fix = said.children.contains { $0.key == other } ? [] : [Self.rename(member, in: said, to: other)]
        report.finding(
          at: member, "spelled", ["class": name, "other": other, "name": key], fixes: fix, fold: "\(name) \(key)")
        continue
      }
      let use = AttributeUse(name: key, isDeclaration: false, owner: name, parent: owner["parent"]?.text ?? "")
      report.state(Self.kind, key: .text(key), at: member, payload: use.payload)
    }
  }

  private static func rename(_ member: Value, in object: Value, to name: String) -> Fix {
    Fix(
      "rename", ["other": name],
      edits: [.remove(member), .insertMember(into: object, key: name, value: member.raw)])
  }

  /// Names that differ in capitals, spaces, `_` and `-` alone.
  private static func folded(_ name: String) -> String {
    name.lowercased().filter { $0 != " " && $0 != "_" && $0 != "-" }
  }

  /// A tag against its declaration; of several declarations nobody can tell which one is meant.
  private func check(_ tag: FieldValue, _ declared: Facts, _ owner: String?, _ report: inout Report) {
    guard let name = tag.value.text else { return }
    let own = declared.map { (fact: $0, exports: $0.exports) }.filter { $0.exports["name"]?.text == name }
    guard own.count == 1, let fact = own.first?.fact, let exports = own.first?.exports else { return }
    let related = [Related(at: fact, "declared")]
    let remove = [Fix("remove", ["name": name], edits: [.remove(tag.value.parent ?? tag.value)])]
    switch (exports["applicable_type"]?.text, owner) {
    case ("imagesOnly", .some): report.finding(at: tag, "picture", ["name": name], related: related, fixes: remove)
    case ("objectsOnly", nil): report.finding(at: tag, "object", ["name": name], related: related, fixes: remove)
    default:
      let classes = exports["classes"]?.array?.compactMap(\.text) ?? []
      guard let owner, !classes.isEmpty, !classes.contains(owner) else { return }
      report.finding(
        at: tag, "class", ["name": name, "others": classes.prefix(3).joined(separator: ", "), "class": owner],
        related: related, fixes: remove)
    }
  }

  /// All of one attribute's name.
  func group(_ group: Group, _ report: inout Report) {
    let members = group.facts.compactMap { fact in AttributeUse(fact.text).map { (fact: fact, use: $0) } }
    let owners = members.filter { $0.use.isDeclaration }
    let names = owners.compactMap(\.use.owner)
    // What may be said of any object is declared by nobody.
    guard !owners.isEmpty, names.count == owners.count, let first = owners.first else { return }
    for member in members where !member.use.isDeclaration {
      guard let owner = member.use.owner, !names.contains(owner), !names.contains(member.use.parent) else { continue }
      report.finding(
        at: member.fact, "",
        ["name": member.use.name, "others": names.prefix(3).joined(separator: ", "), "class": owner],
        related: [Related(at: first.fact, "declared")], fold: owner)
    }
  }

  private static func file(of car: String, cup: String) -> String {
    func label(_ number: Int, _ attributes: String) -> String {
      #"{"id": 0, "type": "bbox", "label_id": \#(number), "bbox": [\#(number * 99), 1, 9, 9], "attributes": {\#(attributes)}}"#
    }
    return
      #"{"categories": {"label": {"labels": [{"name": "cup", "parent": "", "attributes": ["color"]}, {"name": "car", "parent": "", "attributes": ["parked"]}], "attributes": ["occluded"]}}, "#
      + #""items": [{"id": "a", "annotations": [\#(label(0, cup)), \#(label(1, car))]}]}"#
  }
}
