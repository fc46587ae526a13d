import Glibc

/// A file in memory, for reading. A class, because the memory and the descriptor go when nobody uses them any more.
@safe package final class MappedFile: Sendable {
  /// Read only; whoever keeps a pointer into it keeps this.
  package nonisolated(unsafe) let memory: UnsafeRawBufferPointer
  /// For others who are to map it; open as long as this lives.
  package let descriptor: Int32

  /// Takes the descriptor over. `nil` if there is nothing in it, or no room.
  init?(_ descriptor: Int32, count: Int) {
    guard count > 0, let start = unsafe mmap(nil, count, PROT_READ, MAP_SHARED, descriptor, 0),
      unsafe start != MAP_FAILED
    else {
      close(descriptor)
      return nil
    }
    unsafe memory = UnsafeRawBufferPointer(start: start, count: count)
    self.descriptor = descriptor
  }

  deinit {
    _ = unsafe munmap(UnsafeMutableRawPointer(mutating: memory.baseAddress), memory.count)
    close(descriptor)
  }
}
