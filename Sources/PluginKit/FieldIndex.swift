import CConcordPlugin

/// Where each field stands first in a record. Most records of a file have the fields of the one before, in the same order: then
/// comparing them is all.
@safe final class FieldIndex {
  /// By table number: a place among the record's fields, or none.
  let firsts: UnsafeMutablePointer<UInt32>
  private let count: Int
  /// The table numbers of the record before, as far as they are kept.
  private let before: UnsafeMutablePointer<UInt32>
  /// How many it had; none yet: -1.
  private var beforeCount = -1
  /// Records with more fields are read anew.
  private static let most = 64

  /// `count` is how many fields the plugin's table has.
  init(count: Int) {
    self.count = count
    unsafe firsts = .allocate(capacity: max(count, 1))
    unsafe firsts.initialize(repeating: CONCORD_NONE_INDEX, count: max(count, 1))
    unsafe before = .allocate(capacity: Self.most)
    unsafe before.initialize(repeating: 0, count: Self.most)
  }

  deinit {
    unsafe firsts.deallocate()
    unsafe before.deallocate()
  }

  /// Reads a record's fields. Whether they are those of the one before.
  func read(_ record: UnsafePointer<concord_record>) -> Bool {
    let fieldCount = unsafe record.pointee.fields == nil ? 0 : record.pointee.field_count
    guard let fields = unsafe record.pointee.fields, fieldCount > 0 else {
      defer { clear() }
      return beforeCount == 0
    }
    if fieldCount == beforeCount, fieldCount <= Self.most {
      var index = 0
      while index < fieldCount, unsafe fields[index].field == before[index] { index += 1 }
      if index == fieldCount { return true }
    }
    clear()
    for index in (0..<fieldCount).reversed() {
      let number = unsafe fields[index].field
      if Int(number) < count { unsafe firsts[Int(number)] = UInt32(truncatingIfNeeded: index) }
      if index < Self.most { unsafe before[index] = number }
    }
    beforeCount = fieldCount
    return false
  }

  private func clear() {
    if beforeCount <= Self.most {
      for index in 0..<max(beforeCount, 0) {
        let number = unsafe before[index]
        if Int(number) < count { unsafe firsts[Int(number)] = CONCORD_NONE_INDEX }
      }
    } else {
      unsafe firsts.update(repeating: CONCORD_NONE_INDEX, count: max(count, 1))
    }
    beforeCount = 0
  }
}
