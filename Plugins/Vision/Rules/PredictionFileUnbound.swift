import PluginKit

/// Results of a model that don't belong to the labels they are to be compared with.
struct PredictionFileUnbound: TallyRule {
  static let info = RuleInfo(
    id: "prediction-file-unbound", severity: .warning,
    summary: "A model's results are about pictures that have labels, and it is between 0 and 1 sure of them.",
    why:
      "Scoring programs stop at a picture they don't know, and drop results below a limit that only holds from 0 to 1.",
    source:
      "pycocotools refuses results of other pictures. Said where some pictures of the results are in a COCO file of the same "
      + "dataset and others are in none: where all are missing, the labels may lie elsewhere.",
    message:
      "No file of labels here has the picture of this result; such results here: {count}. Score them with the labels they were made for.",
    messages: [
      "score":
        "A score is a share between 0 and 1, and this is none; such scores here: {count}. Write 0.87, not 87 or 2.4."
    ],
    good: [
      #"[{"image_id": 1, "category_id": 1, "bbox": [1, 2, 3, 4], "score": 1}, {"image_id": 2, "category_id": 1, "bbox": [1, 2, 3, 4], "score": 0.0}]"#,
      dataset(#"{"image_id": 8, "category_id": 1, "bbox": [1, 2, 3, 4], "score": 0.5}"#),
      dataset(#"{"image_id": 1, "category_id": 1, "bbox": [1, 2, 3, 4], "score": 0.5}"#),
    ],
    bad: [
      #"[{"image_id": 1, "category_id": 1, "bbox": [1, 2, 3, 4], "score": ⟪87⟫}, {"image_id": 2, "category_id": 1, "bbox": [1, 2, 3, 4], "score": -0.5}]"#,
      dataset(
        #"{"image_id": 1, "category_id": 1, "bbox": [1, 2, 3, 4], "score": 0.5}"#,
        #"{"image_id": ⟪8⟫, "category_id": 1, "bbox": [1, 2, 3, 4], "score": 0.5}"#),
    ])
  static let reads = Reads(
    fields: [.resultPicture, .resultScore], needs: [.resultPicture, .resultScore],
    lookups: [.definition(of: .resultPicture)])
  static let kind = FactKind("vision/result")
  static let states = [kind]

  private enum Bin: UInt32 { case known, unknown, beyond }

  func tally(_ record: Record, _ report: inout Report) {
    if let picture = record.first(.resultPicture), picture.value.integer != nil {
      let bin = record.definition(of: .resultPicture) == nil ? Bin.unknown : .known
      report.tally(Self.kind, key: .text(""), bin: bin.rawValue, at: picture)
    }
    if let score = record.first(.resultScore), let number = score.value.number, !(0...1).contains(number) {
      report.tally(Self.kind, key: .text(""), bin: Bin.beyond.rawValue, at: score)
    }
  }

  func totals(_ totals: Totals, _ report: inout Report) {
    for total in totals {
      guard let bin = Bin(rawValue: total.bin), let place = total.places.first else { continue }
      switch bin {
      case .known: continue
      case .unknown:
        if totals.amount(Bin.known.rawValue) > 0 { report.finding(at: place, "", ["count": total.amount]) }
      case .beyond: report.finding(at: place, "score", ["count": total.amount])
      }
    }
  }

  /// Results beside labels of the picture 1.
  private static func dataset(_ results: String...) -> String {
    """
    //- concord.json
    {}
    //- labels.json
    {"images": [{"id": 1, "file_name": "a.png", "width": 640, "height": 480}], "annotations": [], "categories": []}
    //- results.json
    [\(results.joined(separator: ", "))]
    """
  }
}
