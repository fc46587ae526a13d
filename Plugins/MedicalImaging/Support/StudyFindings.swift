import PluginKit

/// One label or note entity of a study.
struct StudyFinding {
  let fact: Fact
  let what: Observation
  /// Whoever has no place of its own for a side or a size is shown as a whole.
  func place(_ name: String) -> Place { fact.place(named: name) ?? fact.place }
}

/// All that images and notes say of one study, with those matched that speak of the same thing.
struct StudyFindings {
  private(set) var all: [StudyFinding] = []
  private(set) var pairs: [(image: StudyFinding, note: StudyFinding)] = []

  init(_ group: Group) {
    var things: Set<String> = []
    for fact in group.facts {
      guard let what = Observation(fact.text) else { continue }
      let finding = StudyFinding(fact: fact, what: what)
      all.append(finding)
    }
    // A second label of the same thing is another reading of it, not another thing.
    let singles = all.filter {
      $0.what.entity.isEmpty || things.insert($0.what.origin.rawValue + $0.what.note + "|" + $0.what.entity).inserted
    }
    // Beyond any study: matching is by pairs.
    guard singles.count <= 100 else { return }
    let images = singles.filter { $0.what.origin == .image }
    var notes: [String] = []
    for finding in singles where finding.what.origin == .note && !notes.contains(finding.what.note) {
      notes.append(finding.what.note)
    }
    // Each note for itself: one that agrees does not hide another that does not.
    for note in notes { match(images + singles.filter { $0.what.origin == .note && $0.what.note == note }) }
  }

  private mutating func match(_ singles: [StudyFinding]) {
    var images = singles.filter { $0.what.origin == .image && $0.what.presence != .absent }
    var notes = singles.filter { $0.what.origin == .note && $0.what.presence != .absent }
    let denied = singles.filter { $0.what.origin == .note && $0.what.presence == .absent }
    let missing = singles.filter { $0.what.origin == .image && $0.what.presence == .absent }
    take(&images, &notes) { !$0.entity.isEmpty && $0.entity == $1.entity }
    // Those that agree in all go first, so that of two on one side the other one is left for a wrong side.
    take(&images, &notes) {
      $0.concept == $1.concept && $0.organ == $1.organ && $0.level == $1.level && $0.side == $1.side
    }
    take(&images, &notes) { $0.concept == $1.concept && $0.isNear($1) && $0.side == $1.side }
    take(&images, &notes) { $0.concept == $1.concept && $0.isNear($1) && $0.mayShareSide(with: $1) }
    take(&images, &notes) { $0.concept == $1.concept && $0.isNear($1) && !$0.organ.isEmpty && !$1.organ.isEmpty }
    // Last, what is at one place under two names: only where the names are of things that are taken for each other.
    take(&images, &notes) {
      $0.isToldApart && $1.isToldApart && $0.isNear($1) && !$0.organ.isEmpty && !$1.organ.isEmpty
        && $0.mayShareSide(with: $1)
    }
    var said = denied
    take(&images, &said) { $0.concept == $1.concept && $0.isNear($1) && $0.mayShareSide(with: $1) }
    var labelled = missing
    take(&labelled, &notes) { $0.concept == $1.concept && $0.isNear($1) && $0.mayShareSide(with: $1) }
  }

  /// Pairs those of which each fits exactly one other; where several fit, nobody can tell which, and they are left out of what follows.
  private mutating func take(
    _ images: inout [StudyFinding], _ notes: inout [StudyFinding], _ fits: (Observation, Observation) -> Bool
  ) {
    let byImage = images.map { image in notes.indices.filter { fits(image.what, notes[$0].what) } }
    let byNote = notes.map { note in images.indices.filter { fits(images[$0].what, note.what) } }
    var usedImages: Set<Int> = []
    var usedNotes: Set<Int> = []
    for (index, partners) in byImage.enumerated() where !partners.isEmpty {
      usedImages.insert(index)
      usedNotes.formUnion(partners)
      guard partners.count == 1, byNote[partners[0]].count == 1 else { continue }
      pairs.append((images[index], notes[partners[0]]))
    }
    images = images.indices.filter { !usedImages.contains($0) }.map { images[$0] }
    notes = notes.indices.filter { !usedNotes.contains($0) }.map { notes[$0] }
  }
}

extension Observation {
  /// Whether both may be at one place, sides apart: what is not said speaks against nothing.
  func isNear(_ other: Observation) -> Bool {
    (organ == other.organ || organ.isEmpty && !other.isUnlisted || other.organ.isEmpty && !isUnlisted)
      && (level == other.level || level.isEmpty || other.level.isEmpty)
  }

  /// Its place is in no list, so that nobody knows what it is near to.
  private var isUnlisted: Bool { organ.hasPrefix(Self.unlisted) }

  func mayShareSide(with other: Observation) -> Bool { side == nil || other.side == nil || side == other.side }
}
