/// What was worked out of one record, until the call that brought it ends. A class, because all rules share it.
///
/// A few things are known at a time: looking through them costs less than hashing names would. Their boxes are used again for the next
/// record, of which mostly the same is worked out in the same order.
@usableFromInline final class Memo {
  @usableFromInline class Known {
    @usableFromInline final let name: StaticString
    @usableFromInline final var node: Int
    @inlinable init(_ name: StaticString, _ node: Int) {
      self.name = name
      self.node = node
    }
  }
  @usableFromInline final class Box<Result>: Known {
    @usableFromInline var value: Result
    @inlinable init(_ name: StaticString, _ node: Int, _ value: Result) {
      self.value = value
      super.init(name, node)
    }
  }

  private var boxes: [Known] = []
  /// How many of the boxes hold something of this record: the first ones.
  private var count = 0
  /// More boxes are not kept: they hold what was last in them.
  private static let mostKept = 16

  init() {}

  @inlinable func value<Result>(_ name: StaticString, _ node: Int, _ make: () -> Result) -> Result {
    if let known = find(name, node), let box = Self.box(known, Result.self) { return box.value }
    // May work other things out, and those are known before it.
    let made = make()
    if let spare = spare(name), let box = Self.box(spare, Result.self) {
      box.node = node
      box.value = made
      useSpare()
    } else {
      add(Box(name, node, made))
    }
    return made
  }

  /// A box of this kind, if it is one. Asking for the class itself costs less than a cast.
  @inlinable static func box<Result>(_ known: Known, _ result: Result.Type) -> Box<Result>? {
    type(of: known) == Box<Result>.self ? unsafe unsafeDowncast(known, to: Box<Result>.self) : nil
  }

  @usableFromInline func find(_ name: StaticString, _ node: Int) -> Known? {
    for place in 0..<count where boxes[place].node == node && Self.isSame(boxes[place].name, name) {
      return boxes[place]
    }
    return nil
  }

  /// The next box, if the same was in it for a record before.
  @usableFromInline func spare(_ name: StaticString) -> Known? {
    count < boxes.count && Self.isSame(boxes[count].name, name) ? boxes[count] : nil
  }
  @usableFromInline func useSpare() { count += 1 }

  @usableFromInline func add(_ box: Known) {
    boxes.insert(box, at: count)
    count += 1
  }

  private static func isSame(_ a: StaticString, _ b: StaticString) -> Bool {
    guard a.hasPointerRepresentation, b.hasPointerRepresentation, a.utf8CodeUnitCount == b.utf8CodeUnitCount else {
      return false
    }
    return unsafe a.utf8Start == b.utf8Start
      || a.withUTF8Buffer { a in b.withUTF8Buffer { b in unsafe a.elementsEqual(b) } }
  }

  func reset() {
    count = 0
    if boxes.count > Self.mostKept { boxes.removeLast(boxes.count - Self.mostKept) }
  }
}
