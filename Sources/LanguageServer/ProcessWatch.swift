import CParentWatch
import Glibc
import JSONRPC

/// Calls `ended` once when the process `id` has ended, at once when there is none. `false` when it can't be watched.
///
/// Costs a sleeping thread.
package func watchProcess(_ id: Int64, ended: @escaping @Sendable () -> Void) -> Bool {
  guard let pid = Int32(exactly: id), pid > 0 else { return false }
  let descriptor = concord_pidfd_open(pid)
  guard descriptor >= 0 else {
    guard errno == ESRCH else { return false }
    ended()
    return true
  }
  return startBlockingThread {
    var poll = pollfd(fd: descriptor, events: Int16(truncatingIfNeeded: POLLIN), revents: 0)
    while unsafe Glibc.poll(&poll, 1, -1) < 0 && errno == EINTR {}
    close(descriptor)
    ended()
  }
}
