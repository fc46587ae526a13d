import Findings
import Manifest
import TestSupport
import Testing
import Workspace

/// An edit costs what it touches, however large the document. Work is counted, not timed.
@Suite struct LocalityTests {
  /// About 2 MB of COCO; every box inside its picture and every id its own.
  static func coco(pictures: Int, boxesEach: Int) -> [UInt8] {
    let images = (0..<pictures).map { #"{"id": \#($0), "file_name": "\#($0).png", "width": 640, "height": 480}"# }
    let boxes = (0..<pictures * boxesEach).map { id in
      #"{"id": \#(id + 1), "image_id": \#(id / boxesEach), "category_id": \#(id % 3), "bbox": [\#(10 + id % boxesEach * 60), 20.5, 50, 60], "area": 3000, "iscrowd": 0}"#
    }
    return Array(
      (#"{"images": ["# + images.joined(separator: ", ") + #"], "annotations": ["# + boxes.joined(separator: ", ")
        + #"], "categories": [{"id": 0, "name": "a"}, {"id": 1, "name": "b"}, {"id": 2, "name": "c"}]}"#).utf8)
  }

  /// Unoptimised code takes a smaller document.
  #if DEBUG
    private static let manyPictures = 200
  #else
    private static let manyPictures = 3000
  #endif

  struct Cost: Hashable, CustomStringConvertible {
    var work: WorkDone
    var findings: Int
    var description: String { "\(work.records) records, \(work.calls) calls, \(findings) findings" }
  }

  /// What one edit of the text costs, settled.
  private func cost(_ desk: Desk, _ old: String, _ new: String) async throws -> Cost {
    await desk.workspace.settle(desk.uri)
    let before = await desk.workspace.workDone(for: desk.uri)
    try await desk.replace(old, with: new)
    let findings = try await desk.findings.count
    let after = await desk.workspace.workDone(for: desk.uri)
    return Cost(
      work: WorkDone(records: after.records - before.records, calls: after.calls - before.calls), findings: findings)
  }

  struct Edit: Sendable {
    var name: String
    var old: String
    var new: String
    var findings: Int
  }

  static let edits = [
    Edit(
      name: "a number of a box", old: #""bbox": [70, 20.5, 50, 60]"#, new: #""bbox": [690, 20.5, 50, 60]"#, findings: 1),
    Edit(name: "an id", old: #"{"id": 33, "image_id""#, new: #"{"id": 34, "image_id""#, findings: 1),
    Edit(name: "a picture's width", old: #""3.png", "width": 640"#, new: #""3.png", "width": 64"#, findings: 4),
    Edit(
      name: "a record comes", old: #""annotations": ["#,
      new:
        #""annotations": [{"id": 999999, "image_id": 0, "category_id": 0, "bbox": [1, 300, 5, 5], "area": 25, "iscrowd": 0}, "#,
      findings: 0),
    Edit(name: "a quote goes", old: #""file_name": "7.png""#, new: #""file_name: "7.png""#, findings: 1),
    Edit(name: "a bracket goes", old: #"480}, {"id": 9,"#, new: #"480, {"id": 9,"#, findings: 1),
  ]

  @Test func anEditCostsTheSameInAnyDocument() async throws {
    let small = try await Desk(Self.coco(pictures: 12, boxesEach: 5))
    let large = try await Desk(Self.coco(pictures: Self.manyPictures, boxesEach: 5))
    for edit in Self.edits {
      let few = try await cost(small, edit.old, edit.new)
      let many = try await cost(large, edit.old, edit.new)
      #expect(few == many, "\(edit.name)")
      #expect(many.work.records <= 4 && many.work.calls <= 24, "\(edit.name): \(many)")
      #expect(many.findings == edit.findings, "\(edit.name)")
      #expect(try await cost(small, edit.new, edit.old) == cost(large, edit.new, edit.old), "\(edit.name), taken back")
      #expect(try await large.findings.isEmpty)
    }
  }

  /// A list's name is wide: all that stands in it is looked at again, once.
  @Test func aListsNameCostsWhatStandsInIt() async throws {
    let desk = try await Desk(Self.coco(pictures: 40, boxesEach: 5))
    let cost = try await cost(desk, #""annotations""#, #""annotation""#)
    #expect(cost.work.records <= 2)
    let back = try await self.cost(desk, #""annotation""#, #""annotations""#)
    #expect((200...202).contains(back.work.records))
    #expect(back.findings == 0)
  }
}
