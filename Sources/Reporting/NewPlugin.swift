import JSONCodec

/// The files of a new plugin: a format, a list of labels, a rule, messages and examples that work as they are.
package struct NewPlugin: Sendable {
  /// What its rules are written in.
  package enum Sort: Sendable { case data, swift, c }

  /// What its labels are taken from.
  package struct Labels: Sendable {
    /// `labels` and what the list's own name ends in.
    var fileName: String
    var bytes: [UInt8]
    /// Of a table: the header's name and the term's member, in order.
    var columns: [(header: String, member: String)]
    /// Ids of the list that are in use; examples are made of the first ones.
    var ids: [String]

    /// `ids` are those in use, at least one.
    package init(fileName: String, bytes: [UInt8], columns: [(header: String, member: String)], ids: [String]) {
      self.fileName = fileName
      self.bytes = bytes
      self.columns = columns
      self.ids = ids
    }
  }

  /// Where an installed Concord keeps what plugins are built with.
  package struct Kit: Sendable {
    /// The program itself.
    var program: String
    /// The folder of Swift sources, and that of the C header.
    var sources: String
    var headers: String

    package init(program: String, sources: String, headers: String) {
      self.program = program
      self.sources = sources
      self.headers = headers
    }
  }

  /// Path below the plugin's folder, and content; in the order they are to be written.
  package private(set) var files: [(path: String, bytes: [UInt8])] = []

  /// What keeps a text from being a plugin's id, as a sentence; `nil` if it can be one.
  package static func problem(withName name: String) -> String? {
    let bytes = Array(name.utf8)
    let isPlain = bytes.allSatisfy { (97...122).contains($0) || (48...57).contains($0) || $0 == 45 }
    guard isPlain, let first = bytes.first, (97...122).contains(first), bytes.last != 45, bytes.count <= 64 else {
      return "a plugin's name begins with a letter and holds lower-case letters, digits and hyphens, at most 64: "
        + "`my-labels`"
    }
    return reserved.contains(name) ? "the name `\(name)` is taken by rules of Concord's own" : nil
  }

  /// What stands before the slash in ids of the host's rules.
  private static let reserved = ["concord", "link", "schema", "syntax", "term", "vocabulary"]

  /// Made without a list of its maker's, it has one of animals and vehicles.
  ///
  /// `name` is an id without a `problem(withName:)`.
  package init(name: String, sort: Sort = .data, labels: Labels? = nil, kit: Kit? = nil) {
    let library = Self.libraryName(name)
    let words = [
      ("NAME", name), ("LIBRARY", library), ("KITFOLDER", kit?.sources ?? ""), ("HEADERFOLDER", kit?.headers ?? ""),
      ("PROGRAM", kit?.program ?? "concord"),
    ]
    let labels = labels ?? Self.ownLabels
    func add(_ path: String, _ text: String) {
      let text = words.reduce(text) {
        $0.split(separator: $1.0, omittingEmptySubsequences: false).joined(separator: $1.1)
      }
      files.append((path, Array(text.utf8)))
    }
    let isOwn = labels.fileName == Self.ownLabels.fileName && labels.bytes == Self.ownLabels.bytes
    let hasSchemaRule = sort == .data && isOwn
    // What comes from the list is put in as it is: a column may well be called NAME.
    func addAsItIs(_ path: String, _ text: String) { files.append((path, Array(text.utf8))) }
    addAsItIs("plugin.json", Self.descriptor(name, labels, library: sort == .data ? nil : library))
    let rule = hasSchemaRule ? Self.schemaRule : ""
    add("schemas/labels.json", Self.schema.split(separator: "RULE").joined(separator: rule))
    files.append(("ontologies/" + labels.fileName, labels.bytes))
    add("messages/vi.json", Self.messages(hasSchemaRule: hasSchemaRule, hasCode: sort != .data))
    switch sort {
    case .data: break
    case .swift:
      add("Package.swift", Self.swiftPackage)
      add("Sources/Plugin.swift", Self.swiftPlugin)
      add("Sources/NoteSaysOtherwise.swift", Self.swiftRule)
      add("build.sh", Self.swiftBuild)
    case .c:
      add("plugin.c", Self.cPlugin)
      add("build.sh", Self.cBuild)
    }
    addAsItIs("Examples/good.json", Self.good(name, labels))
    addAsItIs("Examples/bad.json", Self.bad(name, labels, hasSchemaRule: hasSchemaRule, hasCode: sort != .data))
    add("README.md", Self.readme(labels, sort, hasSchemaRule: hasSchemaRule))
  }

  /// `my-shoes` becomes `MyShoesPlugin`: a module's name that is nobody else's.
  package static func libraryName(_ name: String) -> String {
    name.split(separator: "-").map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined() + "Plugin"
  }

  static func quoted(_ text: String) -> String {
    var writer = JSONWriter()
    writer.string(text)
    return String(decoding: writer.bytes, as: UTF8.self)
  }
}
