import CJSONC

/// One json-c value under construction, which this holds a reference to.
///
/// A class because the reference is given back exactly once. Pointers of json-c leave this file only inside it.
@safe final class Handle {
  let pointer: OpaquePointer?

  /// Takes over the caller's reference.
  init(owning pointer: OpaquePointer?) { unsafe self.pointer = pointer }

  deinit { unsafe json_object_put(pointer) }

  convenience init(null: ()) { unsafe self.init(owning: nil) }
  convenience init(_ value: Bool) { unsafe self.init(owning: json_object_new_boolean(value ? 1 : 0)) }
  convenience init(_ value: Int64) { unsafe self.init(owning: json_object_new_int64(value)) }
  convenience init(_ value: UInt64) { unsafe self.init(owning: json_object_new_uint64(value)) }
  convenience init(array: ()) { unsafe self.init(owning: json_object_new_array()) }
  convenience init(object: ()) { unsafe self.init(owning: json_object_new_object()) }

  /// A finite double, written with the fewest digits that read back as the same value.
  convenience init(finite value: Double) {
    unsafe self.init(owning: json_object_new_double_s(value, value.description))
  }

  /// `nil` above 2 GiB.
  convenience init?(_ value: String) {
    var value = value
    let pointer: OpaquePointer? = value.withUTF8 { bytes in
      guard let count = Int32(exactly: bytes.count) else { return nil }
      return unsafe bytes.withMemoryRebound(to: CChar.self) { characters in
        guard let start = characters.baseAddress else { return unsafe json_object_new_string("") }
        return unsafe json_object_new_string_len(start, count)
      }
    }
    guard let pointer = unsafe pointer else { return nil }
    unsafe self.init(owning: pointer)
  }

  var isArray: Bool { unsafe json_object_get_type(pointer) == json_type_array }
  var isObject: Bool { unsafe json_object_get_type(pointer) == json_type_object }
  var arrayCount: Int { isArray ? unsafe json_object_array_length(pointer) : 0 }

  /// Puts `value` under `key` of this object; one that stood there is dropped.
  func set(_ key: String, _ value: Handle) {
    unsafe json_object_object_add(pointer, key, json_object_get(value.pointer))
  }

  /// Puts `value` at `index` of this array, at most one behind its last element.
  func set(_ index: Int, _ value: Handle) {
    unsafe json_object_array_put_idx(pointer, index, json_object_get(value.pointer))
  }

  func serialized() -> [UInt8] {
    var length = 0
    let flags = JSON_C_TO_STRING_PLAIN | JSON_C_TO_STRING_NOSLASHESCAPE
    guard let text = unsafe json_object_to_json_string_length(pointer, flags, &length) else { return [] }
    return unsafe [UInt8](UnsafeRawBufferPointer(start: text, count: length))
  }
}

/// The place an encoder writes its value to.
///
/// A class because containers handed out write to it later.
final class Slot {
  private enum Place {
    case root
    case member(Handle, String)
    case element(Handle, Int)
  }

  private let place: Place
  /// How many levels may still be opened here.
  let remainingDepth: Int
  private var current: Handle?

  init(remainingDepth: Int) {
    place = .root
    self.remainingDepth = remainingDepth
  }

  init(member key: String, of object: Handle, remainingDepth: Int) {
    place = .member(object, key)
    self.remainingDepth = remainingDepth
  }

  init(element index: Int, of array: Handle, remainingDepth: Int) {
    place = .element(array, index)
    self.remainingDepth = remainingDepth
  }

  var isEmpty: Bool { current == nil }

  func store(_ value: Handle) {
    current = value
    switch place {
    case .root: break
    case .member(let object, let key): object.set(key, value)
    case .element(let array, let index): array.set(index, value)
    }
  }

  /// The object that stands here; a new one if there is none.
  func object() -> Handle {
    if let current, current.isObject { return current }
    let object = Handle(object: ())
    store(object)
    return object
  }

  /// The array that stands here; a new one if there is none.
  func array() -> Handle {
    if let current, current.isArray { return current }
    let array = Handle(array: ())
    store(array)
    return array
  }

  func serialized() -> [UInt8] { current?.serialized() ?? Array("null".utf8) }
}
