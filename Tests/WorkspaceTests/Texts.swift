import TestSupport

/// The forms that files come in.
enum Form: String, CaseIterable, Sendable {
  case cocoOneLine, cocoPretty, results, concord, concordLines, shelf, checkout, keyed, plainLines

  var dialect: String? {
    switch self {
    case .cocoOneLine, .cocoPretty: "vision/coco"
    case .results: "vision/coco-results"
    case .concord: "vision/concord"
    case .concordLines: "vision/concord-lines"
    case .shelf: "retail-sku/shelf"
    case .checkout: "retail-sku/checkout"
    case .keyed, .plainLines: nil
    }
  }

  var languageID: String { self == .concordLines || self == .plainLines ? "jsonl" : "json" }
}

/// Texts as people have them, with some of the mistakes that rules know.
struct Texts {
  var random: SplitMix64
  init(seed: UInt64) { random = SplitMix64(seed: seed) }

  mutating func below(_ count: Int) -> Int { Int(random.next() % UInt64(max(1, count))) }
  mutating func pick<T>(_ all: [T]) -> T { all[below(all.count)] }

  /// A text with about so many records.
  mutating func text(_ form: Form, records: Int) -> [UInt8] {
    let text: String =
      switch form {
      case .cocoOneLine: coco(records, line: " ")
      case .cocoPretty: coco(records, line: "\n    ")
      case .results: results(records)
      case .concord: manifest(#""domain": "general""#, samples(records, retail: false), line: "\n  ")
      case .concordLines:
        ([#"{"concord": "1.0", "batch": "b"}"#] + samples(records, retail: false)).joined(separator: "\n") + "\n"
      case .shelf:
        manifest(#""domain": "retail-sku", "profile": "shelf""#, samples(records, retail: true), line: "\n  ")
      case .checkout: manifest(#""domain": "retail-sku""#, (0..<max(1, records / 5)).map { visit($0) }, line: "\n")
      case .keyed: keyed(records)
      case .plainLines:
        (0..<records).map { #"{"n": \#($0), "text": "\#(word())", "n\#(below(3))": [1, {"a": null}]}"# }.joined(
          separator: "\n")
      }
    return Array(text.utf8)
  }

  private mutating func word() -> String {
    pick(["traffic light", "Đường", "bicycle", #"a\"quote"#, "sữa tươi", "😀 smile", "plain", #"x\u00e9"#])
  }

  /// Mostly inside a picture of 640 × 480, sometimes not, sometimes no box at all.
  mutating func box() -> String {
    switch below(24) {
    case 0: return "[\(560 + below(90)), \(below(400)), \(10 + below(90)), 40]"
    case 1: return "[10, 20, 30]"
    case 2: return "[10, 20, 0, \(below(3))]"
    case 3: return #"[10, "20", 30, 40]"#
    default: return "[\(below(8) * 70).\(below(10)), \(below(4) * 100), \(20 + below(60)), \(30 + below(60)).5]"
    }
  }

  private mutating func coco(_ count: Int, line: String) -> String {
    let images = max(1, count / 6)
    let pictures = (0..<images).map {
      #"{"id": \#($0), "file_name": "\#(word())-\#($0).jpg", "width": 640, "height": \#(below(9) == 0 ? 48 : 480)}"#
    }
    let labels = (0..<max(1, count - images)).map { id in
      #"{"id": \#(below(40) == 0 ? id + 1 : id), "image_id": \#(below(30) == 0 ? images + below(4) : below(images)), "category_id": \#(below(5)), "bbox": \#(box()), "area": \#(below(9000)), "iscrowd": 0}"#
    }
    return #"{"info": {"year": 2026},\#(line)"images": ["# + pictures.joined(separator: ",\(line)")
      + #"],\#(line)"annotations": ["# + labels.joined(separator: ",\(line)")
      + #"],\#(line)"categories": [{"id": 0, "name": "a"}, {"id": 1, "name": "b"}, {"id": 2, "name": "c"}, {"id": 3, "name": "d"}]}"#
  }

  private mutating func results(_ count: Int) -> String {
    "["
      + (0..<count).map { _ in
        #"{"image_id": \#(below(9)), "category_id": \#(below(4)), "bbox": \#(box()), "score": 0.\#(below(1000))}"#
      }.joined(separator: ",\n ") + "]"
  }

  private func manifest(_ header: String, _ samples: [String], line: String) -> String {
    #"{"concord": "1.0", \#(header),\#(line)"samples": ["# + samples.joined(separator: ",\(line)") + "]}"
  }

  private mutating func samples(_ count: Int, retail: Bool) -> [String] {
    let number = max(1, count / 9)
    return (0..<number).map { index in
      let sources = (0..<2).map { n in
        #"{"id": "p\#(n)", "modality": "image", \#(retail ? #""view": "shelf", "# : "")"uri": "\#(index)-\#(n).png", "width": 640, "height": 480}"#
      }
      let labels = (0..<below(12)).map { n in
        let label = retail ? gtin() : pick(["cup", "bag", word()])
        return
          #"{"id": "a\#(below(30) == 0 ? 0 : n)", "source": "p\#(below(20) == 0 ? 7 : below(2))", "entity": "e\#(below(2))", "kind": "bbox", "bbox": \#(box()), "label": "\#(label)"\#(retail ? #", "row": 3"# : "")}"#
      }
      let id = below(30) == 0 ? 0 : index
      return
        #"{"id": "s\#(id)", "sources": [\#(sources.joined(separator: ", "))], "entities": [{"id": "e0"}], "annotations": ["#
        + labels.joined(separator: ", ")
        + #"], "links": [{"id": "l", "kind": "same-object", "from": "a0", "to": "a\#(below(4))"}]}"#
    }
  }

  private mutating func gtin() -> String {
    pick(["8936000010140", "8936000010515", "8936000010141", "96385074", "unknown", "gap", "123", "8934563138165"])
  }

  private mutating func visit(_ index: Int) -> String {
    let codes = ["8934563138165", "8936000012366"]
    let seen = (0..<below(4)).map { n in
      #"{"id": "a\#(n)", "source": "cam", "kind": "bbox", "bbox": [\#(40 + 90 * n), 120, 70.5, 150], "label": "\#(pick(codes))"}"#
    }
    let till = codes.enumerated().map { n, code in
      #"{"id": "t\#(n)", "source": "pos", "kind": "span", "span": [\#(n), 52], "label": "\#(code)", "quantity": \#(below(3))}"#
    }
    return
      #"{"id": "v\#(index)", "sources": [{"id": "cam", "modality": "image", "view": "checkout", "uri": "a.png", "width": 640, "height": 480}, {"id": "pos", "modality": "text", "view": "receipt", "uri": "a.txt"}], "annotations": ["#
      + (seen + till).joined(separator: ", ") + "]}"
  }

  private mutating func keyed(_ count: Int) -> String {
    "{\n"
      + (0..<max(1, count / 3)).map { id in
        #""image\#(id).jpg": {"size": \#(below(900)), "filename": "\#(word())", "regions": {"r0": {"x": [\#(below(9))], "label": "\#(word())"}, "r\#(below(2))": {"x": []}}}"#
      }.joined(separator: ",\n") + "}"
  }
}
