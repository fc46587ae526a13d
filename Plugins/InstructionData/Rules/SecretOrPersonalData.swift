import PluginKit

/// A key or a number in a text that belongs to somebody. What it is, is never shown.
struct SecretOrPersonalData: RecordRule {
  static let info = RuleInfo(
    id: "secret-or-pii-in-text", severity: .warning,
    summary: "No text holds keys, card or account numbers, or addresses of real people.",
    why: "A model repeats what it has learned, to anybody who asks.",
    source:
      "Forms of the services' keys; Luhn's check for cards, ISO 13616 for accounts. Addresses and numbers kept for examples are left alone.",
    message: "This looks like a key or password of a service. Take it out, and have it changed.",
    messages: [
      "card": "This is a valid card number. Take it out.",
      "account": "This is a valid bank account number. Take it out.",
      "email": "This looks like somebody's e-mail address. Is it made up?",
      "network": "This looks like the address of a real computer. Is it made up?",
      "social": "This looks like somebody's identity number. Is it made up?",
      "phone": "This looks like somebody's phone number. Is it made up?",
      "replace": "Write {placeholder} in its place",
    ],
    good: [
      #"[{"instruction": "Write to an@example.com.", "output": "My server is 192.168.0.1, version 1.2.3.4."}]"#,
      #"[{"instruction": "Try the card 4242 4242 4242 4242.", "output": "AKIAIOSFODNN7EXAMPLE is Amazon's example."}]"#,
      #"[{"instruction": "Order 4539148803436468 arrived", "output": "The pin is 1234."}]"#,
    ],
    bad: [
      // The key's last letters are written as an escape, so that nothing takes this page for a leak.
      #"[{"instruction": "Use ⟪AKIAZ7VRN3KD5W8Q2HX\u0034⟫ for it.", "output": "Done."}]"#,
      #"[{"instruction": "Pay with \"⟪4539 1488 0343 6467⟫\".", "output": "Done."}]"#,
      #"[{"instruction": "Send it to ⟪NL31 INGB 0004 7193 85⟫.", "output": "Done."}]"#,
      #"[{"instruction": "Write to ⟪lan.anh@hue-mail.vn⟫.", "output": "Done."}]"#,
      #"[{"instruction": "Log in to ⟪93.184.216.34⟫.", "output": "Done."}]"#,
      #"[{"instruction": "My phone is ⟪+84 912 345 678⟫.", "output": "Noted."}]"#,
      #"[{"instruction": "It is ⟪536-22-8145⟫.", "output": "Noted."}]"#,
    ], isSensitive: true)
  static let reads = Reads(fields: [.text, .callArguments])

  func check(_ record: Record, _ report: inout Report) {
    for field in record.each(.text) { check(field.value, &report) }
    for field in record.each(.callArguments) { check(field.value, &report) }
  }

  private func check(_ value: Value, _ report: inout Report) {
    guard value.withText(PersonalData.mayHold) ?? false, let text = value.text else { return }
    let bytes = Array(text.utf8)
    for found in PersonalData(text: bytes).found { say(found, bytes, value, &report) }
  }

  private func say(_ found: PersonalData.Found, _ text: [UInt8], _ value: Value, _ report: inout Report) {
    let kind = found.kind
    let severity: Severity? = kind.isSecret ? nil : kind == .phone ? .hint : .information
    report.finding(
      at: Text.place(of: found.range, in: value), kind == .key ? "" : kind.rawValue, severity: severity,
      fixes: kind.isSecret ? [replaced(found, text, value)] : [], fold: kind.isSecret ? nil : kind.rawValue)
  }

  private func replaced(_ found: PersonalData.Found, _ text: [UInt8], _ value: Value) -> Fix {
    let words = found.kind.placeholder
    let new = String(
      decoding: text[..<found.range.lowerBound] + Array(words.utf8) + text[found.range.upperBound...], as: UTF8.self)
    return Fix("replace", ["placeholder": words], edits: [.replace(value, with: JSON.quoted(new))])
  }
}
