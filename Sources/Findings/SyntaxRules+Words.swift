import Manifest

extension SyntaxRules {
  struct Words {
    var severity = Severity.error
    var summary: String
    var why = "Programs refuse the whole file, or stop reading here."
    var message: String
    var fix = "Correct it"
    var good: [String] = ["[1]"]
    var bad: [String]
  }

  static func words(for code: SyntaxProblem.Code) -> Words {
    switch code {
    case .unexpectedCharacter, .strayQuote, .strayOpener, .strayCloser, .missingCloser, .missingOpener,
      .extraContent, .emptyDocument:
      structure(code)
    case .missingComma, .trailingComma, .extraComma, .missingColon, .missingKey, .missingValue, .comment, .blankLine:
      separators(code)
    case .unterminatedString, .controlCharacter, .invalidEscape, .loneSurrogate, .invalidUTF8, .invalidNumber,
      .invalidLiteral, .duplicateKey, .byteOrderMark:
      values(code)
    case .unclosedCell, .strayCellQuote, .missingCell, .extraCell, .duplicateColumn, .foreignEncoding:
      tables(code)
    }
  }

  private static func structure(_ code: SyntaxProblem.Code) -> Words {
    switch code {
    case .strayQuote:
      Words(
        summary: "A quote inside a text needs a backslash before it.",
        message: "This quote doesn't belong here: the text goes on after it. Take it out, or write \\\" for a quote "
          + "inside the text.",
        fix: "Put a backslash before the quote", good: [#"["a \" b"]"#], bad: [#"["a ⟪"⟫ b"]"#])
    case .strayOpener:
      Words(
        summary: "An opening bracket stands where none belongs.",
        message: "This opening bracket doesn't belong here. Take it out.", fix: "Take the bracket out",
        good: [#"{"a": 1}"#], bad: [#"{⟪{⟫"a": 1}"#])
    case .strayCloser:
      Words(
        summary: "A closing bracket has no opening one.",
        message: "This closing bracket has no opening one of its kind. Take it out, or add the one that is missing.",
        fix: "Take the bracket out", bad: ["[1⟪}⟫]"])
    case .missingCloser:
      Words(
        summary: "A bracket is never closed.",
        message: "This bracket is never closed. Add the closing one where the list or entry ends.",
        fix: "Add the closing bracket", bad: ["⟪[⟫1"])
    case .missingOpener:
      Words(
        summary: "An opening bracket is missing.",
        message: "An opening bracket is missing before this. Add it where the entry begins.",
        fix: "Add the opening bracket", bad: [#"[{"a": 1}, ⟪"a"⟫: 2}]"#])
    case .extraContent:
      Words(
        summary: "Something follows after the end.",
        message: "The file is complete before this, and what follows is not read. Take it out, or bring it inside the "
          + "brackets.",
        fix: "Take it out", bad: ["[1] ⟪2⟫"])
    case .emptyDocument:
      Words(
        summary: "The file is empty.", why: "Programs that expect content stop with an error.",
        message: "There is nothing in this file. Add the content, or delete the file.", bad: ["⟪⟫"])
    default:
      Words(
        summary: "A character stands where none belongs.",
        message: "This doesn't belong here. Take it out, or put it in double quotes if it is meant as text.",
        fix: "Take it out", bad: ["[1 ⟪#⟫]"])
    }
  }

  private static func separators(_ code: SyntaxProblem.Code) -> Words {
    switch code {
    case .missingComma:
      Words(
        summary: "Two entries need a comma between them.",
        message: "A comma is missing before this. Add it.", fix: "Add the comma", good: ["[1, 2]"], bad: ["[1 ⟪2⟫]"])
    case .trailingComma:
      Words(
        summary: "No comma follows the last entry.",
        message: "There is a comma too many before this bracket. Take it "
          + "out.", fix: "Take the comma out", bad: ["[1⟪,⟫]"])
    case .extraComma:
      Words(
        summary: "There is one comma between two entries.",
        message: "There is a comma too many here. Take it out, or add the entry that is missing.",
        fix: "Take the comma out", good: ["[1, 2]"], bad: ["[1,⟪,⟫ 2]"])
    case .missingColon:
      Words(
        summary: "A name and its value need a colon between them.",
        message: "A colon is missing between this name and its value. Add it.", fix: "Add the colon",
        good: [#"{"a": 1}"#], bad: [#"{"a" ⟪1⟫}"#])
    case .missingKey:
      Words(
        summary: "A value between braces needs a name.",
        message: "This value has no name. Write one before it, in double quotes and with a colon.",
        good: [#"{"a": 1}"#], bad: ["{⟪1⟫}"])
    case .missingValue:
      Words(
        summary: "A name needs a value.",
        message: "A value is missing here. Add it, or take the name out.", good: [#"{"a": 1}"#], bad: [#"{"a":⟪⟫}"#])
    case .comment:
      Words(
        summary: "Comments are not allowed in this kind of file.",
        message: "Comments are not allowed in this kind of file, and programs refuse it. Take this one out.",
        fix: "Take the comment out", bad: ["[1 ⟪/* one */⟫]"])
    default:
      Words(
        severity: .warning, summary: "A line of its own is empty.",
        why: "Some programs take an empty line for a broken entry and stop there.",
        message: "This line is empty, and some programs stop at it. Take it out.", fix: "Take the line out",
        good: ["{}\n{}"], bad: ["{}\n⟪⟫\n{}"])
    }
  }

  private static func values(_ code: SyntaxProblem.Code) -> Words {
    switch code {
    case .unterminatedString:
      Words(
        summary: "A text needs a closing quote.",
        message: "This text has no closing quote. Add it where the text ends.", fix: "Add the closing quote",
        good: [#"["a"]"#], bad: [#"[⟪"a⟫"#])
    case .controlCharacter:
      Words(
        summary: "Invisible control characters are written with a backslash.",
        message: "There is an invisible character in this text that must be written with a backslash, such as \\t for "
          + "a tab. Replace it.",
        fix: "Write it with a backslash", good: [#"["a\tb"]"#], bad: ["[\"a⟪\t⟫b\"]"])
    case .invalidEscape:
      Words(
        summary: "A backslash begins one of a few known signs.",
        message: "This backslash sign isn't known. For a backslash itself write two of them.",
        fix: "Write two backslashes", good: [#"["a\\qb"]"#], bad: [#"["a⟪\q⟫b"]"#])
    case .loneSurrogate:
      Words(
        severity: .warning, summary: "Half a character is not a character.",
        why: "Programs replace it with a question mark or refuse the file.",
        message: "This is only half of a character, so programs show something else or refuse it. Write the whole "
          + "character.",
        good: [#"["\ud83d\ude00"]"#], bad: [#"["⟪\ud83d⟫"]"#])
    case .invalidUTF8:
      Words(
        summary: "Text must be UTF-8.", why: "Programs replace the damaged letters or refuse the file.",
        message: "These bytes are no readable letters. The file was probably saved in another encoding: save it as "
          + "UTF-8.",
        // Bytes that are not text cannot stand in an example.
        bad: [])
    case .invalidNumber:
      Words(
        summary: "A number is written with digits and at most one point.",
        message: "This number can't be read. Write it with digits and a point, without a plus sign or zeros in front.",
        bad: ["[⟪01⟫]"])
    case .invalidLiteral:
      Words(
        summary: "Text needs double quotes.",
        message: "This word can't be read. Put it in double quotes, or write true, false or null in small letters.",
        good: ["[true]"], bad: ["[⟪True⟫]"])
    case .byteOrderMark:
      Words(
        severity: .warning, summary: "A file begins with its content.",
        why: "Some programs stop at the invisible mark.",
        message: "An invisible mark stands at the very beginning, and some programs stop at it. Take it out.",
        fix: "Take the mark out", bad: ["⟪\u{feff}⟫[1]"])
    default:
      Words(
        severity: .warning, summary: "A name stands only once between two braces.",
        why: "Programs keep one of the values and drop the other without a word.",
        message: "This name is used twice here, so one of its values gets lost. Take one of them out, or rename it.",
        good: [#"{"a": 1, "b": 2}"#], bad: [#"{"a": 1, ⟪"a"⟫: 2}"#])
    }
  }
}
