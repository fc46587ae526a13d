import Testing

/// Documents and edits that once ended in other findings than a fresh reading, kept by what makes them.
@Suite struct FoundBySoakTests {
  @Test(arguments: [
    (Form.concordLines, UInt64(4_297_796_246_775_519_482), 8, 45, 3),
    (.cocoOneLine, 15_475_655_563_839_860_576, 40, 60, 4),
  ]) func editedEqualsFresh(_ form: Form, _ seed: UInt64, _ records: Int, _ edits: Int, _ stretch: Int) async throws {
    let failure = try await EditRun(form, seed: seed, records: records).run(edits: edits, stretch: stretch)
    #expect(failure == nil, "\(failure ?? "")")
  }
}
