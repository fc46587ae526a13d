package import Manifest

/// What a claim says.
package struct ClaimValue: Sendable, Hashable {
  package enum Kind: UInt8, Sendable, Hashable {
    /// It stands there and says nothing that can be compared: nothing, `null`, a group of named values, what is not well formed.
    case nothing
    case text, number, flag, list
  }

  package var kind: Kind
  /// As a person reads it: a text without its quotes, anything else as it is written.
  package var text: [UInt8]
  /// Of a list.
  package var elements: [Element]
  /// `cm`, `ms`, `kg` …; `nil` if it has none or none is known.
  package var unit: String?
  /// The interval or box that it says, in the canonical numbers of its format.
  package var extent: Extent?

  /// A text, number or flag in a list.
  package struct Element: Sendable, Hashable {
    package var kind: Kind
    package var text: [UInt8]
    package init(kind: Kind, text: [UInt8]) {
      self.kind = kind
      self.text = text
    }
  }

  /// Longer values take no part, bytes.
  package static let lengthLimit = 65_536
  /// Lists with more elements take no part.
  package static let elementLimit = 4096

  package init(
    kind: Kind, text: [UInt8], elements: [Element] = [], unit: String? = nil, extent: Extent? = nil
  ) {
    self.kind = kind
    self.text = text
    self.elements = elements
    self.unit = unit
    self.extent = extent
  }

  /// A text that is no JSON: what a path's changes made of one.
  package init(_ text: some StringProtocol, unit: String? = nil) {
    self.init(kind: .text, text: Array(text.utf8), unit: unit)
  }

  /// A value as JSON writes it. Bytes that are none say nothing. Cost: linear.
  package init(json: [UInt8], unit: String? = nil, extent: Extent? = nil) {
    guard json.count <= Self.lengthLimit, let tree = Document(json, syntax: .json, shape: .whole).tree(of: .document)
    else {
      self.init(kind: .nothing, text: [], unit: unit, extent: extent)
      return
    }
    self.init(node: 0, in: tree, unit: unit, extent: extent)
    if !tree.problems.isEmpty { kind = .nothing }
  }

  /// A value of a record. Cost: the value's own text.
  package init(node: Int, in tree: RecordTree, unit: String? = nil, extent: Extent? = nil) {
    self.init(kind: .nothing, text: [], unit: unit, extent: extent)
    guard tree.nodes.indices.contains(node), tree.nodes[node].range.count <= Self.lengthLimit else { return }
    let element = Self.element(node, in: tree)
    kind = element.kind
    text = element.text
    guard tree.nodes[node].kind == .array, tree.nodes[node].flags.isDisjoint(with: [.elided, .unclosed, .malformed]),
      Int(tree.nodes[node].childCount) <= Self.elementLimit
    else { return }
    let children = tree.children(of: node).map { Self.element($0, in: tree) }
    guard children.allSatisfy({ $0.kind != .nothing }) else { return }
    kind = .list
    elements = children
  }

  private static func element(_ node: Int, in tree: RecordTree) -> Element {
    let isMalformed = tree.nodes[node].flags.contains(.malformed)
    let kind: Kind =
      switch tree.nodes[node].kind {
      case .string: .text
      case .number: .number
      case .true, .false: .flag
      case .missing, .null, .array, .object: .nothing
      }
    return Element(
      kind: isMalformed ? .nothing : kind, text: tree.stringBytes(of: node) ?? Array(tree.text(of: node)))
  }
}

extension ClaimValue {
  /// The elements of a list; a single value is the list of it.
  var asElements: [Element] { kind == .list ? elements : [Element(kind: kind, text: text)] }

  /// The value as JSON writes it; `nil` if it says nothing.
  package var json: [UInt8]? {
    switch kind {
    case .nothing: return nil
    case .list:
      let parts = elements.map { Self.json($0.kind, $0.text) }
      return [UInt8(ascii: "[")] + parts.joined(separator: Array(", ".utf8)) + [UInt8(ascii: "]")]
    case .text, .number, .flag: return Self.json(kind, text)
    }
  }

  private static func json(_ kind: Kind, _ text: [UInt8]) -> [UInt8] {
    kind == .text ? JSONString.encode(text) : text
  }
}
