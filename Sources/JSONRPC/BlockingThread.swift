import Glibc

/// Runs `body` on a thread of its own, where it may block.
///
/// `false` when the system gives no thread.
@discardableResult
package func startBlockingThread(_ body: @escaping @Sendable () -> Void) -> Bool {
  final class Box: Sendable {
    let body: @Sendable () -> Void
    init(_ body: @escaping @Sendable () -> Void) { self.body = body }
  }
  var thread = pthread_t()
  var attributes = pthread_attr_t()
  guard unsafe pthread_attr_init(&attributes) == 0 else { return false }
  defer { unsafe pthread_attr_destroy(&attributes) }
  unsafe pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED))
  let box = unsafe Unmanaged.passRetained(Box(body))
  // The new thread takes over the box's reference; where there is no thread, it is given back here.
  let code = unsafe pthread_create(
    &thread, &attributes,
    { argument in
      if let argument = unsafe argument { unsafe Unmanaged<Box>.fromOpaque(argument).takeRetainedValue().body() }
      return nil
    }, box.toOpaque())
  if code != 0 { unsafe box.release() }
  return code == 0
}

/// Lets a blocking thread sleep until another says there is work.
///
/// A class because the system's semaphore has an address. Freed only when nobody waits: the waiter holds it.
@safe final class Semaphore: @unchecked Sendable {
  // sem_t is made to be used from several threads at once.
  private let semaphore: UnsafeMutablePointer<sem_t>

  init() {
    unsafe semaphore = .allocate(capacity: 1)
    unsafe sem_init(semaphore, 0, 0)
  }

  deinit {
    unsafe sem_destroy(semaphore)
    unsafe semaphore.deallocate()
  }

  func signal() { unsafe sem_post(semaphore) }

  func wait() {
    while unsafe sem_wait(semaphore) != 0 && errno == EINTR {}
  }
}
