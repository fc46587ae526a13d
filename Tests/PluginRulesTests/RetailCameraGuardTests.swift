import PluginKit
import RetailSKURules
import Testing

/// Cases in which a rule of cameras, of what happens before them, and of products' names and prices could be wrong, and must be
/// silent.
@Suite struct RetailCameraGuardTests {
  private func said(_ text: String) throws -> [String] {
    let bench = try #require(Bench(Bench.retail, Array(text.utf8)))
    let found = bench.run()
    #expect(bench.complaints == [])
    return found.map { $0.message.isEmpty ? $0.rule : "\($0.rule) \($0.message)" }
  }

  private func events(_ labels: String..., cam: String = "", door: String = "") -> String {
    #"{"concord": "1.0", "domain": "retail-sku", "profile": "events", "samples": [{"id": "s1", "sources": [{"id": "cam", "modality": "video", "view": "store"\#(cam)}, {"id": "door", "modality": "video", "view": "store"\#(door)}], "annotations": [\#(labels.joined(separator: ", "))]}]}"#
  }

  private func seen(_ span: String, _ more: String = "", camera: String = "cam") -> String {
    #"{"id": "a\#(span)\#(camera)", "source": "\#(camera)", "kind": "segment", "segment": \#(span), "track": "p1"\#(more)}"#
  }

  private func event(_ span: String, _ track: String? = "p1", label: String = "pickup", _ more: String = "") -> String {
    #"{"id": "e\#(span)\#(label)\#(more.utf8.count)", "source": "cam", "kind": "event", "segment": \#(span), "label": "\#(label)"\#(track.map { ", \"track\": \"\($0)\"" } ?? "")\#(more)}"#
  }

  // MARK: Events and tracks

  @Test func aCameraThatNobodyFollowedSaysNothing() throws {
    #expect(try said(events(event("[6, 9]"))) == [])
    #expect(try said(events(seen("[1, 5]", camera: "door"), event("[6, 9]"))) == [])
  }

  @Test func anEventOfNobodyIsLeftAlone() throws {
    #expect(try said(events(seen("[1, 5]"), event("[60, 90]", nil))) == [])
  }

  @Test func peopleMayBeHiddenInBetween() throws {
    #expect(try said(events(seen("[1, 5]"), seen("[20, 30]"), event("[6, 9]"))) == [])
  }

  @Test func endsAreMarkedByEye() throws {
    #expect(try said(events(seen("[5, 20]"), event("[4, 21]"))) == [])
    #expect(try said(events(seen("[5, 20]"), event("[3.9, 20]"))) == ["event-track-disagree time"])
    #expect(try said(events(seen("[5, 20]"), event("[5, 21.1]"))) == ["event-track-disagree time"])
  }

  @Test func aTurnedStretchIsSaidByAnotherRule() throws {
    #expect(try said(events(seen("[5, 20]"), event("[9, 6]"))) == ["event-interval-invalid"])
  }

  // MARK: Camera and camera

  private let apart = #", "starts": 0, "overlaps": []"#

  @Test func camerasThatLookAtOnePlaceMaySeeOneThing() throws {
    let both = [seen("[0, 20]"), seen("[5, 9]", camera: "door")].joined(separator: ", ")
    #expect(try said(events(both, cam: apart, door: apart)) == ["cross-camera-identity-conflict"])
    #expect(try said(events(both, cam: #", "starts": 0, "overlaps": ["door"]"#, door: apart)) == [])
    #expect(try said(events(both, cam: apart, door: #", "starts": 0, "overlaps": ["cam"]"#)) == [])
  }

  /// Without a common clock, times of two recordings mean nothing to each other; without places, nobody knows what they see.
  @Test(arguments: [
    (#", "overlaps": []"#, #", "starts": 0, "overlaps": []"#), (#", "starts": 0"#, #", "starts": 0, "overlaps": []"#),
    ("", ""),
  ])
  func whatACameraDoesNotSayIsNotJudged(_ cam: String, _ door: String) throws {
    #expect(try said(events(seen("[0, 20]"), seen("[5, 9]", camera: "door"), cam: cam, door: door)) == [])
  }

  @Test func clocksMayBeASecondApart() throws {
    let both = [seen("[0, 20]"), seen("[19.1, 30]", camera: "door")].joined(separator: ", ")
    #expect(try said(events(both, cam: apart, door: apart)) == [])
    #expect(try said(events(both, cam: apart, door: #", "starts": -5, "overlaps": []"#)) != [])
    #expect(try said(events(both, cam: apart, door: #", "starts": 60, "overlaps": []"#)) == [])
  }

  @Test func theQuickerWayCounts() throws {
    let both = [seen("[0, 20]"), seen("[25, 30]", camera: "door")].joined(separator: ", ")
    let slow = apart + #", "transit": {"door": 15}"#
    #expect(try said(events(both, cam: slow, door: apart)) == ["cross-camera-identity-conflict quick"])
    #expect(try said(events(both, cam: slow, door: apart + #", "transit": {"cam": 6}"#)) == [])
    #expect(try said(events(both, cam: apart + #", "transit": {"till": 15}"#, door: apart)) == [])
  }

  @Test func whatIsSeenAgainByOneCameraIsLeftAlone() throws {
    #expect(try said(events(seen("[0, 20]"), seen("[10, 30]"), cam: apart, door: apart)) == [])
  }

  @Test func oneThingHasOneKind() throws {
    let person = #", "label": "person""#
    let cart = #", "label": "cart""#
    #expect(
      try said(events(seen("[0, 5]", person), seen("[9, 12]", cart, camera: "door")))
        == ["cross-camera-identity-conflict class"])
    #expect(try said(events(seen("[0, 5]", person), seen("[9, 12]", camera: "door"))) == [])
    #expect(try said(events(seen("[0, 5]", person), seen("[9, 12]", person, camera: "door"))) == [])
  }

  @Test func sightingsSurviveTheWayThroughAFact() throws {
    let span = ActorSpan(isEvent: false, source: "cam", track: "p 1", label: "", start: 0.1, end: 2.25)
    for camera in [
      CameraPlace(starts: nil, overlaps: nil), CameraPlace(starts: -1.5, overlaps: []),
      CameraPlace(starts: 0, overlaps: ["a", "b"], transit: ["a": 3, "c": 0.5]),
    ] {
      let sighting = Sighting(span: span, camera: camera)
      let payload = try #require(sighting.payload)
      #expect(Sighting(String(decoding: payload.bytes, as: UTF8.self)) == sighting)
    }
    let long = ActorSpan(
      isEvent: false, source: String(repeating: "x", count: 99), track: "", label: "", start: 0, end: 1)
    #expect(long.payload == nil)
  }

  // MARK: What happens where

  @Test(arguments: ["checkout", "self_checkout"]) func peopleGoPastACheckoutThere(_ zone: String) throws {
    #expect(try said(events(event("[1, 2]", label: "self_checkout_bypass", #", "zone": "\#(zone)""#))) == [])
  }

  @Test func anythingElseMayHappenAnywhere() throws {
    #expect(try said(events(event("[1, 2]", "p1", #", "zone": "roof""#))) == [])
    #expect(try said(events(event("[1, 2]", label: "self_checkout_bypass"))) == [])
    #expect(
      try said(events(event("[1, 2]", label: "self_checkout_bypass", #", "zone": "roof""#))) == ["event-label-conflict"]
    )
  }

  // MARK: Names in the chain

  private func product(_ sku: String, _ store: String, _ network: String, _ more: String = "") -> String {
    #"{"sku_id": "\#(sku)", "store_level_label": "\#(store)", "network_level_label": "\#(network)"\#(more)}"#
  }
  private func products(_ entries: String...) -> String { #"{"products": [\#(entries.joined(separator: ", "))]}"# }

  @Test func namesMayDifferInCapitalsAndSpaces() throws {
    let variant = product("2", "B", "FRESH  milk", #", "canonical_sku": "1""#)
    #expect(try said(products(product("1", "A", "Fresh Milk"), variant)) == [])
  }

  @Test func aMissingNameIsNoOtherName() throws {
    #expect(try said(products(product("1", "A", ""), product("2", "B", "Milk", #", "canonical_sku": "1""#))) == [])
    #expect(try said(products(product("1", "", "Milk"), product("2", "", "Tea"))) == [])
  }

  /// Shops give a name again when a product is gone.
  @Test func aShopsNameMayBeGivenAgain() throws {
    let old = product("1", "Milk", "Milk 900", #", "valid_to": "2019-12-31""#)
    #expect(try said(products(old, product("2", "Milk", "Milk 1000", #", "valid_from": "2020-01-01""#))) == [])
    #expect(try said(products(old, product("2", "Milk", "Milk 1000"))) == ["network-label-conflict store"])
  }

  @Test func aVariantsNameIsSaidOnce() throws {
    let text = products(product("1", "Milk", "Milk"), product("2", "Milk", "Tea", #", "canonical_sku": "1""#))
    #expect(try said(text) == ["network-label-conflict"])
  }

  @Test func variantsOfAnUnknownOriginalAreNotCompared() throws {
    let text = products(
      product("2", "A", "Milk", #", "canonical_sku": "1""#), product("3", "B", "Tea", #", "canonical_sku": "1""#))
    #expect(try said(text) == [])
  }
}
