package import Workspace

/// What an editor shows of a document besides findings, in bytes of it.
package protocol DocumentHelp: Sendable {
  var byteCount: Int { get }
  /// Whether nothing is waiting to be computed, so that an answer holds until something changes.
  func isSettled() async -> Bool
  /// The list that a term stands in; of an id, where it is given. `nil` if there is neither.
  func declarations(at offset: Int) async -> (origin: Range<Int>, places: [ShownPlace])?
  /// Where the format says what a value must be; `nil` if that is not known.
  func typeDefinitions(at offset: Int) async -> (origin: Range<Int>, places: [ShownPlace])?
  /// What stands where in the list of numbers around `offset`.
  func signature(at offset: Int) async -> ListSignature?
  /// What may be selected around `offset`, from a word to the whole, each within the next.
  func selections(at offset: Int) async -> [Range<Int>]
  /// What keys and values are to the format, in order; `nil` if there are more than `limit`.
  func meanings(in range: Range<Int>, limit: Int) async -> [MeaningfulText]?
  /// Values that name files or pages, in order.
  func links(limit: Int) async -> [FileLink]
  /// The address that the value at `offset` leads to.
  func linkedFile(at offset: Int) async throws(EngineError) -> String
  func colors(limit: Int) async -> [ShownColor]
  /// How a color is written where another one stands; `nil` if none does.
  func text(of color: ShownColor) async -> String?
}
