/// Small files of what happens in a shop, with the cameras `cam` and `door`.
enum EventsExample {
  static func file(_ labels: String..., cam: String = "", door: String = "") -> String {
    func camera(_ name: String, _ more: String) -> String {
      #"{"id": "\#(name)", "modality": "video", "view": "store", "uri": "\#(name).mp4", "duration": 60\#(more)}"#
    }
    return
      #"{"concord": "1.0", "domain": "retail-sku", "profile": "events", "samples": [{"id": "s1", "sources": ["#
      + camera("cam", cam) + ", " + camera("door", door) + #"], "annotations": ["# + labels.joined(separator: ", ")
      + "]}]}"
  }

  /// Somebody is seen; names may be quoted already.
  static func seen(
    _ id: String, _ track: String, _ span: String, camera: String = "cam", label: String = "person"
  ) -> String {
    #"{"id": "\#(id)", "source": "\#(camera)", "kind": "segment", "segment": \#(span), "label": \#(quoted(label)), "track": \#(quoted(track))}"#
  }

  /// Somebody does something.
  static func event(
    _ id: String, _ track: String, _ span: String, label: String = "pickup", _ more: String = ""
  ) -> String {
    #"{"id": "\#(id)", "source": "cam", "kind": "event", "segment": \#(span), "label": \#(quoted(label)), "track": \#(quoted(track))\#(more)}"#
  }

  private static func quoted(_ text: String) -> String {
    text.hasPrefix("⟪") || text.hasPrefix("\"") ? text : "\"\(text)\""
  }
}
