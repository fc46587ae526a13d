import Files
import Manifest
import Schema

/// A value that names a file or a page.
package struct FileLink: Sendable, Hashable {
  /// Without quotes.
  package var range: Range<Int>
  /// Of a page on the web. Where a file is, is looked up when somebody wants to go there.
  package var address: String?
}

extension DocumentSnapshot {
  /// Files and pages that values name: pictures, sounds, files of samples, lists, the schema. At most `limit`, in order.
  ///
  /// Cost: one evaluation of each record that is looked at, some thousands at most.
  package func fileLinks(limit: Int) -> [FileLink] {
    var found: [FileLink] = []
    sampleRecords(goesOn: { found.count < limit }) { reading in
      let before = found.count
      for node in reading.fileNodes {
        guard let range = reading.range(of: node), range.count > 2, let written = reading.path(at: node) else {
          continue
        }
        let address = Self.webAddress(written)
        guard address != nil || !written.contains("://") else { continue }
        found.append(FileLink(range: range.lowerBound + 1..<range.upperBound - 1, address: address))
      }
      return found.count > before
    }
    found.sort { $0.range.lowerBound < $1.range.lowerBound }
    return Array(found.prefix(limit))
  }

  /// The file that the value at an offset names, as an address; or why there is none, in the reader's language.
  package func linkedFile(at offset: Int, in workspace: Workspace) async -> Result<String, LinkError> {
    guard let reader = RecordReader(self), let reading = reader.read(document.innermostRecord(at: offset)),
      let own = document.relative(offset, in: reading.record.id), let path,
      let node = reading.fileNodes.first(where: { $0 == reading.tree.node(at: own) }),
      let written = reading.path(at: node)
    else { return .failure(LinkError(message: Phrases.text("out-of-date", in: language))) }
    if let address = Self.webAddress(written) { return .success(address) }
    let root = await workspace.datasetRoot(of: uri) ?? Paths.folder(of: path)
    guard let found = await Self.file(written, named: path, root: root) else {
      let name = Self.cut(written)
      return .failure(LinkError(message: Phrases.text("no-file", [("file", "`\(name)`")], in: language)))
    }
    return .success(Paths.uri(ofPath: found))
  }

  /// The file, if it is there and lies within the dataset.
  @concurrent
  private static func file(_ written: String, named document: String, root: String) async -> String? {
    guard let allowed = try? FileSystem.resolved(root) else { return nil }
    return MediaFinder.file(written, in: Paths.folder(of: document), within: allowed)
  }

  private static func webAddress(_ text: String) -> String? {
    guard text.hasPrefix("https://") || text.hasPrefix("http://"), text.utf8.count <= 2048,
      text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F })
    else { return nil }
    return text
  }
}

/// Why a link leads nowhere, for whoever clicked it.
package struct LinkError: Error, Sendable {
  package var message: String
}

extension RecordReading {
  /// Texts that name a file, or in the document itself its schema; nothing that must not be shown.
  fileprivate var fileNodes: [Int] {
    var nodes = evaluation.media.map { Int($0.node) }
    nodes += evaluation.displays.filter { $0.form == .file }.map { Int($0.node) }
    if record.id == .document, tree.nodes.first?.kind == .object, let schema = tree.member("$schema", of: 0) {
      nodes.append(schema)
    }
    var seen: Set<Int> = []
    return nodes.filter { tree.nodes[$0].kind == .string && seen.insert($0).inserted && !isPrivate($0) }
  }

  fileprivate func path(at node: Int) -> String? {
    let text = tree.scalarText(of: node)
    guard !text.isEmpty, text.count <= 4096 else { return nil }
    return String(decoding: text, as: UTF8.self)
  }
}

extension Workspace {
  /// The folder of the dataset that an open document belongs to; `nil` without one.
  fileprivate func datasetRoot(of uri: String) -> String? { documents[uri]?.configuration?.root }
}
