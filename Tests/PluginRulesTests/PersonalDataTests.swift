import TestSupport
import Testing

/// Which texts hold something that belongs to somebody, and which only look so.
@Suite struct PersonalDataTests {
  /// The marked parts of a text, by the message that is shown, `key` for the main one.
  private func check(_ marked: String, _ kinds: String...) throws {
    let file = Fixture(#"[{"instruction": "\#(marked)", "output": "Fine."}]"#).file
    let bench = try #require(Bench(Bench.instruction, file.bytes))
    let found = bench.run().filter { $0.rule == "secret-or-pii-in-text" }
    #expect(found.map(\.range) == file.ranges, "\(marked)")
    #expect(found.map { $0.message.isEmpty ? "key" : $0.message } == kinds, "\(marked)")
  }

  // No key here is one: each is written in two parts, so that nothing takes this file for a leak.
  private static let key = "AKIA" + "Z7VRN3KD5W8Q2HX4"
  private static let token = "ghp" + "_a8Kd93jfLq20sPzXw71mVbT5nR6yCe4HuGi7"

  @Test func keysOfServices() throws {
    try check("Use ⟪\(Self.key)⟫, please", "key")
    try check("⟪\(Self.token)⟫", "key")
    try check("⟪\("sk-" + "ant-api03-Kd93jfLq20sPzXw71mVbT5")⟫", "key")
    try check("⟪\("hf" + "_aKd93jfLq20sPzXw71mVbT5nR6yCe4HuGi")⟫", "key")
    try check("⟪\("eyJ" + "hbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.c2lnbmF0dXJlLXgxMjM")⟫", "key")
  }

  @Test func whatOnlyLooksLikeAKey() throws {
    try check("AKIAIOSFODNN7EXAMPLE")
    try check("x\(Self.key)")
    try check("\(Self.key)9")
    try check("sk-your-key-goes-here-please")
    try check("ghp_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx")
    try check("eyJub3RhIjoidG9rZW4ifQ.abcdefgh.abcdefgh")
    try check("-----BEGIN PRIVATE KEY----- is how it begins")
  }

  /// Luhn's check, the issuer's first digits and the length must all hold.
  @Test func cardNumbers() throws {
    try check("⟪4539 1488 0343 6467⟫", "card")
    try check("⟪4539-1488-0343-6467⟫.", "card")
    try check("4539148803436468")
    // A row of numbers is no card, though its digits together would be one.
    try check("4539 14 880 3436467")
    try check("4539 1488-0343 6467")
    try check("4242424242424242")
    try check("9539148803436467")
    try check("0.4539148803436467")
    try check("12344539148803436467")
  }

  /// Sums and times in thousandths of a second have thirteen digits as well, and one in ten passes the check.
  @Test func thirteenDigitsAreACardOnlyWhereSomebodySaysSo() throws {
    try check("The result is: 4212883012996")
    try check("My card is ⟪4212883012996⟫", "card")
    try check("The result is: ⟪4539148803436467⟫", "card")
  }

  /// The remainder by 97 and the country's length must hold.
  @Test func accountNumbers() throws {
    try check("⟪NL31INGB0004719385⟫", "account")
    try check("(⟪NL31 INGB 0004 7193 85⟫)", "account")
    try check("NL32INGB0004719385")
    try check("NL31INGB00047193850")
    try check("DE89370400440532013000")
  }

  /// A range of addresses, and the name servers that everybody knows, belong to nobody in particular.
  @Test func networksAndNameServersAreNobodysComputer() throws {
    try check("Block 45.83.12.0/24, please")
    try check("Block 45.83.12.0, please")
    try check("Ask 8.8.8.8 or 8.8.4.4")
    try check("It is ⟪45.83.12.7⟫", "network")
  }

  @Test func addresses() throws {
    try check("⟪lan.anh@hue-mail.vn⟫.", "email")
    try check("an@example.com, an@shop.example, an@localhost, you@yourdomain.com, @name, a@b, x@1.2")
    try check("⟪93.184.216.34⟫", "network")
    try check("10.0.0.1 172.20.1.1 192.168.1.1 127.0.0.1 203.0.113.9 8.8.8.8 1.2.3.4 256.1.1.1 93.184.216.34.5")
  }

  @Test func phonesNeedAWordBesideThem() throws {
    try check("Call me: ⟪+84 912 345 678⟫", "phone")
    try check("x + 84912345678")
    try check("The sum is +84912345678")
  }

  /// What stands behind escapes is found at its column.
  @Test func escapesDontMoveThePlace() throws {
    try check(#"\u00e9\n\"\ud83d\ude00\": ⟪lan.anh@hue-mail.vn⟫"#, "email")
    try check(#"⟪lan\u002eanh@hue-mail.vn⟫"#, "email")
  }

  @Test func aSecretIsReplacedAndTheRestKept() throws {
    let text = #"[{"instruction": "To NL31INGB0004719385, soon", "output": "Fine."}]"#
    let bench = try #require(Bench(Bench.instruction, Array(text.utf8)))
    let fix = try #require(bench.run().first?.fixes.first)
    #expect(
      FixTests.apply(fix.edits, to: text)
        == text.replacing("NL31INGB0004719385", with: "[ACCOUNT NUMBER]"))
  }
}
