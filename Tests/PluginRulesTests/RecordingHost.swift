import CConcordPlugin

// Everything here lives on the stack of one call, and the plugin gets it for that call only.

/// What a plugin answered in one call.
@safe final class Answers {
  struct Finding {
    var rule: Int
    var severity: UInt8
    var place: concord_place
    var message: String
    var arguments: [String: String]
    var related: [Note]
    var fixes: [Fix]
  }
  struct Note {
    var place: concord_place
    var message: String
    var arguments: [String: String]
  }
  struct Fix {
    var title: String
    var arguments: [String: String]
    var isCertain: Bool
    var edits: [Edit]
    /// Index of the recipe, and its argument.
    var recipe: (Int, String)?
  }
  struct Edit {
    var action: UInt32
    var place: concord_place
    var key: String
    var value: String
    var after: String
  }
  struct Fact {
    var kind: Int
    /// The text stated, or the key handed on.
    var key: FactKeyText
    var place: concord_place
    /// Further places with their names.
    var also: [(name: [UInt8], place: concord_place)] = []
    var payload: [UInt8]
    var extent: concord_extent
  }
  struct Amount {
    var kind: Int
    var key: FactKeyText
    var bin: UInt32
    var amount: Int64
    var place: concord_place
  }

  /// What the call may ask for.
  var context: [Int: String] = [:]
  var terms: [String: (id: String, label: String)] = [:]
  /// The term that one is a variant of, by id.
  var originals: [String: String] = [:]
  /// Texts lent to the plugin; given back with the answers.
  fileprivate var lent: [UnsafeMutablePointer<UInt8>] = unsafe []

  var findings: [Finding] = []
  var facts: [Fact] = []
  var amounts: [Amount] = []
  var edits: [Edit] = []
  var complaints: [String] = []

  deinit { unsafe lent.forEach { unsafe $0.deallocate() } }

  fileprivate func lend(_ text: String) -> concord_bytes {
    let bytes = Array(text.utf8)
    let pointer = UnsafeMutablePointer<UInt8>.allocate(capacity: max(bytes.count, 1))
    unsafe pointer.initialize(from: bytes, count: bytes.count)
    unsafe lent.append(pointer)
    return unsafe concord_bytes(start: UnsafePointer(pointer), count: bytes.count)
  }

  /// Calls `body` with a host that writes down what it is told.
  func record(_ body: (UnsafePointer<concord_host>) -> Void) {
    var box = unsafe HostBox(host: concord_host(), answers: Unmanaged.passUnretained(self))
    box.host.size = MemoryLayout<concord_host>.size
    box.host.abi_version = UInt32(CONCORD_ABI_VERSION)
    box.install()
    unsafe withUnsafePointer(to: &box) { pointer in
      unsafe body(UnsafeRawPointer(pointer).assumingMemoryBound(to: concord_host.self))
    }
  }
}

/// Two keys are one if this is equal.
enum FactKeyText: Hashable {
  case text(String)
  case key(UInt64, UInt64)
}

/// The host's calls and, behind them, where the answers go.
@safe private struct HostBox {
  var host: concord_host
  var answers: Unmanaged<Answers>

  static func answers(_ host: UnsafePointer<concord_host>?) -> Answers {
    // The host handed in is always the first member of a box.
    unsafe UnsafeRawPointer(host!).assumingMemoryBound(to: HostBox.self).pointee.answers.takeUnretainedValue()
  }

  mutating func install() {
    unsafe host.report = { host, finding in
      unsafe HostBox.answers(host).findings.append(Answers.Finding(finding!.pointee))
      return 1
    }
    unsafe host.state = { host, _, statement in
      unsafe HostBox.answers(host).facts.append(Answers.Fact(statement!.pointee))
      return 1
    }
    unsafe host.tally = { host, _, amount in
      unsafe HostBox.answers(host).amounts.append(Answers.Amount(amount!.pointee))
      return 1
    }
    unsafe host.claim = { _, _ in 1 }
    unsafe host.sketch = { host, _, sketch in
      let given = unsafe sketch!.pointee
      for index in unsafe 0..<given.key_count {
        let fact = unsafe Answers.Fact(
          kind: Int(given.kind), key: .key(0, given.keys[index]), place: given.place, payload: [UInt8(index)],
          extent: concord_extent())
        unsafe HostBox.answers(host).facts.append(fact)
      }
      return 1
    }
    unsafe host.edit = { host, edit in
      unsafe HostBox.answers(host).edits.append(Answers.Edit(edit!.pointee))
      return 1
    }
    unsafe host.offer = { _, _ in 1 }
    unsafe host.show = { _, _ in 1 }
    unsafe host.text = { host, record, node in
      unsafe HostBox.answers(host).lend(RecordTexts.text(record!.pointee, Int(node), isKey: false))
    }
    unsafe host.key = { host, record, node in
      unsafe HostBox.answers(host).lend(RecordTexts.text(record!.pointee, Int(node), isKey: true))
    }
    unsafe host.context = { host, _, context in
      let answers = unsafe HostBox.answers(host)
      return unsafe answers.context[Int(context)].map { unsafe answers.lend($0) } ?? concord_bytes()
    }
    unsafe host.setting = { _, _ in unsafe concord_bytes() }
    unsafe host.term = { host, _, text, term in
      let answers = unsafe HostBox.answers(host)
      guard let found = unsafe answers.terms[String(text)] else { return 0 }
      unsafe term!.pointee.id = answers.lend(found.id)
      unsafe term!.pointee.label = answers.lend(found.label)
      unsafe term!.pointee.canonical = answers.lend(answers.originals[found.id] ?? found.id)
      unsafe term!.pointee.matched = 1
      return 1
    }
    unsafe host.members = { _, _, _ in unsafe concord_found() }
    unsafe host.complain = { host, text in unsafe HostBox.answers(host).complaints.append(String(text)) }
  }
}

extension String {
  init(_ bytes: concord_bytes) {
    guard let start = unsafe bytes.start else {
      self = ""
      return
    }
    self = unsafe String(decoding: UnsafeBufferPointer(start: start, count: bytes.count), as: UTF8.self)
  }
}

/// Texts of a record that hold a backslash.
private enum RecordTexts {
  static func text(_ record: concord_record, _ node: Int, isKey: Bool) -> String {
    let node = unsafe record.nodes[node]
    let range = isKey ? Int(node.key_start)..<Int(node.key_end) : Int(node.start)..<Int(node.end)
    let bytes = unsafe UnsafeBufferPointer(start: record.bytes.start, count: record.bytes.count)[range]
    let json = unsafe "[" + String(decoding: bytes, as: UTF8.self) + "]"
    return unescaped(json)
  }
}

extension Answers.Finding {
  fileprivate init(_ finding: concord_finding) {
    unsafe self.init(
      rule: Int(finding.rule), severity: finding.severity, place: finding.place, message: String(finding.message.key),
      arguments: Answers.arguments(of: finding.message),
      related: UnsafeBufferPointer(start: finding.related, count: finding.related_count).map {
        unsafe Answers.Note($0)
      },
      fixes: UnsafeBufferPointer(start: finding.fixes, count: finding.fix_count).map { unsafe Answers.Fix($0) })
  }
}

extension Answers {
  fileprivate static func arguments(of message: concord_message) -> [String: String] {
    let items = unsafe UnsafeBufferPointer(start: message.arguments, count: message.argument_count)
    let pairs = items.indices.map { unsafe (String(items[$0].name), String(items[$0].value)) }
    return Dictionary(pairs) { $1 }
  }
}

extension Answers.Note {
  fileprivate init(_ note: concord_related) {
    unsafe self.init(
      place: note.place, message: String(note.message.key), arguments: Answers.arguments(of: note.message))
  }
}

extension Answers.Fix {
  fileprivate init(_ fix: concord_fix) {
    unsafe self.init(
      title: String(fix.title.key), arguments: Answers.arguments(of: fix.title), isCertain: fix.is_certain == 1,
      edits: UnsafeBufferPointer(start: fix.edits, count: fix.edit_count).map { unsafe Answers.Edit($0) },
      recipe: fix.recipe == UInt32.max ? nil : (Int(fix.recipe), String(fix.argument)))
  }
}

extension Answers.Edit {
  fileprivate init(_ edit: concord_edit) {
    unsafe self.init(
      action: edit.action, place: edit.place, key: String(edit.key), value: String(edit.value),
      after: String(edit.after))
  }
}

extension Answers.Fact {
  fileprivate init(_ statement: concord_statement) {
    unsafe self.init(
      kind: Int(statement.kind),
      key: statement.has_key == 1
        ? .key(statement.key.high, statement.key.low) : .text(String(statement.key_text)),
      place: statement.places[0].place,
      also: (1..<max(1, statement.place_count)).map {
        let name = unsafe statement.places[$0].name
        return unsafe (Array(UnsafeBufferPointer(start: name.start, count: name.count)), statement.places[$0].place)
      },
      payload: Array(UnsafeBufferPointer(start: statement.payload.start, count: statement.payload.count)),
      extent: statement.extent)
  }
}

extension Answers.Amount {
  fileprivate init(_ amount: concord_amount) {
    unsafe self.init(
      kind: Int(amount.kind),
      key: amount.has_key == 1 ? .key(amount.key.high, amount.key.low) : .text(String(amount.key_text)),
      bin: amount.bin, amount: amount.amount, place: amount.place)
  }
}
