/// Numbers of payment cards: issuer, length and check digit (ISO/IEC 7812, Luhn).
enum CardNumber {
  /// How cards print their digits. In other groups they are a row of numbers, of which one in ten passes the check.
  static let groupings: Set<[Int]> = [[4, 4, 4, 4], [4, 6, 5], [4, 6, 4], [4, 4, 4, 4, 3]]

  static func isValid(_ digits: [UInt8]) -> Bool {
    guard (13...19).contains(digits.count), isOfIssuer(digits), !examples.contains(digits) else { return false }
    var sum = 0
    for (index, digit) in digits.reversed().enumerated() {
      let value = Int(digit) * (index.isMultiple(of: 2) ? 1 : 2)
      sum += value > 9 ? value - 9 : value
    }
    // All digits equal is nobody's number.
    return sum.isMultiple(of: 10) && digits.contains { $0 != digits[0] }
  }

  private static func isOfIssuer(_ digits: [UInt8]) -> Bool {
    let four = digits.prefix(4).reduce(0) { $0 * 10 + Int($1) }
    let count = digits.count
    switch four {
    case 4000...4999: return [13, 16, 19].contains(count)
    case 5100...5599, 2221...2720: return count == 16
    case 3400...3499, 3700...3799: return count == 15
    case 6011, 6440...6599, 3528...3589: return count == 16
    case 6200...6299: return count >= 16
    case 3000...3059, 3600...3699, 3800...3899: return count == 14
    default: return false
    }
  }

  /// What shops and documentation use for trials.
  private static let examples: Set<[UInt8]> = Set(
    [
      "4242424242424242", "4111111111111111", "4012888888881881", "4222222222222", "4000056655665556",
      "378282246310005",
      "371449635398431", "5555555555554444", "5105105105105100", "2223003122003222", "6011111111111117",
      "6011000990139424", "3530111333300000", "3566002020360505", "30569309025904", "38520000023237", "36227206271667",
    ].map { $0.utf8.map { $0 - UInt8(ascii: "0") } })
}

/// Numbers of bank accounts (ISO 13616).
enum AccountNumber {
  /// Just past the number that begins there; `nil` if none does. Single spaces may part its groups.
  static func end(of text: [UInt8], at start: Int) -> Int? {
    guard start + 4 <= text.count,
      let length = lengths[String(decoding: text[start..<(start + 2)], as: UTF8.self)]
    else { return nil }
    var letters: [UInt8] = []
    var at = start
    while at < text.count, letters.count < length {
      let byte = text[at]
      if byte.isDigit || byte.isUpper {
        letters.append(byte)
      } else if byte != 0x20 || letters.count < 4 {
        return nil
      }
      at += 1
    }
    guard letters.count == length, at == text.count || !text[at].isWordByte, !examples.contains(letters) else {
      return nil
    }
    return remainder(letters) == 1 ? at : nil
  }

  /// Of the number with its first four letters behind the others, letters counting from 10.
  private static func remainder(_ letters: [UInt8]) -> Int {
    (letters.dropFirst(4) + letters.prefix(4)).reduce(0) { sum, byte in
      byte.isDigit
        ? (sum * 10 + Int(byte - UInt8(ascii: "0"))) % 97 : (sum * 100 + Int(byte - UInt8(ascii: "A")) + 10) % 97
    }
  }

  private static let examples: Set<[UInt8]> = Set(
    [
      "GB82WEST12345698765432", "GB29NWBK60161331926819", "DE89370400440532013000", "FR1420041010050500013M02606",
      "NL91ABNA0417164300",
    ].map {
      Array($0.utf8)
    })

  /// How long a number is, by country.
  private static let lengths: [String: Int] = [
    "AD": 24, "AE": 23, "AT": 20, "BE": 16, "BG": 22, "BR": 29, "CH": 21, "CY": 28, "CZ": 24, "DE": 22, "DK": 18,
    "EE": 20, "ES": 24, "FI": 18, "FR": 27, "GB": 22, "GR": 27, "HR": 21, "HU": 28, "IE": 22, "IL": 23, "IS": 26,
    "IT": 27, "KW": 30, "LI": 21, "LT": 20, "LU": 20, "LV": 21, "MC": 27, "MT": 31, "NL": 18, "NO": 15, "PL": 28,
    "PT": 25, "QA": 29, "RO": 24, "RS": 22, "SA": 24, "SE": 24, "SI": 19, "SK": 24, "SM": 27, "TR": 26, "UA": 29,
  ]
}
