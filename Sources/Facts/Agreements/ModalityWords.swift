import Findings

/// What people call the side that a claim stands on.
package enum ModalityWords {
  /// The words of each modality; others are called what the file calls them.
  package static let words = [
    "image": "the picture", "video": "the video", "audio": "the recording", "text": "the text",
    "document": "the document", "pointcloud": "the point cloud", "radar": "the radar data", "sar": "the radar image",
    "optical": "the optical image", "depth": "the depth image", "tabular": "the table", "message": "the message",
  ]
  static let file = ("this file", "another file")
  static let entry = ("this entry", "another entry")
  static let place = ("this place", "another place")

  /// All that is put into other languages by its English.
  package static var phrases: [String] {
    words.values.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
      + [file.0, file.1, entry.0, entry.1, place.0, place.1]
  }

  /// `{name}` as the words of a modality.
  static func argument(_ name: String, _ modality: String) -> Message.Argument {
    words[modality].map { phrase(name, $0) } ?? Message.Argument(name, modality)
  }

  static func phrase(_ name: String, _ words: String) -> Message.Argument {
    Message.Argument(name, words, phrases: [Message(words)])
  }
}

/// Where two claims stand, as seen from the first: `{here}` and `{there}`.
struct ClaimPlaces {
  let here: Message.Argument
  let there: Message.Argument

  init(_ a: ClaimFact, _ b: ClaimFact) {
    let isOneModality = a.modality.utf8.elementsEqual(b.modality.utf8)
    if !isOneModality, !a.modality.isEmpty, !b.modality.isEmpty {
      here = ModalityWords.argument("here", a.modality)
      there = ModalityWords.argument("there", b.modality)
      return
    }
    let (from, to) = (a.place.record, b.place.record)
    let words =
      from.document != to.document ? ModalityWords.file : from == to ? ModalityWords.place : ModalityWords.entry
    here = ModalityWords.phrase("here", words.0)
    there = ModalityWords.phrase("there", words.1)
  }
}
