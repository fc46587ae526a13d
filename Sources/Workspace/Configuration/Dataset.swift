import Files
import Findings

/// A dataset whose files are joined: its files, and the space where their facts meet.
///
/// A class, because the workspace's actor is its one owner and changes it in place.
final class Dataset {
  let configuration: DatasetConfiguration
  let space: FactSpace
  /// Files whose facts are to be read (again) from disk.
  var unread: Set<String> = []
  var isReading = false
  /// The latest reading; whoever wants to know of all files waits for its end.
  var reading: Task<Void, Never>?
  /// What the last report of its alignments was made of.
  var reported = -1
  /// Documents that nobody has open, by path.
  private(set) var onDisk: [String: DocumentState] = [:]
  /// Ascend as paths do, so that the order of facts does not depend on the order in which files are read.
  private var numbers: [(path: String, number: UInt32)] = []
  private static let spread: UInt32 = 1 << 12
  /// Larger files do not take part.
  static let sizeLimit = 1 << 30
  /// More files than this are not joined.
  static let fileLimit = 1 << 19

  init(_ configuration: DatasetConfiguration, files: [String], space: FactSpace) {
    self.configuration = configuration
    self.space = space
    let paths = Set(files).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }.prefix(Self.fileLimit)
    numbers = paths.enumerated().map { ($1, (UInt32($0) + 1) * Self.spread) }
    unread = Set(paths)
  }

  /// Of its files, in order.
  var paths: [String] { numbers.map(\.path) }

  /// The number of a file; one that is new gets one between its neighbors', or where there is none left the last.
  func id(of path: String) -> DocumentID {
    let index = numbers.partitioningIndex { !$0.path.utf8.lexicographicallyPrecedes(path.utf8) }
    if index < numbers.count, numbers[index].path.utf8.elementsEqual(path.utf8) {
      return DocumentID(numbers[index].number)
    }
    let before = index > 0 ? numbers[index - 1].number : 0
    let last = numbers.last?.number ?? 0
    let after = index < numbers.count ? numbers[index].number : last &+ 2 * Self.spread
    let middle = before + (after > before ? (after - before) / 2 : 0)
    guard middle > before else {
      numbers.append((path, last &+ Self.spread))
      return DocumentID(last &+ Self.spread)
    }
    numbers.insert((path, middle), at: index)
    return DocumentID(middle)
  }

  /// Takes in what was read of a file nobody has open.
  func keep(_ state: DocumentState, at path: String) { onDisk[path] = state }

  /// An editor has a file open that is not checked there.
  func noteUnchecked(_ path: String) { if onDisk[path] == nil { unread.insert(path) } }

  /// Forgets what was read of a file: somebody opens it, or it has changed. Who waits for it is the caller's to tell.
  func forgetFile(_ path: String) -> DocumentState? {
    unread.remove(path)
    guard let state = onDisk.removeValue(forKey: path) else { return nil }
    state.isClosed = true
    space.remove(state)
    return state
  }
}
