import PluginKit

/// Where a study's samples keep their further readings, and which labels somebody is asked to decide already.
///
/// Stated beside what is found in images and notes, so that whoever compares those knows where to write.
struct Adjudications {
  private var samples: [String: (count: Int, whole: Fact)] = [:]
  private var asked: Set<[String]> = []

  /// Longer names of labels are not kept.
  static let longestLabel = 40
  private static let separator: Character = "\u{1F}"

  init(_ group: Group) {
    for fact in group.facts {
      let parts = fact.text.split(separator: Self.separator, omittingEmptySubsequences: false).map(String.init)
      guard parts.count >= 2 else { continue }
      switch parts[0] {
      case "sample": samples[parts[1]] = ((samples[parts[1]]?.count ?? 0) + 1, fact)
      case "adjudication": for label in parts.dropFirst(2) { asked.insert([parts[1], label]) }
      default: continue
      }
    }
  }

  /// Asks for somebody who decides between labels, in the sample of the first; nothing where that is asked already, or nobody
  /// knows which of several samples of one name is meant. Changes no label, and hides nothing.
  func fixes(_ finding: StudyFinding, _ other: StudyFinding) -> [Fix] {
    let (own, their) = (finding.what, other.what)
    guard !own.label.isEmpty, let sample = samples[own.sample], sample.count == 1,
      !asked.contains([own.sample, own.label])
    else { return [] }
    let labels = [own.label] + (their.sample == own.sample && !their.label.isEmpty ? [their.label] : [])
    let list = "[" + labels.sorted().map { JSON.quoted($0) }.joined(separator: ", ") + "]"
    let reading = #"{"pass": "adjudication", "of": \#(list)}"#
    let edit: Edit =
      if let readings = sample.whole.place(named: "readings") {
        .insertElement(into: readings, value: reading)
      } else {
        .insertMember(into: sample.whole, key: "readings", value: "[" + reading + "]", after: "annotations")
      }
    return [Fix("adjudicate", edits: [edit])]
  }

  // MARK: Stating

  static let fields: [Field] = [.studySample, .readings, .readingPass, .readingLabels]

  /// A sample with the readings in it.
  static func state(_ record: Record, _ kind: FactKind, _ report: inout Report) {
    guard let sample = record.first(.studySample) else { return }
    let name = name(sample.value["id"]?.text ?? "")
    let list = record.first(.readings).flatMap { $0.value.kind == .array ? $0 : nil }
    let labels = record.all(.readingLabels)
    for key in StudyKeys.ofOwnSample(record) {
      let payload = Payload.text("sample\(separator)" + name)
      if let list {
        report.state(kind, key: key, at: sample, also: ["readings": list], payload: payload)
      } else {
        report.state(kind, key: key, at: sample, payload: payload)
      }
      for pass in record.all(.readingPass) where pass.value.isText("adjudication") {
        let own = labels.first { $0.value.parent?.place == pass.value.parent?.place }
        let ids = (own?.value.children.prefix(4).compactMap(\.text) ?? []).filter { $0.utf8.count <= longestLabel }
        let text = (["adjudication", name] + ids).joined(separator: String(separator))
        report.state(kind, key: key, at: pass, payload: .text(text))
      }
    }
  }

  static func name(ofSample record: Record) -> String { name(record.context("id")?.text ?? "") }

  /// Short, so that it fits beside everything else.
  private static func name(_ id: String) -> String {
    let hash = id.utf8.reduce(0xcbf2_9ce4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
    return String(hash, radix: 36)
  }
}
