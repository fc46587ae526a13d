import ArgumentParser
import Files
import Ontology
import PluginHost
import Reporting
import Workspace

extension PluginCommand {
  struct New: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "new", abstract: "Begin a plugin: a folder that works and is there to be changed.",
      discussion: """
        With --list its labels are those of your own list: a table with a row a label, saved as CSV, or JSON. Of a table each
        column is taken for what its name says (`id`, `name`, `name_vi`, `synonyms`, `parent`, `deprecated`, `replaced by` …);
        --column says it where that is wrong.
        """)

    @Argument(help: ArgumentHelp("Its name: lower-case letters, digits and hyphens.", valueName: "name"))
    var name: String

    @Flag(
      help: "Without code: a format, a list of labels, rules and messages (this is what it does if nothing is said).")
    var dataOnly = false

    @Flag(help: "With a rule in Swift.")
    var swift = false

    @Flag(help: "With a rule in C.")
    var c = false

    @Option(
      help: ArgumentHelp("The list of labels: a table (CSV) or JSON.", valueName: "file"),
      completion: .file(extensions: ["csv", "tsv", "json"]))
    var list: String?

    @Option(
      help: ArgumentHelp(
        "What a column of the list holds: id, prefLabel@en, altLabels, broader, replacedBy … (repeatable).",
        valueName: "name=member"))
    var column: [String] = []

    @Option(
      help: ArgumentHelp("The folder to make it in.", valueName: "dir"), completion: .directory)
    var into = "."

    func validate() throws {
      if [dataOnly, swift, c].count(where: { $0 }) > 1 {
        throw ValidationError("--data-only, --swift and --c exclude each other.")
      }
      if list == nil, !column.isEmpty { throw ValidationError("--column belongs to --list.") }
      if let wrong = column.first(where: { !$0.contains("=") }) {
        throw ValidationError("`\(wrong)` is no name of a column with what it holds behind `=`.")
      }
      if let problem = NewPlugin.problem(withName: name) { throw ValidationError(problem) }
    }

    func run() throws {
      let folder = Paths.join(into, name)
      let labels = try list.map { try self.labels(of: $0) }
      let sort: NewPlugin.Sort = swift ? .swift : c ? .c : .data
      let plugin = NewPlugin(name: name, sort: sort, labels: labels, kit: sort == .data ? nil : try Installation.kit())
      do {
        try FileSystem.makeFolder(folder)
        for file in plugin.files {
          let path = Paths.join(folder, file.path)
          try? FileSystem.makeFolder(Paths.folder(of: path))
          try FileSystem.create(path, with: file.bytes)
        }
      } catch {
        throw CommandFailure(message: "\(error.path): \(error.message)")
      }
      let build = sort == .data ? "" : "sh \(folder)/build.sh && "
      Output.print("Made \(folder). Try it: \(build)concord check --plugins \(folder) \(folder)/Examples")
    }

    /// Reads the list, and tells what it was taken for.
    private func labels(of path: String) throws(CommandFailure) -> NewPlugin.Labels {
      var columns: [String: String] = [:]
      for text in column {
        guard let mark = text.firstIndex(of: "=") else { continue }
        columns[String(text[..<mark])] = String(text[text.index(after: mark)...])
      }
      let list: LabelList
      do {
        list = try LabelList(reading: path, columns: columns)
      } catch {
        throw CommandFailure(message: error.message)
      }
      for problem in list.problems { Output.complain("concord: \(problem)") }
      let current = list.terms.filter { !$0.isDeprecated }
      guard !current.isEmpty else { throw CommandFailure(message: "\(path): no label in it is in use") }
      let count = current.count == 1 ? "1 label" : "\(current.count) labels"
      Output.print("Read \(count) from \(path).")
      for column in list.columns { Output.print("  column `\(column.header)`: \(Self.words(for: column.member))") }
      let ending = path.utf8.lastIndex(of: UInt8(ascii: ".")).map { path[$0...].lowercased() } ?? ""
      return NewPlugin.Labels(
        fileName: "labels" + (list.isTable ? (ending == ".tsv" || ending == ".tab" ? ".tsv" : ".csv") : ".json"),
        bytes: list.bytes, columns: list.columns.map { ($0.header, $0.member) }, ids: current.map(\.id))
    }

    /// What a column holds, for whoever made the table.
    private static func words(for member: String) -> String {
      let parts = member.split(separator: "@", maxSplits: 1).map(String.init)
      let language = parts.count > 1 ? " (\(parts[1]))" : ""
      return switch parts.first ?? "" {
      case "id": "what is written in the files"
      case "prefLabel": "the label's name\(language)"
      case "altLabels": "other names\(language)"
      case "hiddenLabels": "names that are found and never shown\(language)"
      case "definition": "what it means\(language)"
      case "scopeNote": "when to use it\(language)"
      case "example": "an example\(language)"
      case "changeNote": "what has changed\(language)"
      case "broader": "the label it is a kind of"
      case "deprecated": "whether it is no longer used"
      case "replacedBy": "the label to use instead"
      case "canonical": "the label it is a variant of"
      case "since": "since when there is it"
      case "exactMatch", "closeMatch", "broadMatch", "narrowMatch": "labels of other lists (\(member))"
      case "ignore": "left out"
      default: "shown beside the label"
      }
    }
  }

  struct Describe: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "describe", abstract: "Have a plugin's library say which rules it holds, and keep it in rules.json.",
      discussion: "Belongs behind each build of a plugin's code. The library is run, in a confined process.")

    @Argument(help: ArgumentHelp("The plugin's folder.", valueName: "dir"), completion: .directory)
    var folder: String

    func run() throws {
      let path = Paths.join(folder, "rules.json")
      do {
        let descriptor = try PluginDescriptor(json: try FileSystem.regularFile(folder + "/plugin.json", limit: 1 << 20))
        guard let name = descriptor.library else {
          throw CommandFailure(
            message: "\(folder): its `plugin.json` names no library, so there is nothing to describe")
        }
        let library = try FileSystem.resolved(Paths.join(folder, "lib\(name).so"))
        let text = try PluginDescription.json(ofLibrary: library, worker: Installation.worker)
        let rules = try PluginRules(json: text)
        guard rules.id == descriptor.id, rules.version == descriptor.version else {
          throw CommandFailure(
            message:
              "\(folder): `plugin.json` says \(descriptor.id) \(descriptor.version), its code \(rules.id) \(rules.version)"
          )
        }
        if FileSystem.exists(path) {
          try FileSystem.replace(path, with: text)
        } else {
          try FileSystem.create(path, with: text)
        }
        let count = rules.rules.count == 1 ? "1 rule" : "\(rules.rules.count) rules"
        Output.print("\(rules.id) \(rules.version): \(count), written to \(path)")
      } catch let error as FileError {
        throw CommandFailure(message: "\(error.path): \(error.message)")
      } catch let error as PluginProblem {
        throw CommandFailure(message: "\(folder): \(error.message)")
      } catch let error as PluginRules.Problem {
        throw CommandFailure(message: "\(folder): \(error.message)")
      }
    }
  }
}

extension Installation {
  /// Where plugins are built from: beside this program where it is installed, else in the repository it was built in.
  static func kit() throws(CommandFailure) -> NewPlugin.Kit {
    let above = Paths.folder(of: folder)
    let repository = Paths.folder(of: Paths.folder(of: Paths.folder(of: folder)))
    let sources = [above + "/share/concord/PluginKit", repository + "/Templates/PluginKit"]
    let headers = [above + "/include", repository + "/Sources/CConcordPlugin/include"]
    guard let kit = sources.first(where: { FileSystem.exists($0 + "/Package.swift") }),
      let header = headers.first(where: { FileSystem.exists($0 + "/concord_plugin.h") })
    else {
      throw CommandFailure(
        message: "what plugins are built with is not beside this program: there is no \(sources[0]) and \(headers[0])")
    }
    let program = Paths.join(folder, "concord")
    // They are written into scripts, between quotes.
    for path in [kit, header, program] where path.utf8.contains(where: { [0x22, 0x27, 0x5C, 0x0A].contains($0) }) {
      throw CommandFailure(
        message: "\(path): a path with quotes, backslashes or line ends can't be written into a script")
    }
    return NewPlugin.Kit(program: program, sources: kit, headers: header)
  }
}
