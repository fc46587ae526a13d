import CConcordPlugin

/// Memory for what one call passes to the host, given back all at once when the call ends.
///
/// A class because a call's reports share it. What it hands out is valid until `reset`.
@safe final class Arena {
  private static let blockSize = 64 << 10
  private var block = UnsafeMutableRawPointer.allocate(byteCount: Arena.blockSize, alignment: 16)
  private var size = Arena.blockSize
  /// Bytes used of the block.
  private var used = 0
  private var isFull = false
  /// Blocks that are full; the first one is of the usual size.
  private var full: [UnsafeMutableRawPointer] = unsafe []

  deinit {
    reset()
    unsafe block.deallocate()
  }

  /// Gives everything back; keeps the first block for the next call.
  func reset() {
    used = 0
    guard isFull else { return }
    isFull = false
    while let earlier = unsafe full.popLast() {
      unsafe block.deallocate()
      unsafe block = unsafe earlier
      size = Self.blockSize
    }
  }

  private func allocate(_ count: Int) -> UnsafeMutableRawPointer {
    let start = (used + 15) & ~15
    if start <= size, count <= size - start {
      used = start + count
      return unsafe block + start
    }
    isFull = true
    unsafe full.append(block)
    size = max(count, Self.blockSize)
    unsafe block = .allocate(byteCount: size, alignment: 16)
    used = count
    return unsafe block
  }

  /// Room for so many elements, not initialized.
  func room<Element: BitwiseCopyable>(for type: Element.Type, _ count: Int) -> UnsafeMutablePointer<Element> {
    unsafe allocate(count * MemoryLayout<Element>.stride).bindMemory(to: Element.self, capacity: count)
  }

  func array<Element: BitwiseCopyable>(_ elements: [Element]) -> (UnsafePointer<Element>?, Int) {
    guard !elements.isEmpty else { return (nil, 0) }
    let memory = unsafe room(for: Element.self, elements.count)
    for (index, element) in elements.enumerated() { unsafe memory[index] = element }
    return unsafe (UnsafePointer(memory), elements.count)
  }

  func bytes(_ bytes: [UInt8]) -> concord_bytes {
    let (start, count) = unsafe array(bytes)
    return unsafe concord_bytes(start: start, count: count)
  }

  /// Behind a byte that begins no text, so that no text is the same.
  func bytes(_ number: UInt64) -> concord_bytes {
    let memory = unsafe allocate(9).bindMemory(to: UInt8.self, capacity: 9)
    unsafe memory[0] = 0xFF
    for index in 0..<8 { unsafe memory[index + 1] = UInt8(truncatingIfNeeded: number >> UInt64(8 * index)) }
    return unsafe concord_bytes(start: UnsafePointer(memory), count: 9)
  }

  func bytes(_ text: String) -> concord_bytes {
    if text.isEmpty { return unsafe concord_bytes() }
    var text = text
    return text.withUTF8 { utf8 in
      guard let base = utf8.baseAddress, utf8.count > 0 else { return unsafe concord_bytes() }
      let memory = unsafe allocate(utf8.count)
      unsafe memory.copyMemory(from: base, byteCount: utf8.count)
      return unsafe concord_bytes(start: UnsafePointer(memory.assumingMemoryBound(to: UInt8.self)), count: utf8.count)
    }
  }

  func message(_ key: String, _ arguments: Arguments) -> concord_message {
    let items = unsafe arguments.map {
      unsafe concord_argument(name: bytes($0.key), value: bytes($0.value.argumentText))
    }
    let (start, count) = unsafe array(items)
    return unsafe concord_message(key: bytes(key), arguments: start, argument_count: count)
  }

  func edit(_ edit: Edit) -> concord_edit {
    var item = unsafe concord_edit()
    unsafe item.index = CONCORD_NONE_INDEX
    switch edit {
    case .replace(let placed, let value):
      unsafe item.action = UInt32(CONCORD_REPLACE)
      unsafe item.place = placed.place.c
      unsafe item.value = bytes(value)
    case .remove(let placed):
      unsafe item.action = UInt32(CONCORD_REMOVE)
      unsafe item.place = placed.place.c
    case .insertMember(let placed, let key, let value, let after):
      unsafe item.action = UInt32(CONCORD_INSERT_MEMBER)
      unsafe item.place = placed.place.c
      unsafe item.key = bytes(key)
      unsafe item.value = bytes(value)
      unsafe item.after = bytes(after ?? "")
    case .insertElement(let placed, let value, let position):
      unsafe item.action = UInt32(CONCORD_INSERT_ELEMENT)
      unsafe item.place = placed.place.c
      unsafe item.value = bytes(value)
      unsafe item.index = position.flatMap { UInt32(exactly: $0) } ?? CONCORD_NONE_INDEX
    }
    return unsafe item
  }

  func fix(_ fix: Fix, _ table: RuleTable) -> concord_fix {
    var item = unsafe concord_fix()
    unsafe item.title = message(fix.title, fix.arguments)
    unsafe item.is_certain = fix.isCertain ? 1 : 0
    unsafe item.recipe = CONCORD_NONE_INDEX
    switch fix.action {
    case .edits(let edits):
      unsafe (item.edits, item.edit_count) = unsafe array(edits.map { unsafe edit($0) })
    case .recipe(let recipe, let argument, let scope):
      unsafe item.recipe = table.recipes[recipe.name] ?? CONCORD_NONE_INDEX
      unsafe item.argument = bytes(argument)
      unsafe item.scope = scope.rawValue
    }
    return unsafe item
  }
}

extension Place {
  var c: concord_place { concord_place(record: record, start: start, end: end) }
}

extension concord_extent {
  init(_ extent: Extent?) {
    self.init()
    switch extent {
    case .interval(let from, let to):
      form = UInt32(CONCORD_EXTENT_INTERVAL)
      min_x = from
      max_x = to
    case .box(let minX, let minY, let maxX, let maxY):
      form = UInt32(CONCORD_EXTENT_BOX)
      min_x = minX
      min_y = minY
      max_x = maxX
      max_y = maxY
    case nil: break
    }
  }
}
