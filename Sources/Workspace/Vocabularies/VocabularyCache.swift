import Files
import Ontology

/// Compiled vocabularies on the disk, so that a large list is compiled once for all servers of this user.
///
/// An index is found by its file's path and what the list is called, and believed only if nobody else could have written it and the
/// index itself names the file as it is now. Where the folder can't be used there is no cache, and everything works without.
package struct VocabularyCache: Sendable {
  package let path: String
  /// Bytes of all indexes together; those used longest ago go first.
  private static let limit = 1 << 30
  /// A smaller file is read as fast as it is found here.
  static let floor = 128 << 10
  private static let ending = ".terms"

  package init(_ path: String) { self.path = path }

  /// This user's own; `nil` where nobody knows where that would be.
  package static var standard: VocabularyCache? {
    UserFolders.caches.map { VocabularyCache($0 + "/concord/vocabularies") }
  }

  /// Whether indexes can be kept.
  package var isUsable: Bool { PrivateFolder.canBe(at: path) }

  /// How many indexes there are, and their bytes; `nil` if the folder is not there or is not this user's alone.
  package var contents: (count: Int, bytes: Int)? {
    PrivateFolder(path, making: false).map { folder in
      let entries = folder.entries.filter { $0.name.hasSuffix(Self.ending) }
      return (entries.count, entries.reduce(0) { $0 + $1.status.size })
    }
  }

  /// The index of a list, perhaps of an older text of it: the origin says of which. `nil` if there is none to be believed.
  ///
  /// Nothing is read but its head.
  func find(_ wanted: VocabularyOrigin) -> (index: CompiledVocabulary, origin: VocabularyOrigin)? {
    guard let file = PrivateFolder(path, making: false)?.map(Self.name(of: wanted)) else { return nil }
    let opened = unsafe CompiledVocabulary(file.memory, descriptor: file.descriptor) { withExtendedLifetime(file) {} }
    guard let opened, let origin = VocabularyOrigin(opened.source), origin.isOfSameList(as: wanted),
      opened.id.utf8.elementsEqual(wanted.id.utf8)
    else { return nil }
    return (opened, origin)
  }

  /// Keeps an index, in the place of an older one; whether that went well.
  @discardableResult func keep(_ index: [UInt8], of origin: VocabularyOrigin) -> Bool {
    guard index.count <= Self.limit, let folder = PrivateFolder(path, making: true),
      (try? folder.write(Self.name(of: origin), index)) != nil
    else { return false }
    folder.trim(to: Self.limit)
    return true
  }

  private static func name(of origin: VocabularyOrigin) -> String { Digest.sha256(origin.key) + ending }
}
