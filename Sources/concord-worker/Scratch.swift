/// Memory for what one call passes to the plugin, given back all at once when the call ends.
///
/// What it hands out is valid until `reset`, and not initialized.
@safe final class Scratch {
  private static let blockSize = 256 << 10
  private var block = UnsafeMutableRawPointer.allocate(byteCount: Scratch.blockSize, alignment: 16)
  private var size = Scratch.blockSize
  /// Bytes used of the block.
  private var used = 0
  private var isFull = false
  /// Blocks that are full; the first one is of the usual size.
  private var full: [UnsafeMutableRawPointer] = unsafe []

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

  func bytes(_ count: Int) -> UnsafeMutableRawPointer {
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

  /// Room for so many elements.
  func room<Element: BitwiseCopyable>(for type: Element.Type, _ count: Int) -> UnsafeMutablePointer<Element> {
    unsafe bytes(count * MemoryLayout<Element>.stride).bindMemory(to: Element.self, capacity: count)
  }

  func array<Element: BitwiseCopyable>(_ elements: [Element]) -> UnsafePointer<Element>? {
    guard !elements.isEmpty else { return nil }
    let memory = unsafe room(for: Element.self, elements.count)
    for (index, element) in elements.enumerated() { unsafe memory[index] = element }
    return unsafe UnsafePointer(memory)
  }
}
