import PluginKit

/// The tools a sample declares, and the calls it makes, whichever way both are written.
struct Tools {
  struct Declared {
    let name: String
    let parameters: JSON?
  }

  struct Call {
    let name: String
    let arguments: JSON?
    /// Where a finding about its name stands.
    let namePlace: Place
    let argumentsPlace: Place
    /// What a fix may replace; `nil` where the call is written inside a text.
    let argumentsValue: Value?
    /// The string that holds name and arguments as JSON, if they are written so.
    let text: Value?
    /// Where the arguments stand in the string's text that holds them; `nil` where they stand in the open or are in quotes twice.
    let written: Range<Int>?
    var isText: Bool { text != nil }
  }

  /// Longer texts are not looked into.
  private static let textLimit = 1 << 16
  /// Calls of one text beyond these are not looked at.
  private static let callLimit = 64

  static let fields: [Field] = [
    .tool, .toolName, .toolParameters, .toolsText, .callName, .callArguments, .call, .callText,
  ]

  /// By name; of equal names the first. `nil` if there are none, or they can't be read.
  static func declared(by record: Record) -> [[UInt8]: Declared]? {
    list(of: record).map { list in Dictionary(list.map { (Array($0.name.utf8), $0) }, uniquingKeysWith: { a, _ in a }) }
  }

  private static func list(of record: Record) -> [Declared]? {
    if let text = record.first(.toolsText)?.value.text {
      guard text.utf8.count <= textLimit, let items = JSON(parsing: text)?.array, !items.isEmpty else { return nil }
      return items.compactMap { item in
        let tool = item["function"] ?? item
        return tool["name"]?.text.map { Declared(name: $0, parameters: tool["parameters"]) }
      }
    }
    let tools = record.all(.tool)
    guard !tools.isEmpty else { return nil }
    let names = record.all(.toolName).grouped(within: tools)
    let parameters = record.all(.toolParameters).grouped(within: tools)
    return tools.indices.compactMap { index in
      guard let name = names[index].first?.text else { return nil }
      let text = parameters[index].first?.value.raw
      return Declared(name: name, parameters: text.flatMap { $0.utf8.count <= textLimit ? JSON(parsing: $0) : nil })
    }
  }

  static func calls(of record: Record) -> [Call] {
    let calls = record.all(.call)
    let names = record.all(.callName).grouped(within: calls)
    let arguments = record.all(.callArguments).grouped(within: calls)
    let written = calls.indices.compactMap { index -> Call? in
      guard let name = names[index].first, let text = name.value.text else { return nil }
      let given = arguments[index].first
      let inside = given?.value.text.map { WrittenJSON($0).root }
      return Call(
        name: text, arguments: given.flatMap { value(of: $0.value) }, namePlace: name.place,
        argumentsPlace: given?.place ?? name.place, argumentsValue: given?.value, text: nil, written: inside)
    }
    return written + record.all(.callText).flatMap { Self.calls(in: $0) }
  }

  private static func calls(in field: FieldValue) -> [Call] {
    guard let text = field.value.text, text.utf8.count <= textLimit, let json = JSON(parsing: text) else { return [] }
    let written = WrittenJSON(text)
    let places = json.array == nil ? [written.root] : written.elements(of: written.root)
    return zip((json.array ?? [json]).prefix(callLimit), places).compactMap { item, range in
      guard let name = item["name"]?.text else { return nil }
      let members = written.members(of: range)
      func place(_ key: String) -> Range<Int>? { members.last { $0.name == key }?.value }
      let namePlace = Text.place(of: place("name") ?? range, in: field.value)
      let inside = place("arguments")
      // Arguments in quotes once more are read, but nothing in them has a place of its own.
      let quoted = item["arguments"]?.text
      return Call(
        name: name, arguments: quoted.flatMap { JSON(parsing: $0) } ?? item["arguments"], namePlace: namePlace,
        argumentsPlace: inside.map { Text.place(of: $0, in: field.value) } ?? namePlace, argumentsValue: nil,
        text: field.value, written: quoted == nil ? inside : nil)
    }
  }

  /// Arguments as a value, whether or not they are written in a string.
  private static func value(of value: Value) -> JSON? {
    let text = value.text ?? value.raw
    return text.utf8.count <= textLimit ? JSON(parsing: text) : nil
  }
}

extension Tools.Call {
  /// Where a part of the arguments stands, its name rather than its value if asked for; all of them if it can't be told.
  func place(of path: [WrittenJSON.Step], key: Bool) -> Place {
    guard let value = argumentsValue ?? text else { return argumentsPlace }
    if let written, let text = value.text {
      let range = WrittenJSON(text).range(at: path, from: written, key: key)
      return range.map { Text.place(of: $0, in: value) } ?? argumentsPlace
    }
    guard value.kind != .string else { return argumentsPlace }
    var part = value
    for step in path {
      let next: Value? =
        switch step {
        case .member(let name): part[name]
        case .element(let position): part[position]
        }
      guard let next else { return argumentsPlace }
      part = next
    }
    return key ? part.keyPlace ?? part.place : part.place
  }
}

extension Text {
  /// How many letters must change to make one text the other, at most `limit`; `nil` beyond.
  static func distance(_ a: String, _ b: String, limit: Int) -> Int? {
    let a = Array(a.utf8.prefix(64))
    let b = Array(b.utf8.prefix(64))
    guard abs(a.count - b.count) <= limit else { return nil }
    let distance = ReadText.distance(a, b)
    return distance <= limit ? distance : nil
  }
}
