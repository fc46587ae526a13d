import CConcordPlugin
import WorkerProtocol

/// Builds what a call passes to the plugin from a batch's memory. Bytes, nodes, fields and numbers stay where they lie.
struct CallReader {
  private let state: HostState
  init(_ state: HostState) { self.state = state }

  func record(_ reader: inout ByteReader, index: Int) throws(WireError) -> UnsafePointer<concord_record> {
    let view = try RecordView(reading: &reader)
    let made = unsafe state.scratch.room(for: concord_record.self, 1)
    var record = unsafe concord_record()
    unsafe record.size = MemoryLayout<concord_record>.size
    unsafe record.index = UInt32(clamping: index)
    unsafe record.role = view.role
    unsafe record.bytes = state.allocate(view.bytes)
    unsafe record.nodes = view.nodes.memory.baseAddress?.assumingMemoryBound(to: concord_node.self)
    unsafe record.node_count = view.nodes.count
    unsafe record.fields = view.fields.memory.baseAddress?.assumingMemoryBound(to: concord_field.self)
    unsafe record.field_count = view.fields.count
    unsafe record.numbers = view.numbers.memory.baseAddress?.assumingMemoryBound(to: Double.self)
    unsafe record.number_count = view.numbers.count
    unsafe record.dialect = state.allocate(view.dialect)
    unsafe record.pattern = state.allocate(view.pattern)
    unsafe made.initialize(to: record)
    unsafe state.add(view.contexts, ofRecord: index)
    return unsafe UnsafePointer(made)
  }

  /// One fact alone.
  func fact(_ reader: inout ByteReader) throws(WireError) -> UnsafePointer<concord_fact> {
    let fact = unsafe state.scratch.room(for: concord_fact.self, 1)
    unsafe try read(&reader, to: fact, copying: false)
    return unsafe UnsafePointer(fact)
  }

  private func read(
    _ reader: inout ByteReader, to out: UnsafeMutablePointer<concord_fact>, copying: Bool
  ) throws(WireError) {
    let view = try FactView(reading: &reader)
    var fact = unsafe concord_fact()
    unsafe fact.kind = view.kind
    unsafe fact.record = view.record
    unsafe fact.key = concord_key(high: view.key.high, low: view.key.low)
    unsafe fact.order = view.order
    unsafe fact.payload = bytes(view.payload, copying)
    unsafe fact.extent = concord_extent(
      form: view.extent.form, reserved: 0, min_x: view.extent.minX, min_y: view.extent.minY, max_x: view.extent.maxX,
      max_y: view.extent.maxY)
    let places = unsafe state.scratch.room(for: concord_named_place.self, view.placeCount)
    for index in 0..<view.placeCount {
      let name = unsafe bytes(try reader.slice(), copying)
      unsafe (places + index).initialize(
        to: concord_named_place(name: name, place: concord_place(try reader.place())))
    }
    unsafe fact.places = view.placeCount > 0 ? UnsafePointer(places) : nil
    unsafe fact.place_count = view.placeCount
    unsafe out.initialize(to: fact)
  }

  func facts(_ reader: inout ByteReader, copying: Bool = false) throws(WireError) -> (UnsafePointer<concord_fact>?, Int)
  {
    let count = try reader.count(of: FactView.size)
    guard count > 0 else { return (nil, 0) }
    let facts = unsafe state.scratch.room(for: concord_fact.self, count)
    for index in 0..<count { unsafe try read(&reader, to: facts + index, copying: copying) }
    return unsafe (UnsafePointer(facts), count)
  }

  /// What the plugin's look-ups found, in the order in which it declares them.
  func lookups(_ reader: inout ByteReader, count: Int) throws(WireError) -> UnsafePointer<concord_found>? {
    guard try reader.count(of: 8, limit: Limits.names) == count else { throw WireError("A look-up is missing.") }
    guard count > 0 else { return nil }
    let found = unsafe state.scratch.room(for: concord_found.self, count)
    for index in 0..<count { unsafe try (found + index).initialize(to: self.found(&reader)) }
    return unsafe UnsafePointer(found)
  }

  /// One look-up: how many there are in truth, and the facts.
  func found(_ reader: inout ByteReader, copying: Bool = false) throws(WireError) -> concord_found {
    let total = Int(try reader.uint32())
    let (facts, count) = unsafe try facts(&reader, copying: copying)
    return unsafe concord_found(facts: facts, fact_count: count, total: total)
  }

  func totals(_ reader: inout ByteReader) throws(WireError) -> (UnsafePointer<concord_total>?, Int) {
    var totals: [concord_total] = unsafe []
    for _ in 0..<(try reader.count(of: 16)) {
      let bin = try reader.uint32()
      let amount = try reader.int64()
      var places: [concord_place] = []
      for _ in 0..<(try reader.count(of: 12, limit: Limits.places)) { places.append(concord_place(try reader.place())) }
      unsafe totals.append(
        concord_total(
          bin: bin, reserved: 0, amount: amount, places: state.scratch.array(places), place_count: places.count))
    }
    return unsafe (state.scratch.array(totals), totals.count)
  }

  /// In place, or copied if the memory read goes before the call ends.
  private func bytes(_ slice: UnsafeRawBufferPointer, _ copying: Bool) -> concord_bytes {
    guard copying else { return unsafe state.allocate(slice) }
    let copy = unsafe Array(slice)
    return unsafe concord_bytes(start: state.scratch.array(copy), count: copy.count)
  }
}

extension concord_place {
  init(_ place: WirePlace) { self.init(record: place.record, start: place.start, end: place.end) }
}
