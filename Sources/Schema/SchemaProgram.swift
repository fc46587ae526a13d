package import Findings
package import Manifest

/// A compiled schema. Immutable, so any number of threads may evaluate with it.
///
/// A class because it is large and shared.
package final class SchemaProgram: Sendable {
  let code: SchemaCode
  let root: UInt32
  let definitionPaths: [DefinitionPaths]
  let mediaPaths: [[RecordPath?]]
  let embedded: [EmbeddedDeclaration]

  /// The names `x-field` uses (and `x-geometry` where no field is named); `RoleTable.Entry.field` is an index into them.
  package let fieldNames: [String]
  /// Of `fieldNames` those that some schema says hold times (`x-unit`): their canonical numbers are seconds.
  package let timeFields: Set<UInt32>
  package let declarations: Declarations
  /// Rules the schema names: by `x-rule`, or by the `rule` of another keyword. Ids are in the order they are first named.
  package let ruleInfos: [RuleInfo]

  /// Ways of showing values that it speaks of; without, no record has any.
  package var displays: Set<DisplayUse.Form> { code.displays }

  /// Compiles a schema and what it refers to.
  ///
  /// Never fails: what cannot be used is left out and reported. `resolve` is asked once for each other document that is
  /// referred to, by its absolute URI without fragment; metaschemas are at hand. `plugin` goes before rule ids that name
  /// none (`plugin/id`). With `assertsFormat`, `format` says what must be in every schema, not only where its `$schema` asks for that.
  /// Cost: the text of all documents, and the branches of each choice.
  package static func compile(
    _ source: SchemaSource, plugin: String? = nil, assertsFormat: Bool = false,
    resolve: (String) -> SchemaSource? = { _ in nil }
  ) -> (program: SchemaProgram, problems: [SchemaProblem]) {
    withoutActuallyEscaping(resolve) { resolve in
      var compiler = SchemaCompiler(plugin: plugin, assertsFormat: assertsFormat, resolve: resolve)
      let root = compiler.compile(source)
      return (SchemaProgram(compiler, root: root), compiler.problems)
    }
  }

  /// Compiles a schema that stands in somebody's data: it may say what is right, and name no rules, ids or terms of ours.
  static func compile(foreign source: SchemaSource) -> SchemaProgram {
    var compiler = SchemaCompiler(plugin: nil, assertsFormat: false, resolve: { _ in nil })
    compiler.isForeign = true
    let root = compiler.compile(source)
    return SchemaProgram(compiler, root: root)
  }

  private init(_ compiler: SchemaCompiler, root: UInt32) {
    code = compiler.code
    self.root = root
    definitionPaths = compiler.definitionPaths
    mediaPaths = compiler.mediaPaths
    embedded = compiler.embedded
    fieldNames = compiler.fieldNames
    timeFields = compiler.timeFields
    declarations = compiler.declarations
    ruleInfos = compiler.ruleInfos
  }

  /// Evaluates one record. For many records, keep a `SchemaEvaluator`: it reuses its memory.
  package func evaluate(
    _ tree: RecordTree, at entry: SchemaEntry, options: EvaluationOptions = EvaluationOptions()
  ) -> Evaluation {
    SchemaEvaluator(self).evaluate(tree, at: entry, options: options)
  }
}

/// A place with the resources its evaluation passed through on the way there, outermost first.
package struct EntryPlace: Sendable, Hashable {
  var place: UInt32
  var resources: [UInt32]
}

/// The places that apply to a record: all of one alternative's, and of several alternatives the one that fits.
package struct SchemaEntry: Sendable, Hashable {
  var alternatives: [[EntryPlace]]
  /// Elements before this ordinal have places of their own (`prefixItems`): ask again with the record's ordinal.
  package var prefixCount: Int = 0
  /// Members have places by their names: ask again with the record's key.
  package var dependsOnKey = false
  /// Nothing is said about such records.
  package var isEmpty: Bool { alternatives.allSatisfy(\.isEmpty) }
}

/// What evaluation is told besides the record.
package struct EvaluationOptions: Sendable, Hashable {
  /// More findings than this are cut off.
  package var maximumFindings = 200
  /// Places entered before evaluation is given up, besides a hundred for each node. The default takes some tens of milliseconds.
  package var maximumSteps = 1_000_000
  /// The record's own key where it is a member of an object, unescaped; for `x-defines` with `from: key`.
  package var recordKey: [UInt8]?
  /// The record's place among its siblings; for `x-defines` with `from: index`.
  package var recordOrdinal: Int?
  /// Nothing of the record's values may be shown.
  var isPrivate = false
  /// Only roles, references and what is wrong are told.
  package var onlyRoles = false

  package init(
    maximumFindings: Int = 200, maximumSteps: Int = 1_000_000, recordKey: [UInt8]? = nil, recordOrdinal: Int? = nil
  ) {
    self.maximumFindings = maximumFindings
    self.maximumSteps = maximumSteps
    self.recordKey = recordKey
    self.recordOrdinal = recordOrdinal
  }
}

/// What a schema says of one record.
package struct Evaluation: Sendable, Hashable {
  /// Whether the record is as the schema wants it. What could not be checked counts as right; see `isComplete`.
  package var isValid = true
  /// `false` if checking was given up (a schema of unreasonable cost), or a pattern was; a finding then says so.
  package var isComplete = true
  package var findings: [SchemaFinding] = []
  package var roles = RoleTable()
  package var definitions: [Definition] = []
  package var references: [Reference] = []
  package var terms: [TermUse] = []
  package var media: [MediaUse] = []
  package var claims: [Claim] = []
  /// Values that editors show in a way of their own, in document order.
  package var displays: [DisplayUse] = []
  /// Nodes whose text must never be shown, in document order.
  package var privateNodes: [UInt32] = []
  /// Keywords over elided containers, left to the pipeline.
  package var arrayChecks: [ArrayCheck] = []
  /// Of a record of which the schema says nothing.
  package init() {}
}

/// Evaluates records one after the other with memory it keeps.
///
/// A class because that memory is shared between calls. Not `Sendable`: one for each thread.
package final class SchemaEvaluator {
  package let program: SchemaProgram
  private var machine: Machine
  private let embedded: EmbeddedChecker?

  package convenience init(_ program: SchemaProgram) { self.init(program, depth: 0) }

  /// `depth` counts the texts around, each inside a string of the one before.
  init(_ program: SchemaProgram, depth: Int) {
    self.program = program
    machine = Machine(code: program.code)
    embedded = program.embedded.isEmpty ? nil : EmbeddedChecker(program, depth: depth)
  }

  /// Pure: depends on the record, the entry and the options alone. Cost: the record's nodes times the places that apply to each.
  package func evaluate(
    _ tree: RecordTree, at entry: SchemaEntry, options: EvaluationOptions = EvaluationOptions()
  ) -> Evaluation {
    run(tree, at: entry, watched: noIndex, maximumSteps: options.maximumSteps)
    var evaluation = Evaluation()
    evaluation.isValid = machine.faults.isEmpty
    evaluation.isComplete = !machine.isExhausted && machine.unchecked.isEmpty
    evaluation.arrayChecks = machine.arrayChecks
    var uses: [EmbeddedUse] = []
    if !machine.marks.isEmpty {
      let collector = Collector(program: program, tree: tree, options: options)
      uses = collector.collect(machine.marks, into: &evaluation)
    }
    if options.isPrivate { evaluation.privateNodes.insert(0, at: 0) }
    if !evaluation.isValid || !evaluation.isComplete || program.code.warnsOfUse {
      let writer = FindingWriter(machine: machine, privateNodes: evaluation.privateNodes)
      evaluation.findings = writer.findings(maximum: options.maximumFindings)
    }
    if !uses.isEmpty, let embedded { embedded.check(uses, in: tree, options: options, into: &evaluation) }
    return evaluation
  }

  /// The places that apply to one node, outermost first.
  func places(of node: Int, in tree: RecordTree, at entry: SchemaEntry) -> [UInt32] {
    guard let watched = UInt32(exactly: node), node < tree.nodes.count else { return [] }
    run(tree, at: entry, watched: watched, maximumSteps: EvaluationOptions().maximumSteps)
    var found: [UInt32] = []
    for mark in machine.marks where mark.node == watched && !found.contains(mark.place) { found.append(mark.place) }
    return found
  }

  /// The machine, ready to look at a tree.
  func machine(reading tree: RecordTree) -> Machine {
    machine.prepare(tree, watched: noIndex, maximumSteps: 0)
    return machine
  }

  private func run(_ tree: RecordTree, at entry: SchemaEntry, watched: UInt32, maximumSteps: Int) {
    guard !tree.nodes.isEmpty, tree.nodes.count < Int(keyBit) else { return }
    machine.prepare(tree, watched: watched, maximumSteps: max(0, maximumSteps) &+ 100 * tree.nodes.count)
    if entry.alternatives.count == 1 {
      for place in entry.alternatives[0] { machine.evaluate(place) }
      return
    }
    guard !entry.alternatives.isEmpty else { return }
    machine.choices.append(Choice(machine.lengths))
    for alternative in entry.alternatives {
      machine.openBranch()
      for place in alternative { machine.evaluate(place) }
      if machine.isExhausted { return }
      machine.closeBranch(0)
      if machine.choices[0].valid > 0 { break }
    }
    machine.finishChoice(0, place: entry.alternatives[0].first?.place ?? program.root, isOneOf: false)
  }
}
