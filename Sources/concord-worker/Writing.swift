import CConcordPlugin
import WorkerProtocol

// Facts and amounts are what most calls say: they are written as they cross (`WireFact`, `WireTally`) without being made first. Each gives
// false for what is not well formed, whatever it has written by then.

extension ByteWriter {
  mutating func put(_ rule: UInt32, _ fact: UnsafePointer<concord_statement>) -> Bool {
    guard unsafe fact.pointee.size >= MemoryLayout<concord_statement>.size,
      let places = unsafe list(fact.pointee.places, fact.pointee.place_count, limit: Limits.places), !places.isEmpty,
      unsafe isShort(fact.pointee.payload, Limits.payload)
    else { return false }
    unsafe begin(.fact, rule, fact.pointee.kind)
    guard unsafe put(fact.pointee.has_key, fact.pointee.key, fact.pointee.key_text) else { return false }
    put(count: places.count)
    for index in places.indices {
      let item = unsafe places[index]
      guard unsafe put(text: item.name) else { return false }
      unsafe put(WirePlace(item.place))
    }
    unsafe put(counted: fact.pointee.payload)
    var extent = WireExtent()
    let given = unsafe fact.pointee.extent
    extent.form = given.form
    extent.minX = given.min_x
    extent.minY = given.min_y
    extent.maxX = given.max_x
    extent.maxY = given.max_y
    put(extent)
    return true
  }

  mutating func put(_ rule: UInt32, _ amount: UnsafePointer<concord_amount>) -> Bool {
    guard unsafe amount.pointee.size >= MemoryLayout<concord_amount>.size else { return false }
    unsafe begin(.tally, rule, amount.pointee.kind)
    guard unsafe put(amount.pointee.has_key, amount.pointee.key, amount.pointee.key_text) else { return false }
    unsafe put(bin: amount.pointee.bin, amount.pointee.amount, WirePlace(amount.pointee.place))
    return true
  }

  private mutating func put(_ hasKey: UInt8, _ key: concord_key, _ text: concord_bytes) -> Bool {
    guard hasKey != 1 else {
      put(stated: WireKey(high: key.high, low: key.low))
      return true
    }
    guard unsafe isShort(text, Limits.text) else { return false }
    unsafe put(stated: UnsafeRawBufferPointer(start: text.start, count: text.start == nil ? 0 : max(text.count, 0)))
    return true
  }

  /// Text; false if it is not UTF-8 or too long.
  private mutating func put(text bytes: concord_bytes) -> Bool {
    // Most names are empty.
    guard unsafe bytes.count > 0, unsafe bytes.start != nil else {
      put(count: 0)
      return true
    }
    guard let text = unsafe text(bytes) else { return false }
    put(text)
    return true
  }

  private mutating func put(counted bytes: concord_bytes) {
    guard let start = unsafe bytes.start, unsafe bytes.count > 0 else { return put(count: 0) }
    unsafe put(counted: UnsafeRawBufferPointer(start: start, count: bytes.count))
  }
}

/// Whether bytes from the plugin are no more than agreed; none are where they have no start.
private func isShort(_ bytes: concord_bytes, _ limit: Int) -> Bool {
  unsafe bytes.start == nil || bytes.count <= limit
}
