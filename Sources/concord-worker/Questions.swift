import CConcordPlugin
import WorkerProtocol

extension HostState {
  /// Looks a text up in a vocabulary. None has been given to this process yet: nothing is found.
  func term(_ vocabulary: UInt32, _ words: concord_bytes, _ term: UnsafeMutablePointer<concord_term>) -> Bool { false }

  /// Asks the host for the facts of a key, and waits.
  func members(_ kind: UInt32, _ key: concord_bytes) -> concord_found {
    guard form == .complete || form == .hover, let key = unsafe data(key) else { return unsafe concord_found() }
    var question = ByteWriter()
    question.put(kind)
    question.put(key)
    connection.send(.askMembers, question.bytes)
    guard let frame = connection.next(.members) else { return unsafe concord_found() }
    var found = unsafe concord_found()
    unsafe frame.withBody { body in
      var reader = unsafe ByteReader(body)
      // A frame that cannot be read is an empty answer: the host writes these, and the plugin has to go on.
      unsafe found = (try? CallReader(self).found(&reader, copying: true)) ?? concord_found()
    }
    return unsafe found
  }
}
