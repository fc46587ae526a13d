/// Values by bin: few in a list in order of their bins, which takes little memory, many in a dictionary.
///
/// Most keys have one or two totals, and there are as many keys as pictures.
struct BinMap<Value> {
  private static var few: Int { 16 }
  private var list: [(bin: UInt32, value: Value)] = []
  private var table: [UInt32: Value] = [:]

  var isEmpty: Bool { list.isEmpty && table.isEmpty }
  /// In order.
  var bins: [UInt32] { table.isEmpty ? list.map(\.bin) : table.keys.sorted() }

  subscript(bin: UInt32) -> Value? {
    guard table.isEmpty else { return table[bin] }
    let place = place(of: bin)
    return place.isThere ? list[place.index].value : nil
  }

  /// Changes the value of a bin, which begins with `new`; takes it out if that says so.
  mutating func change(_ bin: UInt32, new: @autoclosure () -> Value, _ body: (inout Value) -> Bool) {
    guard table.isEmpty else {
      if !body(&table[bin, default: new()]) { table[bin] = nil }
      return
    }
    let place = place(of: bin)
    if !place.isThere, list.count == Self.few {
      table = Dictionary(uniqueKeysWithValues: list.map { ($0.bin, $0.value) })
      list = []
      return change(bin, new: new(), body)
    }
    if !place.isThere { list.insert((bin, new()), at: place.index) }
    if !body(&list[place.index].value) { list.remove(at: place.index) }
  }

  /// Bytes held besides the values' own, and what `own` says those hold.
  func byteCount(_ own: (Value) -> Int) -> Int {
    let slots = list.capacity + table.capacity
    let held = list.reduce(0) { $0 + own($1.value) } + table.values.reduce(0) { $0 + own($1) }
    return slots * (MemoryLayout<(UInt32, Value)>.stride + 1) + 32 + held
  }

  private func place(of bin: UInt32) -> (index: Int, isThere: Bool) {
    let index = list.firstIndex { $0.bin >= bin } ?? list.count
    return (index, index < list.count && list[index].bin == bin)
  }
}
