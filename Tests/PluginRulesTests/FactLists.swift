import CConcordPlugin

/// A fact to hand in.
struct LentFact {
  var kind: UInt32
  var key: (UInt64, UInt64) = (0, 0)
  var place: concord_place
  /// Further places with their names.
  var also: [(name: [UInt8], place: concord_place)] = []
  var payload: [UInt8]
  var extent = concord_extent()
  var order = 0
  /// Among the records of a group; `.max` where none go along.
  var record = UInt32.max

  init(kind: UInt32, key: (UInt64, UInt64) = (0, 0), place: concord_place, payload: [UInt8]) {
    self.kind = kind
    self.key = key
    self.place = place
    self.payload = payload
  }

  init(_ fact: Answers.Fact, _ order: Int) {
    self.init(kind: UInt32(fact.kind), place: fact.place, payload: fact.payload)
    also = fact.also
    extent = fact.extent
    self.order = order
  }
}

enum FactLists {
  /// Lends lists of facts for the time of a call. What they point to is freed afterwards.
  static func lend(_ lists: [[LentFact]], _ body: ([UnsafeBufferPointer<concord_fact>]) -> Void) {
    var buffers: [UnsafeMutableBufferPointer<concord_fact>] = unsafe []
    var payloads: [UnsafeMutableBufferPointer<UInt8>] = unsafe []
    var places: [UnsafeMutableBufferPointer<concord_named_place>] = unsafe []
    for list in lists {
      let buffer = UnsafeMutableBufferPointer<concord_fact>.allocate(capacity: list.count)
      for (index, fact) in list.enumerated() {
        let payload = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: fact.payload.count)
        _ = unsafe payload.initialize(from: fact.payload)
        let place = UnsafeMutableBufferPointer<concord_named_place>.allocate(capacity: 1 + fact.also.count)
        unsafe place.initialize(repeating: concord_named_place(name: concord_bytes(), place: fact.place))
        for (number, named) in fact.also.enumerated() {
          let name = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: named.name.count)
          _ = unsafe name.initialize(from: named.name)
          unsafe payloads.append(name)
          unsafe place[number + 1] = concord_named_place(
            name: concord_bytes(start: UnsafePointer(name.baseAddress), count: name.count), place: named.place)
        }
        unsafe payloads.append(payload)
        unsafe places.append(place)
        unsafe buffer.initializeElement(
          at: index,
          to: concord_fact(
            kind: fact.kind, record: fact.record, key: concord_key(high: fact.key.0, low: fact.key.1),
            places: UnsafePointer(place.baseAddress), place_count: place.count,
            payload: concord_bytes(start: UnsafePointer(payload.baseAddress), count: payload.count),
            extent: fact.extent,
            order: UInt64(fact.order)))
      }
      unsafe buffers.append(buffer)
    }
    unsafe body(buffers.map { UnsafeBufferPointer($0) })
    unsafe buffers.forEach { unsafe $0.deallocate() }
    unsafe payloads.forEach { unsafe $0.deallocate() }
    unsafe places.forEach { unsafe $0.deallocate() }
  }
}
