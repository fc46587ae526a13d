import CConcordPlugin
import Ontology
import WorkerProtocol

extension HostState {
  /// Looks a text up in a vocabulary, and tells the host that it was, also in vain.
  func term(_ vocabulary: UInt32, _ words: concord_bytes, _ term: UnsafeMutablePointer<concord_term>) -> Bool {
    guard unsafe term.pointee.size >= MemoryLayout<concord_term>.size, let words = unsafe String(pluginText: words)
    else { return false }
    hasLookedUp = true
    if lookedUp.insert(LookedUp(vocabulary: vocabulary, text: words)).inserted {
      _ = take(.lookedUp, limit: Limits.terms, .lookedUp(vocabulary: vocabulary, text: words))
    }
    // An index that cannot be read finds nothing: the host wrote it, and the plugin has to go on.
    guard let found = vocabularies[vocabulary]?.lookup.find(Array(words.utf8)) else { return false }
    unsafe term.pointee.id = allocate(found.id)
    unsafe term.pointee.label = allocate(found.label)
    unsafe term.pointee.canonical = allocate(found.canonical)
    unsafe term.pointee.replaced_by = allocate(found.replacedBy)
    let broader = unsafe found.broader.map { unsafe allocate($0) }
    unsafe term.pointee.broader = scratch.array(broader)
    unsafe term.pointee.broader_count = broader.count
    unsafe term.pointee.is_deprecated = found.isDeprecated ? 1 : 0
    unsafe term.pointee.matched = found.match
    return true
  }

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
