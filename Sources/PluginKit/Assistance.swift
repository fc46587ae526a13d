import CConcordPlugin

/// The edits of one record of a recipe.
public struct Edits {
  /// What else the call can ask the host for.
  public let call: HostCall
  /// Adds an edit; they are applied together.
  public mutating func add(_ edit: Edit) {
    var item = unsafe call.arena.edit(edit)
    _ = unsafe call.host.pointee.edit(call.host, &item)
  }
}

/// What could stand at a value.
public struct Offers {
  /// What else the call can ask the host for.
  public let call: HostCall
  /// `value` is JSON text that takes the place of the value at the cursor.
  public mutating func add(_ label: String, value: String, detail: String = "") {
    let arena = call.arena
    var item = unsafe concord_completion(
      size: MemoryLayout<concord_completion>.size, label: arena.bytes(label), value: arena.bytes(value),
      detail: arena.bytes(detail))
    _ = unsafe call.host.pointee.offer(call.host, &item)
  }
  /// The facts of a key, at most 256. The host may have to be asked.
  public func members(_ kind: FactKind, key: String) -> Facts { call.members(kind, key) }
}

/// What to say about a value.
public struct Hover {
  /// What else the call can ask the host for.
  public let call: HostCall
  /// Shows Markdown; only the first text of a call is taken.
  public mutating func show(_ markdown: String) {
    _ = unsafe call.host.pointee.show(call.host, call.arena.bytes(markdown))
  }
  /// The facts of a key, at most 256. The host may have to be asked.
  public func members(_ kind: FactKind, key: String) -> Facts { call.members(kind, key) }
}
