/// What a region's bytes and marks say about records, before and after an edit.
struct RegionRecords {
  /// A record that begins in the region.
  struct Item {
    var leaf: Int
    var mark: Int
    var label: UInt64
    var type: UInt8
    var parentType: UInt8
    var keyHash: UInt32
    var content = Content()
  }

  /// The part of a record's own text that stands in the region.
  struct Content {
    var first = 0..<0
    var more: [Range<Int>] = []
    var isClosed = false
    /// How many records begin in each of its containers, in order.
    var children: [Int] = []

    /// Counts a record in the last container.
    mutating func countChild() {
      if children.isEmpty { children.append(0) }
      children[children.count - 1] += 1
    }

    mutating func add(_ range: Range<Int>) {
      if range.isEmpty { return }
      if first.isEmpty {
        first = range
      } else if more.isEmpty, first.upperBound == range.lowerBound {
        first = first.lowerBound..<range.upperBound
      } else {
        more.append(range)
      }
    }
  }

  var items: [Item] = []
  /// The containers and records around the region's start, innermost first, as far as the region has parts of them.
  var outer: [Content] = []
  let text: [UInt8]
  /// What is not well formed here, in order of place. The same text with the same problems has the same tree.
  var problems: [SyntaxProblem] = []

  private enum Owner { case record(Int), gap }

  init(text: [UInt8], leaves: [(start: Int, marks: [Mark])], startsInGap: Bool) {
    self.text = text
    outer = [Content()]
    var isGap = startsInGap
    var stack: [Owner] = []
    var ends: [Int] = []
    var cursor = 0
    func take(_ offset: Int) {
      let range = cursor..<max(cursor, offset)
      if case .record(let index) = stack.last {
        items[index].content.add(range)
      } else if stack.isEmpty && !isGap {
        outer[outer.count - 1].add(range)
      }
      cursor = range.upperBound
    }
    func popEnded(_ offset: Int) {
      while case .record(let index) = stack.last, let end = ends.last, end <= offset {
        take(end)
        items[index].content.isClosed = true
        stack.removeLast()
        ends.removeLast()
      }
    }
    func leaveOuter() {
      outer[outer.count - 1].isClosed = true
      outer.append(Content())
      isGap.toggle()
    }
    for (leafIndex, leaf) in leaves.enumerated() {
      for (markIndex, mark) in leaf.marks.enumerated() {
        let offset = leaf.start + Int(mark.offset)
        popEnded(offset)
        take(offset)
        switch mark.kind {
        case .record:
          countChild(stack, isGap: isGap)
          items.append(
            Item(
              leaf: leafIndex, mark: markIndex, label: mark.label, type: mark.type, parentType: mark.parentType,
              keyHash: mark.keyHash))
          stack.append(.record(items.count - 1))
          ends.append(mark.length == Mark.openEnded ? Int.max : offset + Int(mark.length))
        case .open:
          if case .record(let index) = stack.last {
            items[index].content.children.append(0)
          } else if stack.isEmpty && !isGap {
            outer[outer.count - 1].children.append(0)
          }
          stack.append(.gap)
        case .recordEnd:
          if case .record(let index) = stack.last {
            items[index].content.isClosed = true
            stack.removeLast()
            ends.removeLast()
          } else {
            leaveOuter()
          }
        case .close: if stack.isEmpty { leaveOuter() } else { stack.removeLast() }
        }
      }
    }
    popEnded(text.count)
    take(text.count)
  }

  private mutating func countChild(_ stack: [Owner], isGap: Bool) {
    if stack.count >= 2, case .record(let index) = stack[stack.count - 2] {
      items[index].content.countChild()
    } else if stack.count == 1 || (stack.isEmpty && isGap) {
      // The container around: its count stands for the record that holds it.
      outer[outer.count - 1].countChild()
    }
  }

  func equals(_ content: Content, _ other: Content, in records: RegionRecords) -> Bool {
    guard content.isClosed == other.isClosed, content.children == other.children,
      length(content) == length(other)
    else { return false }
    if content.more.isEmpty && other.more.isEmpty {
      guard text[content.first] == records.text[other.first] else { return false }
    } else {
      guard bytes(content) == records.bytes(other) else { return false }
    }
    return isReadAlike(content, other, in: records)
  }

  /// Whether two equal texts were read in the same way: around them something may be broken in another.
  func isReadAlike(_ content: Content, _ other: Content, in records: RegionRecords) -> Bool {
    if problems.isEmpty && records.problems.isEmpty { return true }
    return problems(of: content) == records.problems(of: other)
  }

  /// The problems that touch a record's own text, with offsets in it.
  private func problems(of content: Content) -> [SyntaxProblem] {
    var found: [SyntaxProblem] = []
    var ownStart = 0
    for part in CollectionOfOne(content.first) + content.more {
      var index = firstProblem(from: part.lowerBound)
      while index < problems.count, problems[index].range.lowerBound <= part.upperBound {
        var problem = problems[index]
        let shift = ownStart - part.lowerBound
        problem.range = problem.range.lowerBound + shift..<problem.range.upperBound + shift
        found.append(problem)
        index += 1
      }
      ownStart += part.count
    }
    return found
  }

  private func firstProblem(from offset: Int) -> Int {
    var low = 0
    var high = problems.count
    while low < high {
      let middle = (low + high) / 2
      if problems[middle].range.lowerBound < offset { low = middle + 1 } else { high = middle }
    }
    return low
  }

  private func length(_ content: Content) -> Int { content.more.reduce(content.first.count) { $0 + $1.count } }
  private func bytes(_ content: Content) -> [UInt8] {
    content.more.reduce(into: Array(text[content.first])) { $0 += text[$1] }
  }
}
