/// Keys that changed since somebody asked last, each perhaps noted more than once.
///
/// A list and no set: it is written to for every fact, and put in order when it is taken.
struct KeyLog<Key: Comparable> {
  private var keys: [Key] = []
  /// When so many are in it, those that were noted more than once are thrown out.
  private var limit = 1024

  var isEmpty: Bool { keys.isEmpty }
  /// At least as many as there are different ones.
  var count: Int { keys.count }
  /// In no order, some perhaps more than once.
  var noted: [Key] { keys }

  mutating func note(_ key: Key) {
    guard keys.last != key else { return }
    keys.append(key)
    guard keys.count >= limit else { return }
    putInOrder()
    limit = max(1024, 2 * keys.count)
  }

  mutating func note(_ added: some Sequence<Key>) {
    for key in added { note(key) }
  }

  /// All of them in order, each once; none are left.
  mutating func take() -> [Key] {
    defer { self = KeyLog() }
    putInOrder()
    return keys
  }

  private mutating func putInOrder() {
    keys.sort()
    keys.removeRepetitions()
  }
}
