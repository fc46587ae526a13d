import PluginKit

/// A picture or session that is learned from and examined with.
struct SplitLeak: GroupRule {
  static let info = RuleInfo(
    id: "split-leak", severity: .error,
    summary: "No picture and no session is both learned from and examined with.",
    why: "Then the examination measures memory: the figures are better than the model.",
    source:
      "What a sample is for is said by itself (`split`) or by `splits` in `concord.json`. A picture is known again by its path within one "
      + "file, and by a whole address in all files of a dataset; short names such as `0001.png` mean another picture in each folder.",
    message: "This picture is also used for {other}. Take it out here: what is examined must not be learned.",
    messages: [
      "session":
        "The session {name} is also used for {other}. Its pictures are too much alike: keep a whole session on one side.",
      "other": "There",
    ],
    good: [
      samples(#""split": "train""#, "a.png", #""split": "test""#, "b.png"),
      samples(#""split": "train""#, "a.png", #""split": "train""#, "a.png"),
      samples(#""split": "train""#, "a.png", "", "a.png"),
    ],
    bad: [
      samples(#""split": "train""#, "⟪a.png⟫", #""split": "test""#, "a.png"),
      samples(
        #""split": "train", "groups": {"session": ⟪"visit-0007"⟫}"#, "a.png",
        #""split": "test", "groups": {"session": "visit-0007"}"#, "b.png"),
      """
      //- concord.json
      {"splits": {"train": "train.manifest", "test": "test.manifest"}}
      //- train.manifest
      {"source-ref": ⟪"s3://shop/a.png"⟫, "class": 1, "class-metadata": {"class-name": "cup", "type": "groundtruth/image-classification", "human-annotated": "yes", "creation-date": "2026-11-02T09:12:44"}}
      //- test.manifest
      {"source-ref": "s3://shop/a.png", "class": 1, "class-metadata": {"class-name": "cup", "type": "groundtruth/image-classification", "human-annotated": "yes", "creation-date": "2026-11-02T09:12:44"}}
      """,
    ])
  static let reads = Reads(fields: [.media, .split, .session], needs: [.media, .session], context: ["split"])
  static let kind = FactKind("vision/in-split")
  static let states = [kind]
  static let fewest = 2

  private static let longestName = 180

  func state(_ record: Record, _ report: inout Report) {
    guard let split = record.text(.split) ?? record.context("split")?.text, !split.isEmpty, split.utf8.count <= 32
    else { return }
    if let media = record.first(.media), let path = media.value.text, !path.isEmpty {
      let key: Report.Key = Self.isWhole(path) ? .key(FactKey(shared: "media " + path)) : .text("media " + path)
      report.state(Self.kind, key: key, at: media, payload: .text(split))
    }
    if let session = record.first(.session), let name = session.value.text, !name.allSatisfy(\.isWhitespace),
      name.utf8.count <= Self.longestName
    {
      report.state(
        Self.kind, key: .key(FactKey(shared: "session " + name)), at: session, payload: .text(split + "\n" + name))
    }
  }

  /// Whether a path means the same wherever it stands.
  private static func isWhole(_ path: String) -> Bool { path.contains("://") || path.hasPrefix("/") }

  func group(_ group: Group, _ report: inout Report) {
    let members = group.facts.map { fact in
      let parts = fact.text.split(separator: "\n", maxSplits: 1).map(String.init)
      return (fact: fact, split: parts.first ?? "", session: parts.count > 1 ? parts[1] : nil)
    }
    guard let held = members.first(where: { !Self.isLearned($0.split) }) else { return }
    for member in members where Self.isLearned(member.split) {
      let related = [Related(at: held.fact, "other")]
      if let name = member.session {
        report.finding(at: member.fact, "session", ["name": name, "other": held.split], related: related, fold: name)
      } else {
        report.finding(at: member.fact, "", ["other": held.split], related: related)
      }
    }
  }

  /// Whether a model learns from it; everything else is for choosing and examining.
  private static func isLearned(_ split: String) -> Bool {
    ["train", "training", "learn", "learning"].contains(split.lowercased())
  }

  /// Two samples with a picture each; a path may be marked.
  private static func samples(_ first: String, _ firstPath: String, _ second: String, _ secondPath: String) -> String {
    func sample(_ number: Int, _ more: String, _ path: String) -> String {
      let quoted =
        path.hasPrefix("⟪") ? "⟪\"\(path.dropFirst().dropLast())\"⟫" : "\"\(path)\""
      return
        #"{"id": "s\#(number)", \#(more.isEmpty ? "" : more + ", ")"sources": [{"id": "cam", "modality": "image", "uri": \#(quoted), "width": 640, "height": 480}]}"#
    }
    return #"{"concord": "1.0", "samples": [\#(sample(1, first, firstPath)), \#(sample(2, second, secondPath))]}"#
  }
}
