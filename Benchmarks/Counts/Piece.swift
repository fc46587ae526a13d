/// One named kind of work. Its instructions are those of doing it twice less those of doing it once, so that starting, making
/// the text and whatever happens the first time are not in the count.
struct Piece: Sendable {
  var name: String
  /// Makes what is worked on, and hands out the work. What the work returns depends on all of it, so that none can be left out.
  var prepare: @Sendable () async throws -> @Sendable () async throws -> Int

  static let all: [Piece] = reading + checking
}

/// What should hold of the work and does not: a count of something else would say nothing.
struct WrongWork: Error, CustomStringConvertible {
  var description: String
}
