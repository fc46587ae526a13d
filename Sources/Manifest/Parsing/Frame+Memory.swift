// What a container remembers of its children. Always of a bounded number of them, so that reading again stops soon behind an edit.
extension Frame {
  /// Takes over what the records of its siblings' containers looked like.
  mutating func inherit(from parent: Frame) {
    guard !parent.inner.isEmpty else { return }
    inner = parent.inner
    innerType = parent.innerType
    guard childType != 0, innerType == childType else { return }
    last = inner
    beforeLast = inner
    lastIsInherited = true
  }

  /// Remembers a child that ends.
  mutating func remember(_ child: Frame) {
    if child.kind == .object, !child.keys.isEmpty, kind != .root, kind != .lines {
      beforeLast = last
      last = child.keys
      lastIsInherited = false
    }
    guard child.childType != 0 || child.innerIsOwn || child.recordType != 0 else { return }
    if child.childType != 0 {
      let isEmpty = child.lastIsInherited || child.last.isEmpty
      // A record's empty list does not wipe out what its other lists hold.
      if isEmpty && innerIsOwn && recordType != 0 { return }
      inner = isEmpty ? .empty : child.last
      innerType = child.childType
    } else {
      inner = child.innerIsOwn ? child.inner : .empty
      innerType = child.innerType
    }
    innerIsOwn = true
  }
}
