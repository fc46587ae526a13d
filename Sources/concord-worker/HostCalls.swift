import CConcordPlugin
import WorkerProtocol

/// The struct handed to the plugin, and behind it what its functions need.
@safe struct HostBlock {
  var host: concord_host
  var state: Unmanaged<HostState>

  /// The plugin hands back the pointer it was given, which is the start of a block.
  static func state(_ host: UnsafePointer<concord_host>?) -> HostState? {
    guard let host = unsafe host else { return nil }
    return unsafe UnsafeRawPointer(host).assumingMemoryBound(to: HostBlock.self).pointee.state.takeUnretainedValue()
  }

  init(_ state: HostState) {
    unsafe self.state = Unmanaged.passRetained(state)
    host = concord_host()
    host.size = MemoryLayout<concord_host>.size
    host.abi_version = boundaryVersion
    unsafe host.report = { host, finding in
      guard let state = unsafe HostBlock.state(host), let finding = unsafe finding else { return 0 }
      return unsafe state.take(.finding, limit: Limits.findings, WireFinding(finding).map { .finding($0) })
    }
    unsafe host.state = { host, rule, statement in
      guard let state = unsafe HostBlock.state(host), let statement = unsafe statement else { return 0 }
      return state.take(.fact, limit: Limits.facts, writing: { unsafe $0.put(rule, statement) })
    }
    unsafe host.tally = { host, rule, amount in
      guard let state = unsafe HostBlock.state(host), let amount = unsafe amount else { return 0 }
      return state.take(.tally, limit: Limits.facts, writing: { unsafe $0.put(rule, amount) })
    }
    unsafe host.sketch = { host, rule, sketch in
      guard let state = unsafe HostBlock.state(host), let sketch = unsafe sketch else { return 0 }
      return unsafe state.take(.sketch, limit: Limits.sketches, WireSketch(rule, sketch).map { .sketch($0) })
    }
    unsafe host.claim = { host, claim in
      guard let state = unsafe HostBlock.state(host), let claim = unsafe claim else { return 0 }
      return unsafe state.take(.claim, limit: Limits.facts, WireClaim(claim).map { .claim($0) })
    }
    unsafe host.edit = { host, edit in
      guard let state = unsafe HostBlock.state(host), let edit = unsafe edit else { return 0 }
      return unsafe state.take(.edit, limit: Limits.recipeEdits, WireEdit(edit.pointee).map { .edit($0) })
    }
    unsafe host.offer = { host, offer in
      guard let state = unsafe HostBlock.state(host), let offer = unsafe offer else { return 0 }
      guard let label = unsafe text(offer.pointee.label), let value = unsafe text(offer.pointee.value),
        let detail = unsafe text(offer.pointee.detail)
      else { return state.take(.offer, limit: Limits.offers, nil) }
      return state.take(.offer, limit: Limits.offers, .offer(label: label, value: Array(value.utf8), detail: detail))
    }
    unsafe host.show = { host, markdown in
      guard let state = unsafe HostBlock.state(host) else { return 0 }
      return unsafe state.take(.show, limit: 1, text(markdown).map { .show($0) })
    }
    unsafe host.complain = { host, words in
      guard let state = unsafe HostBlock.state(host) else { return }
      _ = unsafe state.take(.complaint, limit: Limits.complaints, text(words).map { .complaint($0) })
    }
    unsafe host.text = { host, record, node in
      guard let state = unsafe HostBlock.state(host), let record = unsafe record else { return unsafe concord_bytes() }
      return unsafe state.text(of: record, node)
    }
    unsafe host.key = { host, record, node in
      guard let state = unsafe HostBlock.state(host), let record = unsafe record else { return unsafe concord_bytes() }
      return unsafe state.key(of: record, node)
    }
    unsafe host.context = { host, record, context in
      guard let state = unsafe HostBlock.state(host), let record = unsafe record else { return unsafe concord_bytes() }
      return unsafe state.context(of: record, context)
    }
    unsafe host.setting = { host, setting in
      guard let state = unsafe HostBlock.state(host) else { return unsafe concord_bytes() }
      return unsafe state.setting(setting)
    }
    unsafe host.term = { host, vocabulary, words, term in
      guard let state = unsafe HostBlock.state(host), let term = unsafe term else { return 0 }
      return unsafe state.term(vocabulary, words, term) ? 1 : 0
    }
    // `wants` is set with a choice of rules only, so that plugins need not ask before each.
    unsafe host.members = { host, kind, key in
      guard let state = unsafe HostBlock.state(host) else { return unsafe concord_found() }
      return unsafe state.members(kind, key)
    }
  }
}

extension HostBlock {
  /// Lets the plugin ask which rules are wanted, or not, where all are.
  mutating func choose(_ isChoice: Bool) {
    guard isChoice else {
      unsafe host.wants = nil
      return
    }
    unsafe host.wants = { host, rule in
      guard let rules = unsafe HostBlock.state(host)?.configuration.rules else { return 1 }
      return rules.contains(rule) ? 1 : 0
    }
  }
}

extension HostState {
  func text(of record: UnsafePointer<concord_record>, _ index: UInt32) -> concord_bytes {
    guard unsafe Int(index) < record.pointee.node_count, let nodes = unsafe record.pointee.nodes else {
      return unsafe concord_bytes()
    }
    let node = unsafe nodes[Int(index)]
    guard Int(node.kind) == CONCORD_STRING else { return unsafe allocate(slice(record, node.start, node.end)) }
    let place = Int(index) % Unescaped.most
    if unsafe unescaped[place].record == record, unescaped[place].node == index { return unsafe unescaped[place].text }
    let text = unsafe inside(
      slice(record, node.start, node.end), isEscaped: Int(node.flags) & CONCORD_ESCAPED != 0)
    unsafe unescaped[place].record = unsafe record
    unescaped[place].node = index
    unsafe unescaped[place].text = unsafe text
    hasUnescaped = true
    return unsafe text
  }

  func key(of record: UnsafePointer<concord_record>, _ index: UInt32) -> concord_bytes {
    guard unsafe Int(index) < record.pointee.node_count, let nodes = unsafe record.pointee.nodes else {
      return unsafe concord_bytes()
    }
    let node = unsafe nodes[Int(index)]
    guard node.key_end > node.key_start else { return unsafe concord_bytes() }
    return unsafe inside(
      slice(record, node.key_start, node.key_end), isEscaped: Int(node.flags) & CONCORD_KEY_ESCAPED != 0)
  }

  func context(of record: UnsafePointer<concord_record>, _ context: UInt32) -> concord_bytes {
    let index = unsafe Int(record.pointee.index)
    guard unsafe index < contexts.count, let item = unsafe contexts[index].first(where: { unsafe $0.index == context })
    else {
      return unsafe concord_bytes()
    }
    return unsafe allocate(item.text)
  }

  func setting(_ setting: UInt32) -> concord_bytes {
    guard Int(setting) < configuration.settings.count, let text = configuration.settings[Int(setting)] else {
      return unsafe concord_bytes()
    }
    return unsafe concord_bytes(start: scratch.array(text), count: text.count)
  }

  private func slice(_ record: UnsafePointer<concord_record>, _ start: UInt32, _ end: UInt32) -> UnsafeRawBufferPointer
  {
    let bytes = unsafe record.pointee.bytes
    let from = unsafe min(Int(start), bytes.count)
    let to = unsafe min(max(Int(end), from), bytes.count)
    return unsafe UnsafeRawBufferPointer(
      start: bytes.start.map { unsafe UnsafeRawPointer($0) + from }, count: to - from)
  }

  /// Without the quotes and unescaped. A string that lacks its end has one quote.
  private func inside(_ whole: UnsafeRawBufferPointer, isEscaped: Bool) -> concord_bytes {
    let quote = UInt8(ascii: "\"")
    var from = 0
    var to = whole.count
    if unsafe to > 0 && whole[0] == quote { from = 1 }
    if unsafe to > from && whole[to - 1] == quote { to -= 1 }
    let inner = unsafe UnsafeRawBufferPointer(rebasing: whole[from..<to])
    let memory = unsafe scratch.bytes(max(inner.count, 1))
    let count: Int
    if isEscaped {
      count = unsafe unescape(inner, into: memory)
    } else {
      count = inner.count
      if let base = inner.baseAddress, count > 0 { unsafe memory.copyMemory(from: base, byteCount: count) }
    }
    return unsafe concord_bytes(start: UnsafePointer(memory.assumingMemoryBound(to: UInt8.self)), count: count)
  }
}
