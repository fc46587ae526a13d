// What a container remembers of its children. Always of a bounded number of them, so that reading again stops soon behind an edit.
extension Frame {
  /// Takes over what the records of its siblings' containers looked like.
  mutating func inherit(from parent: Frame) {
    inner = parent.inner
    innerType = parent.innerType
    guard childType != 0, innerType == childType, !inner.isEmpty else { return }
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
    if child.childType != 0 {
      inner = child.lastIsInherited ? .empty : child.last
      innerType = child.childType
      innerIsOwn = true
    } else if child.innerIsOwn || child.recordType != 0 {
      inner = child.innerIsOwn ? child.inner : .empty
      innerType = child.innerType
      innerIsOwn = true
    }
  }
}
