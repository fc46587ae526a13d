import Manifest
import Workspace

extension WorkspaceReading {
  func certainFixes() async throws(EngineError) -> (edits: DocumentEdits, count: Int)? {
    await workspace.settle(snapshot.uri)
    guard let settled = await workspace.snapshot(snapshot.uri) else { return nil }
    // Findings belong to the text they were found in.
    let (edits, count) = settled.certainFixes()
    guard count > 0 else { return nil }
    let reading = WorkspaceReading(
      snapshot: settled, workspace: workspace, encoding: encoding, findingLimit: findingLimit)
    return (reading.documentEdits(edits), count)
  }

  func organized(_ act: Organizing) throws(EngineError) -> (title: String, edits: DocumentEdits)? {
    do throws(OrganizingRefusal) {
      return try snapshot.organized(act).map { ($0.title, documentEdits($0.edits)) }
    } catch {
      throw EngineError(error.message)
    }
  }

  func layout(in range: Range<Int>?, _ options: LayoutOptions) throws(EngineError) -> [(Range<Int>, [UInt8])]? {
    do throws(LayoutRefusal) {
      return try snapshot.layout(in: range, options)?.map { ($0.range, $0.replacement) }
    } catch {
      throw EngineError(error.message)
    }
  }

  func layout(closedAt offset: Int) -> [(Range<Int>, [UInt8])] {
    snapshot.layout(closedAt: offset).map { ($0.range, $0.replacement) }
  }
}
