package import Findings
import Manifest

/// New values to fill: what a member or an element begins as.
extension SchemaEvaluator {
  private static let maximumDepth = 3
  private static let maximumGaps = 8

  /// A new value for a spot: the only one it can be, its default, or a frame with what must be in it.
  package func frame(for spot: SchemaSpot) -> SnippetBody {
    var finder = SpotFinder(program, RecordTree(parsing: []), cursor: 0)
    var body = SnippetBody()
    write(spot, into: &body, &finder, depth: 0)
    return body
  }

  /// An object's frame with these members, or without any a gap between its braces.
  package func frame(of members: [MemberSuggestion]) -> SnippetBody {
    var finder = SpotFinder(program, RecordTree(parsing: []), cursor: 0)
    return list(members, &finder, depth: 0)
  }

  private func list(_ members: [MemberSuggestion], _ finder: inout SpotFinder, depth: Int) -> SnippetBody {
    var body = SnippetBody()
    for (index, member) in members.enumerated() {
      if index > 0 { body.add(Array(", ".utf8)) }
      body.add(JSONText.quoted(member.key) + Array(": ".utf8))
      write(member.spot, into: &body, &finder, depth: depth)
    }
    return body
  }

  /// What can be said of the value in one word: an object or an array is to be written at the spot, and nothing else.
  package func isContainer(_ spot: SchemaSpot) -> Bool {
    let types = program.types(of: spot)
    return !types.isEmpty && types.isSubset(of: [.object, .array])
  }

  private func write(_ spot: SchemaSpot, into body: inout SnippetBody, _ finder: inout SpotFinder, depth: Int) {
    let next = body.gapCount + 1
    if let only = onlyValue(spot) { return body.add(only) }
    if let value = values(at: spot).first(where: { $0.source == .default }), value.body.plain.count <= 64 {
      return body.addGap(next, value.body.plain)
    }
    let types = program.types(of: spot)
    switch types {
    case .object where depth < Self.maximumDepth:
      let required = members(of: spot, without: [], &finder).filter(\.isRequired)
      body.add([UInt8(ascii: "{")])
      if required.isEmpty { body.addGap(next) } else { body.add(list(required, &finder, depth: depth + 1)) }
      body.add([UInt8(ascii: "}")])
    case .object:
      body.add([UInt8(ascii: "{")])
      body.addGap(next)
      body.add([UInt8(ascii: "}")])
    case .array:
      body.add([UInt8(ascii: "[")])
      addElements(spot, into: &body, &finder)
      body.add([UInt8(ascii: "]")])
    case .string:
      body.add([UInt8(ascii: "\"")])
      body.addGap(next)
      body.add([UInt8(ascii: "\"")])
    default: body.addGap(next)
    }
  }

  /// A list of a fixed number of numbers gets a gap for each; any other gets one.
  private func addElements(_ spot: SchemaSpot, into body: inout SnippetBody, _ finder: inout SpotFinder) {
    var least: UInt32 = 0
    var most = UInt32.max
    for entry in spot.entries where entry.isCertain {
      for index in program.code.places[Int(entry.place.place)].assertions.indices {
        let assertion = program.code.assertions[index]
        if assertion.operation == .minItems { least = max(least, assertion.operand) }
        if assertion.operation == .maxItems { most = min(most, assertion.operand) }
      }
    }
    let next = body.gapCount + 1
    let element = program.types(of: finder.opened(finder.element(0, of: spot)))
    let isNumeric = element == [.number, .integer] || element == .integer
    guard least == most, least > 1, least <= Self.maximumGaps, isNumeric else { return body.addGap(next) }
    body.addGap(next)
    for index in 1..<Int(least) { body.addSeparatedGap(next + index) }
  }

  /// The one value that may stand here, if there is but one.
  private func onlyValue(_ spot: SchemaSpot) -> [UInt8]? {
    for entry in spot.entries where entry.isCertain {
      let constants = constantNodes(of: entry.place.place)
      guard constants.count == 1 else { continue }
      return values(at: spot).first { $0.source == .listed }?.body.plain
    }
    return nil
  }
}

extension SnippetBody {
  /// A gap behind a comma, of which editors without gaps see neither.
  fileprivate mutating func addSeparatedGap(_ number: Int) {
    let text = plain
    add(Array(", ".utf8))
    addGap(number)
    replacePlain(text)
  }
}
