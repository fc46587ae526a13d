import Ontology
import Testing

private let shop = Vocabulary(
  Array(
    #"""
    {"id": "skus", "version": "2", "terms": [
      {"id": "food", "prefLabel": "Food"},
      {"id": "dairy", "prefLabel": {"vi": "Sữa và phô mai", "en": "Dairy"}, "broader": ["food"]},
      {"id": "890", "prefLabel": {"vi": "Sữa tươi 1 L"}, "altLabels": {"en": ["fresh milk"]}, "broader": ["dairy"]},
      {"id": "891", "prefLabel": {"vi": "Sữa tươi 900 mL"}, "broader": ["dairy"], "deprecated": true, "replacedBy": ["890"]},
      {"id": "a", "replacedBy": ["b"]}, {"id": "b", "replacedBy": ["a"], "broader": ["b"]}
    ]}
    """#.utf8), id: "x")

@Test func findsByIdAndByAnyLabelWhateverTheCase() throws {
  let index = VocabularyIndex(shop)
  #expect(index.find("890")?.matched == .id)
  #expect(index.find("sữa TƯƠI 1 l")?.matched == .preferred)
  #expect(index.find("Fresh Milk")?.id == "890")
  #expect(index.find("fresh milks") == nil)
  #expect(index.find("") == nil)
}

@Test func followsReplacementsAndParents() throws {
  let index = VocabularyIndex(shop)
  let old = try #require(index.find("891"))
  #expect(old.isDeprecated && old.canonical == "890" && old.replacedBy == "890")
  #expect(old.broader == ["dairy", "food"])
  #expect(index.find("dairy")?.label == "Sữa và phô mai")
}

@Test func cutsCycles() {
  let index = VocabularyIndex(shop)
  #expect(index.find("a")?.canonical == "b")
  #expect(index.find("b")?.broader == [])
}

@Test func anyBytesAreAnIndexOrNone() {
  let good = VocabularyIndex(shop).bytes
  #expect(VocabularyIndex(good)?.find("890") == VocabularyIndex(shop).find("890"))
  for count in 0..<good.count { _ = VocabularyIndex(Array(good.prefix(count)))?.find("890") }
  for position in stride(from: 0, to: good.count, by: 3) {
    var bad = good
    bad[position] ^= 0xff
    _ = VocabularyIndex(bad)?.find("fresh milk")
  }
}
