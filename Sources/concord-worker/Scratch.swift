/// Memory for what one call passes to the plugin, given back all at once when the call ends.
///
/// What it hands out is valid until `reset`, and not initialized.
@safe final class Scratch {
  private static let blockSize = 256 << 10
  private var blocks: [UnsafeMutableRawBufferPointer] = unsafe [.allocate(byteCount: Scratch.blockSize, alignment: 16)]
  private var used = 0

  /// Gives everything back; keeps the first block for the next call.
  func reset() {
    while unsafe blocks.count > 1 { unsafe blocks.removeLast().deallocate() }
    used = 0
  }

  func bytes(_ count: Int) -> UnsafeMutableRawPointer {
    let start = (used + 15) & ~15
    if let block = unsafe blocks.last, start <= block.count, count <= block.count - start, let base = block.baseAddress
    {
      used = start + count
      return unsafe base + start
    }
    let block = UnsafeMutableRawBufferPointer.allocate(byteCount: max(count, Self.blockSize), alignment: 16)
    unsafe blocks.append(block)
    used = count
    // Not nil: it was allocated with a size above zero.
    return block.baseAddress!
  }

  func array<Element: BitwiseCopyable>(_ elements: [Element]) -> UnsafePointer<Element>? {
    guard !elements.isEmpty else { return nil }
    let memory = unsafe bytes(elements.count * MemoryLayout<Element>.stride)
      .bindMemory(to: Element.self, capacity: elements.count)
    for (index, element) in elements.enumerated() { unsafe memory[index] = element }
    return unsafe UnsafePointer(memory)
  }
}
