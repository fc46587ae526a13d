import PluginKit

/// What a study is called: facts of both sides meet under each of its names.
enum StudyKeys {
  /// Members of a sample that name its study, or say how to read it.
  static let context = ["id", "studyUid", "accession", "patient", "studyDate", "uncertain"]

  /// By the study's identifier, the hospital's number, or patient and day; without any, only its own labels meet.
  static func ofSample(_ record: Record) -> [Report.Key] { keys { record.context($0)?.text } }

  /// The same for the sample itself.
  static func ofOwnSample(_ record: Record) -> [Report.Key] { keys { record.root[$0]?.text } }

  private static func keys(_ member: (String) -> String?) -> [Report.Key] {
    func text(_ name: String) -> String? { member(name).flatMap { $0.isEmpty ? nil : $0 } }
    var out: [Report.Key] = []
    if let uid = text("studyUid") { out.append(.key(FactKey(shared: "uid:" + uid))) }
    if let number = text("accession") { out.append(.key(FactKey(shared: "accession:" + number))) }
    if let patient = text("patient"), let day = text("studyDate") {
      out.append(.key(FactKey(shared: "day:\(patient)|\(day)")))
    }
    if out.isEmpty, let id = text("id") { out.append(.text("sample:" + id)) }
    return out
  }

  static func ofNote(_ record: Record) -> [Report.Key] {
    func text(_ field: Field) -> String? { record.text(field).flatMap { $0.isEmpty ? nil : $0 } }
    var out: [Report.Key] = []
    if let uid = text(.noteStudy) { out.append(.key(FactKey(shared: "uid:" + uid))) }
    if let number = text(.noteAccession) { out.append(.key(FactKey(shared: "accession:" + number))) }
    return out
  }
}
