import Facts
import Findings
import Foundation
import Manifest
import PluginHost
import Testing
import WorkerProtocol

/// Where the build put workers and plugins: beside the test bundle.
let buildFolder: String = {
  var url = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
  for _ in 0..<3 where !FileManager.default.fileExists(atPath: url.appendingPathComponent("concord-worker").path) {
    url.deleteLastPathComponent()
  }
  return url.path
}()
let workerPath = buildFolder + "/concord-worker"
func libraryPath(_ library: String) -> String { buildFolder + "/lib\(library).so" }

/// Kinds as the host numbers them.
let kindNumbers: [String: FactKind] = Dictionary(
  uniqueKeysWithValues: [
    "example-c/segment", "example-c/label", "example-c/count", "test/region", "test/mask", "test/scene",
    "test/convention", "hostile/fact",
  ].enumerated().map { ($1, FactKind(UInt16($0 + 10))) })

func describe(_ library: String) throws -> PluginRules {
  let process = Process()
  process.executableURL = URL(fileURLWithPath: workerPath)
  process.arguments = ["--describe", libraryPath(library)]
  let pipe = Pipe()
  process.standardOutput = pipe
  try process.run()
  let json = [UInt8](pipe.fileHandleForReading.readDataToEndOfFile())
  process.waitUntilExit()
  return try PluginRules(json: json)
}

func session(
  _ library: String = "ConcordTestPlugin", settings: [String: [UInt8]] = [:], asOf: Int32 = 20_000,
  worker: String = workerPath, readable: [String] = [], required: Confinement.Parts = .leastConfinement,
  policy: RestartPolicy = RestartPolicy()
) throws -> PluginSession {
  PluginSession(
    rules: try describe(library),
    program: WorkerProgram(executable: worker, library: libraryPath(library), readable: readable, required: required),
    kinds: kindNumbers,
    settings: settings, asOf: asOf, policy: policy)
}

let testFields = FieldNames(["unrelated", "label", "box", "asset", "interval", "date", "ask", "command"])

func reference(_ number: UInt64) -> RecordReference {
  RecordReference(document: DocumentID(1), record: RecordID(label: number))
}

/// A flat record `{"name": value, …}` whose members are fields of the same names; numbers in brackets become canonical numbers.
func record(
  _ members: KeyValuePairs<String, String>, number: UInt64 = 1, role: RoleTable.Role = .region,
  context: [RecordInput.ContextMember] = []
) -> RecordInput {
  var bytes: [UInt8] = Array("{".utf8)
  var nodes = [
    Node(kind: .object, start: 0, end: 0, parent: Node.none, subtreeEnd: 0, childCount: UInt32(members.count))
  ]
  var roles = RoleTable()
  roles.role = role
  for (name, value) in members {
    if bytes.count > 1 { bytes.append(UInt8(ascii: ",")) }
    let keyStart = UInt32(bytes.count)
    bytes += Array("\"\(name)\":".utf8)
    let start = UInt32(bytes.count)
    bytes += Array(value.utf8)
    let index = nodes.count
    let kind: Node.Kind = value.hasPrefix("\"") ? .string : value.hasPrefix("[") ? .array : .number
    nodes.append(
      Node(
        kind: kind, flags: value.contains("\\") ? .escaped : [], start: start, end: UInt32(bytes.count), parent: 0,
        subtreeEnd: UInt32(index + 1), keyStart: keyStart, keyEnd: start - 1))
    if kind == .array {
      var offset = Int(start) + 1
      for part in value.dropFirst().dropLast().split(separator: ",") {
        nodes.append(
          Node(
            kind: .number, start: UInt32(offset), end: UInt32(offset + part.utf8.count), parent: UInt32(index),
            subtreeEnd: UInt32(nodes.count + 1)))
        offset += part.utf8.count + 1
      }
      nodes[index].subtreeEnd = UInt32(nodes.count)
      nodes[index].childCount = UInt32(nodes.count - index - 1)
    }
    guard let field = testFields.names.firstIndex(of: name) else { continue }
    var entry = RoleTable.Entry(field: UInt32(field), node: UInt32(index))
    if kind == .array {
      let numbers = value.dropFirst().dropLast().split(separator: ",").compactMap { Double($0) }
      entry.numberStart = UInt32(roles.numbers.count)
      entry.numberCount = UInt32(numbers.count)
      entry.geometry = numbers.count == 4 ? .box : .interval
      roles.numbers += numbers
    }
    roles.entries.append(entry)
  }
  bytes.append(UInt8(ascii: "}"))
  nodes[0].end = UInt32(bytes.count)
  nodes[0].subtreeEnd = UInt32(nodes.count)
  return RecordInput(
    reference: reference(number), bytes: bytes, nodes: nodes, roles: roles, fieldNames: testFields,
    dialect: "test/flat",
    pattern: "/*", context: context)
}

func fact(
  _ kind: String?, at record: UInt64, _ range: Range<UInt32>, payload: String = "", extent: Extent? = nil,
  order: UInt64 = 0,
  named: [(String, Range<UInt32>)] = []
) -> AttachedFact {
  func place(_ range: Range<UInt32>) -> Place {
    Place(record: reference(record), start: range.lowerBound, end: range.upperBound)
  }
  return AttachedFact(
    kind: kind.flatMap { kindNumbers[$0] }, key: FactKey(text: "k"),
    places: [StatedFact.NamedPlace("", place(range))] + named.map { StatedFact.NamedPlace($0.0, place($0.1)) },
    payload: Array(payload.utf8), extent: extent, order: order)
}

extension Finding {
  /// `rule@record:start-end key=value …`
  var line: String {
    let arguments = message.arguments.map { " \($0.name)=\($0.value)" }.joined()
    return "\(rule)@\(place.record.record.label):\(place.start)-\(place.end)\(arguments)"
  }
}
