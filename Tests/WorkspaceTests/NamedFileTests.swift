import Findings
import Foundation
import TestSupport
import Testing
@testable import Workspace

/// Files that records name beside their own: pictures, sounds, and what a list of datasets speaks of.
@Suite struct NamedFileTests {
  private func shop(_ files: [String: String]) async throws -> Shop {
    try await Shop(files, configuration: "{}", library: try Installation.library.get())
  }

  private func rules(_ shop: Shop, _ name: String) async throws -> [String] {
    try await shop.shown(name).map { "\($0.rule) \($0.pointer)" }
  }

  private func chat(_ pictures: String...) -> String {
    let tokens = pictures.map { _ in "<image>" }.joined()
    let files = pictures.map { "\"\($0)\"" }.joined(separator: ", ")
    return
      #"{"messages": [{"role": "user", "content": "\#(tokens)What?"}, {"role": "assistant", "content": "This."}], "images": [\#(files)]}"#
  }

  // MARK: Pictures and sounds

  @Test func theOneFileThatIsNotThereIsTold() async throws {
    let shop = try await shop([
      "a.jsonl": chat("one.png") + "\n" + chat("two.png", "three.png") + "\n", "one.png": "", "three.png": "",
    ])
    try await shop.open("a.jsonl")
    #expect(try await rules(shop, "a.jsonl") == ["vision/media-file-absent /1/images/0"])
    // Once it is there, nothing is wrong.
    try await shop.save("two.png", "")
    #expect(try await rules(shop, "a.jsonl") == [])
  }

  @Test func whatWasNotBroughtAlongIsNotMissed() async throws {
    let shop = try await shop([
      "few.jsonl": ["one", "two", "three"].map { chat("\($0).png") }.joined(separator: "\n") + "\n", "one.png": "",
      "far.jsonl": chat("pictures/one.png") + "\n" + chat("http://example.com/two.png") + "\n",
    ])
    for name in ["few.jsonl", "far.jsonl"] {
      try await shop.open(name)
      #expect(try await rules(shop, name) == [])
    }
  }

  /// Whatever a format names: here the images and masks of a training list.
  @Test func volumesAreLookedForToo() async throws {
    let shop = try await shop([
      "lists.json":
        #"{"labels": {"0": "background", "1": "lung"}, "training": [{"image": "a.nii.gz", "label": "a-mask.nii.gz"}, {"image": "b.nii.gz", "label": "a-mask.nii.gz"}]}"#,
      "a.nii.gz": "", "a-mask.nii.gz": "",
    ])
    try await shop.open("lists.json")
    #expect(try await rules(shop, "lists.json") == ["vision/media-file-absent /training/1/image"])
  }

  /// Hundreds of thousands of names need not be kept to know that; and it ends when something comes.
  @Test func ofAFolderThatIsNotThereNothingIsKept() async throws {
    let scans = (0..<900).map { #"{"image": "scans/\#($0).nii.gz", "label": "a-mask.nii.gz"}"# }
    let text = #"{"labels": {"0": "background", "1": "lung"}, "training": [\#(scans.joined(separator: ", "))]}"#
    let shop = try await shop(["lists.json": text, "a-mask.nii.gz": ""])
    try await shop.open("lists.json")
    #expect(try await rules(shop, "lists.json") == [])
    #expect(await shop.workspace.mostNamesKept <= MediaFinder.mostAtOnce + 1)
    try FileManager.default.createDirectory(atPath: shop.path("scans"), withIntermediateDirectories: true)
    for number in 0..<899 { try await shop.save("scans/\(number).nii.gz", "") }
    try await shop.open("lists.json")
    #expect(try await rules(shop, "lists.json") == ["vision/media-file-absent /training/899/image"])
  }

  @Test func oneWithAnotherEndingIsToldOnce() async throws {
    let shop = try await shop(["a.jsonl": chat("one.png", "two.png") + "\n", "one.png": "", "two.jpg": ""])
    try await shop.open("a.jsonl")
    #expect(try await rules(shop, "a.jsonl") == ["vision/media-reference-missing /0/images/1"])
  }

  // MARK: What a list of datasets speaks of

  private static let list =
    #"{"shop": {"file_name": "shop.json", "columns": {"prompt": "task", "response": "answer"}}}"#

  /// In pixels a box lies in its picture, give or take what a model's program rounds.
  @Test(arguments: [
    ("10, 10, 40, 38", #"{"boxes": "pixels"}"#, []), ("10, 10, 5000, 40", "{}", []),
    ("10, 10, 5000, 40", #"{"boxes": "pixels"}"#, ["instruction-data/grounding-box-invalid"]),
  ])
  func boxesInPixelsLieInTheirPicture(_ box: String, _ settings: String, _ expected: [String]) async throws {
    let shop = try await Shop(
      [
        "a.jsonl":
          #"{"messages": [{"role": "user", "content": "<image>Where?"}, {"role": "assistant", "content": "[{\"bbox_2d\": [\#(box)]}]"}], "images": ["cup.png"]}"#
          + "\n"
      ], configuration: #"{"plugins": {"instruction-data": {"settings": \#(settings)}}}"#,
      library: try Installation.library.get())
    try FileManager.default.copyItem(
      atPath: Installation.repository + "/Examples/instruction/media/cup.png", toPath: shop.path("cup.png"))
    try await shop.open("a.jsonl")
    #expect(try await shop.shown("a.jsonl").map(\.rule) == expected)
  }

  @Test func membersAreLookedUpInTheFile() async throws {
    let shop = try await shop([
      "dataset_info.json": Self.list, "shop.json": #"[{"tasks": "Write.", "answer": "Done."}]"#,
    ])
    try await shop.open("dataset_info.json")
    #expect(
      try await rules(shop, "dataset_info.json") == ["instruction-data/dataset-column-unknown /shop/columns/prompt"])
    try await shop.save("shop.json", #"[{"task": "Write.", "answer": "Done."}]"#)
    #expect(try await rules(shop, "dataset_info.json") == [])
  }

  /// Files that are no list of samples, that are far away or damaged: nothing is known, and nothing said.
  @Test(arguments: [
    "", "{}", "[]", "[1, 2]", #"{"task": "Write."}"#, "\u{0}\u{1}", #"[{"tas"#, #"[{"task": "x", "answer": "y"}, 5]"#,
  ]) func otherFilesSayNothing(_ text: String) async throws {
    let shop = try await shop(["dataset_info.json": Self.list, "shop.json": text])
    try await shop.open("dataset_info.json")
    #expect(try await rules(shop, "dataset_info.json") == [])
  }

  @Test func linesAreReadAsWell() {
    func members(_ text: String, isLines: Bool, isWhole: Bool = true) -> String? {
      DataFileHead.members(in: Array(text.utf8), isLines: isLines, isWhole: isWhole).map {
        String(decoding: $0, as: UTF8.self)
      }
    }
    #expect(members("{\"a\": 1}\n\n{\"b\": 1, \"a\": 2}\n", isLines: true) == #"all ["a","b"]"#)
    #expect(members(#"[{"a": 1}, {"é\"": 1}]"#, isLines: false) == #"all ["a","é\""]"#)
    // The last sample of a text that ends early is only begun.
    #expect(members("{\"a\": 1}\n{\"b\": 1}\n{\"c", isLines: true, isWhole: false) == #"first ["a","b"]"#)
    let many = (0..<300).map { "{\"m\($0 / 200)\": 1}\n" }.joined()
    #expect(members(many, isLines: true) == #"first ["m0","m1"]"#)
    let wide = "{" + (0..<80).map { "\"m\($0)\": 1" }.joined(separator: ", ") + "}"
    #expect(members(wide, isLines: true) == nil)
  }

  // MARK: Types

  /// A text where a number belongs is said to be that alone.
  @Test func whatHasTheWrongTypeDoesNotLeadNowhereAsWell() async throws {
    let shop = try await shop([
      "labels.json":
        #"{"images": [{"id": 1, "file_name": "a.png", "width": 9, "height": 9}], "annotations": [{"id": 1, "image_id": 1, "category_id": "1", "bbox": [1, 1, 2, 2], "area": 4, "iscrowd": 0}], "categories": [{"id": 1, "name": "cup"}]}"#
    ])
    try await shop.open("labels.json")
    #expect(try await rules(shop, "labels.json") == ["schema/type /annotations/0/category_id"])
  }
}

extension Workspace {
  /// Of one document, how many files it names are remembered.
  fileprivate var mostNamesKept: Int { documents.values.map(\.mediaHeaders.count).max() ?? 0 }
}
