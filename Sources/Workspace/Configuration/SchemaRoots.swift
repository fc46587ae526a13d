import Files
import Schema

/// Where schemas are read from: the folder of the one that refers to them, and the folders that stand for a web address.
/// Nothing is ever downloaded.
package struct SchemaRoots: Sendable {
  /// A schema whose address begins with `url` is read from `folder`.
  package struct Root: Sendable, Hashable {
    package var url: String
    package var folder: String

    package init(url: String, folder: String) {
      self.url = url
      self.folder = folder
    }
  }

  private let roots: [Root]
  private let home: String
  static let fileLimit = 64 << 20

  /// `home` is the folder that files may be read from by their own address.
  init(_ roots: [Root], home: String) {
    // The longest address knows best.
    self.roots = roots.sorted { $0.url.utf8.count > $1.url.utf8.count }
    self.home = home
  }

  /// The schema of that address; `nil` if no folder has it.
  func source(of uri: String) -> SchemaSource? {
    for root in roots where uri.utf8.starts(with: root.url.utf8) {
      let rest = String(decoding: uri.utf8.dropFirst(root.url.utf8.count), as: UTF8.self)
      guard let path = Self.path(rest, in: root.folder) else { continue }
      if let bytes = Self.bytes(path, within: root.folder) { return SchemaSource(uri: uri, bytes: bytes) }
    }
    guard let path = Paths.path(ofURI: uri), let bytes = Self.bytes(path, within: home) else { return nil }
    return SchemaSource(uri: uri, bytes: bytes)
  }

  /// The path that the rest of an address means below a folder.
  private static func path(_ rest: String, in folder: String) -> String? {
    let bare = String(decoding: rest.utf8.drop { $0 == UInt8(ascii: "/") }, as: UTF8.self)
    return Paths.path(ofURI: "file:///" + bare).map { folder + $0 }
  }

  /// A file's bytes, if it really lies below the folder.
  private static func bytes(_ path: String, within folder: String) -> [UInt8]? {
    guard let real = try? FileSystem.resolved(path), let root = try? FileSystem.resolved(folder),
      Paths.relative(real, to: root) != nil
    else { return nil }
    return try? FileSystem.regularFile(real, limit: fileLimit)
  }
}
