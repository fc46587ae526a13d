import Glibc

/// Reads a descriptor; the end is also what an error is taken for.
package struct DescriptorSource: ByteSource {
  let descriptor: Int32

  package init(_ descriptor: Int32) { self.descriptor = descriptor }

  package mutating func read(into buffer: UnsafeMutableRawBufferPointer) -> Int {
    while true {
      let got = unsafe Glibc.read(descriptor, buffer.baseAddress, buffer.count)
      if got >= 0 { return got }
      guard canRetry(descriptor, for: POLLIN) else { return 0 }
    }
  }
}

/// Writes all of `bytes`; `false` when the other end is gone.
package func writeAll(_ bytes: [UInt8], to descriptor: Int32) -> Bool {
  unsafe bytes.withUnsafeBytes { buffer in
    var written = 0
    while written < buffer.count {
      let count = unsafe write(descriptor, buffer.baseAddress?.advanced(by: written), buffer.count - written)
      if count >= 0 {
        written += count
      } else if !canRetry(descriptor, for: POLLOUT) {
        return false
      }
    }
    return true
  }
}

/// After a failed call: whether it was only interrupted, or a descriptor set to non-blocking had to be waited for.
private func canRetry(_ descriptor: Int32, for event: Int32) -> Bool {
  switch errno {
  case EINTR: return true
  case EAGAIN:
    var poll = pollfd(fd: descriptor, events: Int16(truncatingIfNeeded: event), revents: 0)
    return unsafe Glibc.poll(&poll, 1, -1) >= 0 || errno == EINTR
  default: return false
  }
}

/// The process's own input and output, taken away from everything else in it.
package struct StandardStreams: Sendable {
  package let input: Int32
  package let output: Int32

  /// Moves standard input and output to new descriptors that children don't inherit; what prints on descriptor 1
  /// from now on goes to standard error, and descriptor 0 is empty. Ignores SIGPIPE. `nil` when there are none.
  package static func claim() -> StandardStreams? {
    signal(SIGPIPE, SIG_IGN)
    let input = fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 3)
    let output = fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 3)
    guard input >= 0, output >= 0 else { return nil }
    let empty = unsafe open("/dev/null", O_RDWR | O_CLOEXEC)
    if empty >= 0 {
      dup2(empty, STDIN_FILENO)
      // Without standard error, what is printed goes nowhere.
      if fcntl(STDERR_FILENO, F_GETFD) < 0 { dup2(empty, STDERR_FILENO) }
      if empty > STDERR_FILENO { close(empty) }
    }
    dup2(STDERR_FILENO, STDOUT_FILENO)
    return StandardStreams(input: input, output: output)
  }
}
