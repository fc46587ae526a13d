import Findings
import Manifest

/// Turns schema documents into the tables of `SchemaCode`. Places wait in a list, so nesting costs no native stack.
struct SchemaCompiler {
  /// A schema with a URI of its own: a document, or a part of one with `$id`.
  struct Resource {
    var uri: String
    var document: Int
    var node: Int
    var draft: Draft
    var isRecursiveAnchor = false
    /// Fewer where a `$schema` of somebody's own leaves vocabularies out.
    var keywords: KeywordSet = .all
    /// Whether `format` says what must be, and not only what is meant.
    var assertsFormat = false
  }

  /// What is known of a document's nodes while compiling.
  struct DocumentState {
    var resourceOf: [UInt32]
    var placeOf: [UInt32]
    /// Children by key, of wide containers that references led through.
    var children: [Int: [[UInt8]: Int]] = [:]
  }

  var code = SchemaCode()
  var states: [DocumentState] = []
  var resources: [Resource] = []
  var resourceByURI: [String: Int] = [:]
  /// By URI with the anchor as its fragment: document and node.
  var anchors: [String: (document: Int, node: Int)] = [:]
  /// The names in `anchors` that `$dynamicAnchor` gave.
  var dynamicAnchorNames: [String: UInt32] = [:]
  var problems: [SchemaProblem] = []
  var unresolved: Set<String> = []
  var fieldNames: [String] = []
  /// Fields that hold seconds, or parts or multiples of them.
  var timeFields: Set<UInt32> = []
  var declarations = Declarations()
  var ruleInfos: [RuleInfo] = []
  /// By define and by media declaration: their paths, ready to follow.
  var definitionPaths: [DefinitionPaths] = []
  var mediaPaths: [[RecordPath?]] = []
  var embedded: [EmbeddedDeclaration] = []
  /// Dynamic anchors found but not yet given a place: key in `SchemaCode.dynamicAnchors`, document, node.
  var pendingDynamicAnchors: [(UInt64, Int, Int)] = []
  let resolve: (String) -> SchemaSource?
  /// Put before rule ids that name no plugin.
  let plugin: String?
  let assertsFormat: Bool
  /// It stands in somebody's data; our own keywords mean nothing there.
  var isForeign = false

  static let maximumDocuments = 256
  static let maximumPlaces = 1 << 20
  static let maximumProblems = 200

  init(plugin: String?, assertsFormat: Bool, resolve: @escaping (String) -> SchemaSource?) {
    self.plugin = plugin
    self.assertsFormat = assertsFormat
    self.resolve = resolve
  }

  mutating func compile(_ source: SchemaSource) -> UInt32 {
    let document = load(source, uri: URIReference(source.uri).withoutFragment)
    let root = place(document, 0)
    // Places are found while others are compiled; in the order they are found, so is what they declare.
    var next = 0
    repeat {
      settleDynamicAnchors()
      while next < code.places.count {
        compile(place: UInt32(clamping: next))
        next += 1
      }
    } while !pendingDynamicAnchors.isEmpty
    findDiscriminators()
    findLoops()
    return root
  }

  // MARK: Places

  /// The place of a subschema, made when it is first asked for and compiled in its turn.
  mutating func place(_ document: Int, _ node: Int) -> UInt32 {
    let known = states[document].placeOf[node]
    if known != noIndex { return known }
    guard code.places.count < Self.maximumPlaces else { return 0 }
    let index = UInt32(clamping: code.places.count)
    states[document].placeOf[node] = index
    var place = Place(document: UInt32(clamping: document), node: UInt32(clamping: node))
    place.resource = UInt32(clamping: resource(document, node))
    // What stands below it, in a part that no keyword leads to, has a short way to go then.
    states[document].resourceOf[node] = place.resource
    code.places.append(place)
    return index
  }

  /// The resource a node belongs to: its own, or its nearest ancestor's.
  func resource(_ document: Int, _ node: Int) -> Int {
    let nodes = code.documents[document].tree.nodes
    var at = UInt32(clamping: node)
    while at != Node.none {
      let found = states[document].resourceOf[Int(at)]
      if found != noIndex { return Int(found) }
      at = nodes[Int(at)].parent
    }
    return 0
  }

  mutating func list(_ places: [UInt32]) -> Slice {
    let start = UInt32(clamping: code.placeList.count)
    code.placeList += places
    return Slice(start: start, end: UInt32(clamping: code.placeList.count))
  }

  // MARK: Problems

  mutating func report(_ message: String, _ document: Int, _ node: Int) {
    guard problems.count < Self.maximumProblems else { return }
    let tree = code.documents[document].tree
    problems.append(
      SchemaProblem(
        uri: code.documents[document].uri, pointer: tree.pointer(of: node), range: tree.nodes[node].range,
        in: tree.bytes, message: message))
  }
}

extension RecordTree {
  /// The members of an object by key, the last of equal ones.
  func membersByKey(of node: Int) -> [String: Int] {
    guard nodes[node].kind == .object else { return [:] }
    var members: [String: Int] = [:]
    for child in children(of: node) {
      members[String(decoding: plainText(of: child, key: true), as: UTF8.self)] = child
    }
    return members
  }
}
