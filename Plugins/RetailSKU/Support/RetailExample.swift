/// Small whole files for the rules' examples.
enum RetailExample {
  /// One shelf photograph of 640 × 480 called `front`, with these labels.
  static func shelf(_ labels: String...) -> String {
    sample(
      header: #""concord": "1.0", "domain": "retail-sku", "profile": "shelf""#,
      sources:
        #"{"id": "front", "modality": "image", "view": "shelf", "uri": "front.png", "width": 640, "height": 480}"#,
      labels: labels)
  }

  /// One shelf photograph with one box that has this label, as it stands in JSON, and perhaps more members.
  static func labelled(_ label: String, _ more: String = "") -> String {
    shelf(
      #"{"id": "a1", "source": "front", "kind": "bbox", "bbox": [1, 2, 3, 4], "label": "#
        + label + (more.isEmpty ? "" : ", \(more)") + "}")
  }

  /// One visit to the checkout, with its picture `cam` and its receipt `till`.
  static func checkout(_ labels: String...) -> String {
    sample(
      header: #""concord": "1.0", "domain": "retail-sku""#,
      sources:
        #"{"id": "cam", "modality": "image", "view": "checkout", "uri": "cam.png", "width": 640, "height": 480}, "#
        + #"{"id": "till", "modality": "text", "view": "receipt", "uri": "till.txt"}"#,
      labels: labels)
  }

  private static func sample(header: String, sources: String, labels: [String], about: String = "") -> String {
    "{\(header), \"samples\": [{\"id\": \"s1\", \(about)\"sources\": [\(sources)], \"annotations\": [\(labels.joined(separator: ", "))]}]}"
  }

  /// A box of 40 × 80 in the checkout picture, the `number`-th from the left.
  static func item(_ number: Int, _ label: String) -> String {
    #"{"id": "a\#(number)", "source": "cam", "kind": "bbox", "bbox": [\#(number * 50), 10, 40, 80], "label": \#(label)}"#
  }

  /// A line of the receipt.
  static func line(_ number: Int, _ label: String, quantity: Int, isVoid: Bool = false) -> String {
    #"{"id": "t\#(number)", "source": "till", "kind": "span", "span": [\#(number * 20), \#(number * 20 + 19)], "#
      + #""label": \#(label), "quantity": \#(quantity)\#(isVoid ? #", "void": true"# : "")}"#
  }

  /// A list of products.
  static func products(_ entries: String...) -> String { "{\"products\": [\(entries.joined(separator: ", "))]}" }

  /// A product with its number and barcode, as they stand in JSON, and perhaps more members.
  static func product(_ sku: String, _ gtin: String, _ more: String = "") -> String {
    #"{"sku_id": \#(sku), "gtin": \#(gtin)\#(more.isEmpty ? "" : ", \(more)")}"#
  }

  /// A shelf plan with one product, `milk`, of 10 × 20, one board, `top`, of 100 × 40, and these places.
  static func plan(_ positions: String..., header: String = "") -> String {
    #"{\#(header)"products": [{"id": "milk", "gtin": "8936000010140", "w": 10, "h": 20}], "#
      + #""fixtures": [{"id": "top", "row": 2, "x": 0, "y": 0, "w": 100, "h": 40}], "#
      + "\"positions\": [\(positions.joined(separator: ", "))]}"
  }

  /// A shelf photograph with these labels, beside its plan: milk on shelf 2, side by side as often as `facings` says.
  static func planned(_ labels: String..., facings: Int = 1) -> String {
    let place = #"{"id": "p1", "productId": "milk", "fixtureId": "top", "x": 0, "y": 20, "facings": \#(facings)}"#
    let shelf = sample(
      header: #""concord": "1.0", "domain": "retail-sku", "profile": "shelf""#,
      sources:
        #"{"id": "front", "modality": "image", "view": "shelf", "uri": "front.png", "width": 640, "height": 480}"#,
      labels: labels, about: #""planogram": "dairy", "planogramVersion": "1", "storeFormat": "express", "#)
    return """
      //- concord.json
      {}
      //- plan.json
      \(plan(place, header: #""id": "dairy", "version": "1", "#))
      //- shelf.json
      \(shelf)
      """
  }
}
