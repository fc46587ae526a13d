/// Gathers the places of a spot, each once, up to a limit.
struct SpotBuilder {
  private static let placeLimit = 1024

  private(set) var spot: SchemaSpot
  private var known: [UInt32: Int] = [:]

  init(_ spot: SchemaSpot = SchemaSpot()) {
    self.spot = spot
    for (index, entry) in spot.entries.enumerated() { known[entry.place.place] = index }
  }

  /// A place that applies for certain by one way applies for certain.
  mutating func add(_ place: EntryPlace, isCertain: Bool) {
    if let index = known[place.place] {
      if isCertain { spot.entries[index].isCertain = true }
    } else if spot.entries.count < Self.placeLimit {
      known[place.place] = spot.entries.count
      spot.entries.append(SchemaSpot.Entry(place: place, isCertain: isCertain))
    }
  }
}

/// What the places of a spot say of an object's members, ready for many names: a choice may have a thousand branches with names of their own.
struct SpotObjects {
  struct Object {
    var table: ObjectTable
    /// Documents that members of it are resolved in.
    var resources: [UInt32]
    var isCertain: Bool
  }

  private let program: SchemaProgram
  /// In the order of the spot's places.
  private(set) var all: [Object] = []
  private var naming: [UInt32: [Int]] = [:]
  /// Those that may say something of any name.
  private var open: [Int] = []

  init(_ spot: SchemaSpot, _ program: SchemaProgram) {
    self.program = program
    let code = program.code
    for entry in spot.entries {
      let resources = program.entering(entry.place)
      for step in code.places[Int(entry.place.place)].steps.indices where code.steps[step].operation == .object {
        let table = code.objects[Int(code.steps[step].a)]
        for index in table.members.indices { naming[code.members[index].name, default: []].append(all.count) }
        if !table.patterns.indices.isEmpty || (table.additional != noIndex && says(table.additional, entry.isCertain)) {
          open.append(all.count)
        }
        all.append(Object(table: table, resources: resources, isCertain: entry.isCertain))
      }
    }
  }

  /// A branch that is open and refuses a member says nothing of it: with the member the branch is taken no more.
  private func says(_ place: UInt32, _ isCertain: Bool) -> Bool {
    isCertain || !program.code.places[Int(place)].flags.contains(.never)
  }

  /// The spot of a member's value, before what its places refer to. Cost: the objects that name it, and those open to any name.
  func member(_ name: UInt32) -> SchemaSpot {
    let among = Set(naming[name] ?? []).union(open).sorted()
    return member(Array(program.code.names.bytes(of: name)), among: among)
  }

  func member(_ key: [UInt8], among indices: some Sequence<Int>) -> SchemaSpot {
    var found = SpotBuilder()
    for object in indices.lazy.map({ all[$0] }) {
      for place in program.named(key, object.table) where says(place, object.isCertain) {
        found.add(EntryPlace(place: place, resources: object.resources), isCertain: object.isCertain)
      }
    }
    return found.spot
  }
}
