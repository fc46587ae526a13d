/// Of which kind of bracket a document has too many openers (1) or closers (-1), outside strings.
///
/// Strings are told apart without regard to structure, so that these sums never depend on what recovery makes of them.
struct Balance: Sendable, Hashable {
  var braces = 0
  var brackets = 0

  init() {}

  /// Only the signs are kept: they change seldom while somebody types.
  init(braces: Int, brackets: Int) {
    self.braces = braces.signum()
    self.brackets = brackets.signum()
  }

  func surplus(_ kind: Frame.Kind) -> Int { kind == .object ? braces : brackets }

  var isEven: Bool { braces == 0 && brackets == 0 }
}
