import Foundation
import Manifest
import TestSupport
import Testing

@testable import Workspace

/// Plugins are given the same of a record that is read again as when it was first looked at, though less of it is worked out.
@Suite struct RecordMeaningTests {
  @Test(arguments: NavigationPropertyTests.files) func readAgainItMeansTheSame(path: String) async throws {
    let text = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
    let library = try (path.contains("/Examples/store/") ? Installation.storeLibrary : Installation.library).get()
    let desk = try await Desk(text, path: path, languageID: path.hasSuffix("l") ? "jsonl" : "json", library: library)
    await desk.workspace.settle(desk.uri)
    #expect(await desk.workspace.recordsThatDiffer(in: desk.uri) == [])
    // Text that does not parse, and values of the wrong type.
    let digits = text.indices.filter { text[$0].isDigit }
    for index in stride(from: 0, to: digits.count, by: max(1, digits.count / 4)) {
      let place = digits[index]..<digits[index] + 1
      for piece in ["\"", "\"x\"", ""] {
        await desk.workspace.change(desk.uri, version: 0, edits: [.whole(text), .bytes(place, Array(piece.utf8))])
        #expect(await desk.workspace.recordsThatDiffer(in: desk.uri) == [], "\(piece) at \(place)")
      }
    }
  }
}

extension UInt8 {
  fileprivate var isDigit: Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self) }
}

extension Workspace {
  fileprivate func recordsThatDiffer(in uri: String) -> [RecordID] {
    guard let state = documents[uri] else { return [.document] }
    return state.document.records().map(\.id).filter { id in
      guard let first = hostResult(of: id, in: state)?.meaning, let again = understood(id, in: state)?.meaning else {
        return state.checker != nil
      }
      let areLinksEqual =
        first.references.count == again.references.count
        && first.references.allSatisfy { node, link in
          again.references[node].map { $0.key == link.key && $0.kinds == link.kinds } == true
        }
      return first.tree != again.tree || first.roles != again.roles || !areLinksEqual
    }
  }
}
