import CConcordPlugin
import CWorkerSystem
import Glibc
import WorkerProtocol

/// Serves the host with one instance of the plugin until the host goes.
@safe struct Session {
  private let plugin: UnsafePointer<concord_plugin_v1>
  private let instance: UnsafeMutableRawPointer
  private let state: HostState
  private let block: UnsafeMutablePointer<HostBlock>
  private let progress: UnsafeMutablePointer<UInt64>
  /// Bytes of the next call that are fetched ahead: what lies further on would push out what is in use.
  private static let mostFetched = 4 << 10

  /// `nil` if the plugin makes no instance.
  init?(_ plugin: UnsafePointer<concord_plugin_v1>, _ connection: Connection) {
    guard let instance = unsafe plugin.pointee.create(plugin.pointee.data),
      let progress = unsafe ws_map_word(Int32(WS_PROGRESS))
    else { return nil }
    unsafe self.plugin = plugin
    unsafe self.instance = instance
    unsafe self.progress = unsafe progress
    state = unsafe HostState(plugin, connection)
    unsafe block = .allocate(capacity: 1)
    unsafe block.initialize(to: HostBlock(state))
  }

  func run() {
    var hello = ByteWriter()
    unsafe Hello(plugin).write(to: &hello)
    state.connection.send(.hello, hello.bytes)
    while let frame = state.connection.next() {
      let isRead = unsafe frame.withBody { body in
        var reader = unsafe ByteReader(body)
        return (try? serve(frame, &reader)) != nil
      }
      // The host writes these frames: one that cannot be read means that this is not the host this was built for.
      guard isRead else { return state.connection.refuse("A frame from the host could not be read.") }
    }
    unsafe plugin.pointee.destroy(instance)
  }

  private func serve(_ frame: ReceivedFrame, _ reader: inout ByteReader) throws(WireError) {
    switch frame.kind {
    case .configure:
      state.configuration = try Configuration(reading: &reader)
      unsafe block.pointee.host.as_of = state.configuration.asOf
      unsafe block.pointee.choose(state.configuration.rules != nil)
    case .batch: try batch(&reader)
    case .vocabulary:
      state.vocabularies[try reader.uint32()] = unsafe frame.file.flatMap { unsafe WorkerVocabulary($0) }
    case .vocabularyChange: try state.vocabularies[reader.uint32()]?.change(&reader)
    default: break
    }
  }

  private func batch(_ reader: inout ByteReader) throws(WireError) {
    let serial = try reader.uint32()
    let count = Int(try reader.uint32())
    let head = state.beginFrame()
    unsafe state.out.pointee.put(serial)
    unsafe state.out.pointee.put(UInt64(0))
    unsafe state.out.pointee.put(count: count)
    let start = ws_now()
    var done = 0
    for index in 0..<count where !state.isFull {
      try reader.align(to: 8)
      unsafe ws_store(progress, UInt64(serial) << 32 | UInt64(index + 1))
      try call(&reader)
      done += 1
    }
    unsafe state.out.pointee.overwrite(UInt32(clamping: done), at: head + 12)
    unsafe ws_store(progress, UInt64(serial) << 32)
    unsafe state.out.pointee.overwrite(UInt64(clamping: ws_now() - start), at: head + 4)
    unsafe state.out.pointee.overwrite(UInt32(clamping: state.out.pointee.count - head), at: FrameHeader.countOffset)
    unsafe state.connection.send(state.out.pointee.bytes)
  }

  private func call(_ reader: inout ByteReader) throws(WireError) {
    let start = reader.offset
    guard let form = CallForm(rawValue: try reader.byte()) else { throw WireError("A call is of no known form.") }
    state.begin(form)
    let read = CallReader(state)
    let host = unsafe UnsafePointer(UnsafeRawPointer(block).assumingMemoryBound(to: concord_host.self))
    switch form {
    case .check:
      let record = unsafe try read.record(&reader, index: 0)
      let found = unsafe try read.lookups(&reader, count: plugin.pointee.lookup_count)
      // Other processors wrote it: the next record, mostly as long as this one, comes nearer while the rules look at this one.
      reader.fetch(min(reader.offset - start, Self.mostFetched))
      unsafe plugin.pointee.check(instance, host, record, found)
    case .relate:
      let relation = try reader.uint32()
      let among = try reader.uint32()
      let fact = unsafe try read.fact(&reader)
      let (related, count) = unsafe try read.facts(&reader)
      unsafe plugin.pointee.relate?(instance, host, relation, among, fact, related, count)
    case .group:
      let kind = try reader.uint32()
      let key = try reader.key()
      let (facts, count) = unsafe try read.facts(&reader)
      var records: [UnsafePointer<concord_record>?] = unsafe []
      for index in 0..<(try reader.count(of: 40)) { unsafe records.append(try read.record(&reader, index: index)) }
      unsafe plugin.pointee.group?(
        instance, host, kind, concord_key(high: key.high, low: key.low), facts, count, state.scratch.array(records),
        records.count)
    case .totals:
      let kind = try reader.uint32()
      let key = try reader.key()
      let (totals, count) = unsafe try read.totals(&reader)
      unsafe plugin.pointee.totals?(instance, host, kind, concord_key(high: key.high, low: key.low), totals, count)
    case .fix:
      let record = unsafe try read.record(&reader, index: 0)
      let recipe = try reader.uint32()
      let argument = unsafe try reader.slice()
      unsafe plugin.pointee.fix?(instance, host, record, recipe, state.allocate(argument))
    case .complete:
      let record = unsafe try read.record(&reader, index: 0)
      let node = try reader.uint32()
      unsafe plugin.pointee.complete?(instance, host, record, node)
    case .hover:
      let record = unsafe try read.record(&reader, index: 0)
      let node = try reader.uint32()
      unsafe plugin.pointee.hover?(instance, host, record, node)
    }
    state.end()
  }
}

extension Hello {
  init(_ plugin: UnsafePointer<concord_plugin_v1>) {
    let plugin = unsafe plugin.pointee
    func names(_ start: UnsafePointer<concord_bytes>?, _ count: Int) -> [String] {
      unsafe UnsafeBufferPointer(start: start, count: start == nil ? 0 : count).map { unsafe text($0) ?? "" }
    }
    let recipes = unsafe UnsafeBufferPointer(
      start: plugin.recipes, count: plugin.recipes == nil ? 0 : plugin.recipe_count)
    let lookups = unsafe UnsafeBufferPointer(
      start: plugin.lookups, count: plugin.lookups == nil ? 0 : plugin.lookup_count)
    let rules = unsafe UnsafeBufferPointer(start: plugin.rules, count: plugin.rules == nil ? 0 : plugin.rule_count)
    unsafe self.init(
      id: text(plugin.id) ?? "", version: text(plugin.version) ?? "",
      rules: rules.map { unsafe $0.flatMap { unsafe text($0.pointee.id) } ?? "" },
      fields: names(plugin.fields, plugin.field_count), kinds: names(plugin.kinds, plugin.kind_count),
      contexts: names(plugin.contexts, plugin.context_count), settings: names(plugin.settings, plugin.setting_count),
      vocabularies: names(plugin.vocabularies, plugin.vocabulary_count),
      recipes: recipes.map { unsafe text($0.name) ?? "" },
      lookups: lookups.map {
        Lookup(
          by: UInt8(exactly: $0.by).flatMap(Lookup.By.init(rawValue:)) ?? .constant, kind: $0.kind, source: $0.source)
      }, answers: Answers(of: plugin))
  }
}

extension Hello.Answers {
  /// Which of the optional calls a plugin has.
  init(of plugin: concord_plugin_v1) {
    self = []
    if unsafe plugin.relate != nil { insert(.relate) }
    if unsafe plugin.group != nil { insert(.group) }
    if unsafe plugin.totals != nil { insert(.totals) }
    if unsafe plugin.fix != nil { insert(.fix) }
    if unsafe plugin.complete != nil { insert(.complete) }
    if unsafe plugin.hover != nil { insert(.hover) }
  }
}
