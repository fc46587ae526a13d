import PluginKit

/// One person's reading of a note: its entities, by their numbers and by what they modify. Made once a record.
struct NoteReading {
  let list: Place
  let entities: [NoteEntity]
  /// Numbers of all entities, also of those that are not whole.
  let ids: Set<String>
  private let byID: [String: Int]
  private let modifying: [String: [Int]]

  /// More words around one entity are no place.
  private static let mostModifiers = 16

  /// All readings of a note, in their order.
  static func all(in record: Record) -> [NoteReading] {
    record.once("note readings", of: record.root, reading: [.noteEntity]) {
      var lists: [(place: Place, values: [Value])] = []
      for field in record.all(.noteEntity) {
        guard let list = field.value.parent?.place else { continue }
        if lists.last?.place != list { lists.append((list, [])) }
        lists[lists.count - 1].values.append(field.value)
      }
      return lists.map { NoteReading($0.place, $0.values) }
    }
  }

  private init(_ list: Place, _ values: [Value]) {
    self.list = list
    entities = values.compactMap { NoteEntity($0) }
    ids = Set(values.compactMap(\.key))
    var byID: [String: Int] = [:]
    var modifying: [String: [Int]] = [:]
    for (index, entity) in entities.enumerated() {
      byID[entity.id] = index
      for target in entity.targets("modify") where (modifying[target]?.count ?? 0) < Self.mostModifiers {
        modifying[target, default: []].append(index)
      }
    }
    self.byID = byID
    self.modifying = modifying
  }

  subscript(id: String) -> NoteEntity? { byID[id].map { entities[$0] } }

  /// What modifies an entity, in the order of the note's file.
  func modifiers(of id: String) -> [NoteEntity] { (modifying[id] ?? []).map { entities[$0] } }
}
