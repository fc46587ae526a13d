import Manifest
import PluginHost
import TestSupport
import Testing

@testable import Workspace

/// Who types goes first, and nobody is asked who has nothing to say.
@Suite struct TypingPaceTests {
  private let start = ContinuousClock.now

  private func after(_ milliseconds: Int) -> ContinuousClock.Instant { start + .milliseconds(milliseconds) }

  private func rest(_ edits: [Int], at now: Int) -> Duration? {
    var pace = TypingPace()
    for edit in edits { pace.note(after(edit)) }
    return pace.rest(.milliseconds(100), at: after(now))
  }

  @Test func oneEditKeepsNothingWaiting() {
    #expect(rest([], at: 0) == nil)
    #expect(rest([0], at: 1) == nil)
    #expect(rest([0, 700], at: 701) == nil)
  }

  @Test func whoTypesIsWaitedFor() {
    #expect(rest([0, 200], at: 210) == .milliseconds(90))
    #expect(rest([0, 200, 900, 950], at: 950) == .milliseconds(100))
    #expect(rest([0, 200], at: 300) == nil)
  }

  /// An edit that all boxes depend on, and letters after it: in the end everything is as if it had been read at once.
  @Test func whatWaitedIsDoneInTheEnd() async throws {
    let boxes = (1...600).map {
      #"{"id": \#($0), "image_id": 1, "category_id": 1, "bbox": [\#($0.isMultiple(of: 20) ? 600 : 100), \#($0 % 400), 20, 20], "area": 400, "iscrowd": 0}"#
    }
    let head = #"{"images": [{"id": 1, "file_name": "a.png", "width": "#
    let text =
      head + #"640, "height": 480}], "categories": [{"id": 1, "name": "cup"}], "annotations": ["#
      + boxes.joined(separator: ", ") + "]}"
    let desk = try await Desk(text)
    #expect(!(try await desk.findings.contains { $0.rule == "vision/bbox-out-of-image" }))
    let place = head.utf8.count
    // 640, 64, 6, 61, 610
    for (range, new) in [(2..<3, ""), (1..<2, ""), (1..<1, "1"), (2..<2, "0")] {
      await desk.replace(place + range.lowerBound..<place + range.upperBound, Array(new.utf8))
    }
    let whole = try await Desk(try await String(decoding: desk.text, as: UTF8.self))
    let found = try await desk.findings.map(\.line)
    #expect(found == (try await whole.findings.map(\.line)))
    #expect(found.contains { $0.contains("vision/bbox-out-of-image") })
  }

  /// A plugin whose rules look at nothing in an entry is not asked about it.
  @Test func onlyWhoLooksAtAnEntryIsAsked() async throws {
    let desk = try await Desk(
      #"{"images": [{"id": 1, "file_name": "a.png", "width": 640, "height": 480}], "categories": [{"id": 1, "name": "cup"}], "annotations": [{"id": 1, "image_id": 1, "category_id": 1, "bbox": [1, 1, 20, 20], "area": 400, "iscrowd": 0}]}"#
    )
    let asked = await desk.workspace.pluginsAsked(of: desk.uri, at: "/annotations/*")
    #expect(asked.contains("vision"))
    #expect(!asked.contains("instruction-data"))
  }
}

extension Workspace {
  /// Ids of the plugins that would be asked about the first record of a kind.
  fileprivate func pluginsAsked(of uri: String, at path: String) -> [String] {
    guard let state = documents[uri], let type = state.document.shape.type(of: path),
      let record = state.document.records(of: type, in: 0..<state.document.byteCount).first(where: { _ in true }),
      let input = recordInput(record.id, in: state)
    else { return [] }
    return askable(input.roles, in: state).map(\.rules.id)
  }
}
