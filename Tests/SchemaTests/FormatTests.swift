import Manifest
import Testing

@testable import Schema

/// `format` as a demand: texts that have the form and texts that don't.
@Suite struct FormatTests {
  struct Form: Sendable, CustomTestStringConvertible {
    var format: Format
    var fits: [String]
    var fails: [String]
    var testDescription: String { format.rawValue }
  }

  static let times: [Form] = [
    Form(
      format: .date, fits: ["2026-11-21", "2024-02-29", "2000-02-29", "0000-01-31"],
      fails: [
        "2023-02-29", "1900-02-29", "2026-13-01", "2026-00-01", "2026-11-31", "2026-1-21", "20261121", "२०२६-११-२१",
        "2026-11-21 ", "",
      ]),
    Form(
      format: .time,
      fits: ["14:30:00Z", "14:30:00.123456z", "00:00:00+23:59", "23:59:60Z", "15:59:60-08:00", "01:29:60+01:30"],
      fails: [
        "14:30:00", "24:00:00Z", "14:60:00Z", "14:30:61Z", "22:59:60Z", "23:59:60+01:00", "14:30:00.Z",
        "14:30:00+24:00", "14:30:00+0700", "14:30Z",
      ]),
    Form(
      format: .dateTime,
      fits: ["2026-11-21T14:30:00Z", "2026-11-21t14:30:00.5+07:00", "1998-12-31T15:59:60.123-08:00"],
      fails: [
        "2026-11-21 14:30:00Z", "2026-11-21T14:30:00", "2026-02-30T14:30:00Z", "2026-11-21T25:30:00Z", "2026-11-21",
      ]),
    Form(
      format: .duration, fits: ["P1Y", "P1Y2M3D", "PT1H30M", "P4DT12H30M5S", "P3W", "PT0S", "P0D"],
      fails: ["P", "PT", "P1", "1Y", "P1W2D", "P1D2H", "PT1D", "P2D1Y", "P1Y2D", "PT1H2S", "P1.5D", "p1y", "-P1D"]),
  ]

  static let hosts: [Form] = [
    Form(
      format: .ipv4, fits: ["192.0.2.1", "0.0.0.0", "255.255.255.255"],
      fails: ["256.0.0.1", "1.2.3", "1.2.3.4.5", "01.2.3.4", "1.2.3.4/24", "1.2.3.a", "1..2.3", "१.2.3.4", ""]),
    Form(
      format: .ipv6,
      fits: [
        "::1", "::", "2001:db8::1", "1:2:3:4:5:6:7:8", "::ffff:192.0.2.1", "1::", "1:2:3:4:5:6:1.2.3.4",
        "::2:3:4:5:6:7:8",
      ],
      fails: [
        "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9", "12345::", ":::", "1::2::3", "::g", ":1:2:3:4:5:6:7:8", "fe80::1%eth0",
        "1.2.3.4::", "1:2:3:4:5:6:7:8::", "::1.2.3.256", "1:2:3:4:5:6:7:1.2.3.4", "",
      ]),
    Form(
      format: .hostname,
      fits: ["example.org", "a", "a-b.c1", "xn--bcher-kva.example", "EXAMPLE", String(repeating: "a", count: 63)],
      fails: [
        "-a", "a-", "a..b", ".a", "a.", "a_b", "bücher.example", "a b", "", String(repeating: "a", count: 64), "xn--",
        "xn--x",
      ]),
    Form(
      format: .idnHostname,
      fits: ["example.org", "bücher.example", "실례.테스트", "l·l", "α͵β", "א׳ב", "カ・フェ", "क्‍ष", "例え。テスト", "ا٠١"],
      fails: ["a·l", "·l", "α͵S", "A׳ב", "・", "a\u{200D}b", "٠۰", "\u{302E}a", "-ü", "ü-", "a..ü", "", "〱", "ü b"]),
    Form(
      format: .email,
      fits: ["a@example.org", "a.b+c@example.org", #""a b"@example.org"#, "a@[192.0.2.1]", "a@[IPv6:::1]"],
      fails: [
        "a", "@example.org", "a@", ".a@example.org", "a.@example.org", "a..b@example.org", "a b@example.org", "a@b c",
        "a@[300.0.0.1]", "ü@example.org", #""a"b"@example.org"#,
      ]),
    Form(
      format: .idnEmail, fits: ["ü@bücher.example", "실례@실례.테스트", "a@example.org"],
      fails: ["ü", "ü@", "ü@-a", "ü b@example.org"]),
  ]

  static let addresses: [Form] = [
    Form(
      format: .uri,
      fits: [
        "https://example.org/a?b=c#d", "urn:isbn:0451450523", "mailto:a@example.org", "http://[2001:db8::1]:80/",
        "http://a:b@c:8/", "file:///a", "http://a/%20b", "x:",
      ],
      fails: [
        "//example.org/a", "/a", "a", "http://a b", "http://a/ü", "http://a/%2", "http://[::g]/", "http://a:x/", "1a:b",
        ":a", "http://a/{b}", "http://a/\\b", "http://a#b#c", "",
      ]),
    Form(
      format: .uriReference,
      fits: ["https://example.org", "//example.org/a", "/a/b", "a/b", "?a", "#a", "", "./a:b", "a/b:c"],
      fails: ["a b", "a:b c", "/a\\b", "#a#b", "1a:b", "ü"]),
    Form(
      format: .iri, fits: ["https://bücher.example/ü?ü#ü", "http://a/%20", "http://[2001:db8::1]"],
      fails: ["/ü", "http://ü b", "http://a/\u{E000}", "bücher", "http://2001:db8::1::x[]"]),
    Form(format: .iriReference, fits: ["ü/b", "//bücher.example", "#ü", ""], fails: ["ü b", "ü\\b", "#ü#"]),
    Form(
      format: .uriTemplate, fits: ["http://a/{b}/{+c,d*}", "{?a:3,b}", "a", "", "{a.b}", "{%41}"],
      fails: ["http://a/{b", "a}", "{}", "{a b}", "{a:0}", "{a,}", "{-a}", "%4", "a b", "{a:12345}"]),
  ]

  static let others: [Form] = [
    Form(
      format: .uuid,
      fits: [
        "123e4567-e89b-12d3-a456-426614174000", "123E4567-E89B-12D3-A456-426614174000",
        "00000000-0000-0000-0000-000000000000",
      ],
      fails: [
        "123e4567e89b12d3a456426614174000", "123e4567-e89b-12d3-a456-42661417400",
        "123e4567-e89b-12d3-a456-42661417400g", "123e4567-e89b-12d3a-456-426614174000",
      ]),
    Form(
      format: .jsonPointer, fits: ["", "/", "/a/b", "/a~0b~1c", "/ü", "/a b"], fails: ["a", "#/a", "/~", "/~2", "0/a"]),
    Form(
      format: .relativeJSONPointer, fits: ["0", "1/a", "0#", "2/", "0+1/a", "10-2#"],
      fails: ["", "/a", "01/a", "-1/a", "+1/a", "0##", "1#/a", "0+0", "a"]),
    Form(
      format: .regex, fits: ["^a+$", #"\d{2}\p{L}"#, "[^]", #"a\/b\.c"#, "(?<n>a)"],
      fails: ["^(abc]", "a**", #"^\Z"#, #"\a"#, "[b-a]"]),
  ]

  @Test(arguments: times + hosts + addresses + others)
  func form(_ form: Form) {
    for text in form.fits { #expect(form.format.fits(Array(text.utf8)), "\(form.format.rawValue) should take \(text)") }
    for text in form.fails {
      #expect(!form.format.fits(Array(text.utf8)), "\(form.format.rawValue) should refuse \(text)")
    }
  }

  @Test func everyFormIsHere() {
    #expect(Set((Self.times + Self.hosts + Self.addresses + Self.others).map(\.format)) == Set(Format.allCases))
  }

  @Test(arguments: Format.allCases) func anyBytesEnd(_ format: Format) {
    var generator = SplitMix64(seed: 7)
    let alphabet = Array("aZ09-._~:/?#[]@!$&'()*+,;=%{}\"\\ PTYMDHWx\u{e9}".utf8) + [0xFF, 0xC3, 0x00]
    for length in 0..<200 {
      _ = format.fits((0..<(length % 40)).map { _ in alphabet.randomElement(using: &generator) ?? 0 })
    }
    _ = format.fits([UInt8](repeating: UInt8(ascii: "a"), count: 1 << 17))
  }

  /// A form only tells what is meant, unless somebody asks for more.
  @Test func onlyOnRequest() {
    let schema = #"{"properties": {"d": {"format": "date"}, "x": {"format": "of my own"}}}"#
    let bad = #"{"d": "today", "x": ""}"#
    Case(schema, fits: [bad]).check()
    Case(
      ##"{"$schema": "http://e.x/meta", "properties": {"d": {"format": "date"}}}"##,
      fits: [#"{"d": "2026-11-21", "e": 1}"#],
      fails: [#"{"d": "today"}"#]
    ).check(others: [
      "http://e.x/meta":
        #"{"$schema": "https://json-schema.org/draft/2020-12/schema", "$vocabulary": {"https://json-schema.org/draft/2020-12/vocab/applicator": true, "https://json-schema.org/draft/2020-12/vocab/format-assertion": false}}"#
    ])
    let (program, _) = SchemaProgram.compile(SchemaSource(uri: "", bytes: Array(schema.utf8)), assertsFormat: true)
    let result = program.evaluate(.init(parsing: Array(bad.utf8)), at: program.entry(for: nil))
    #expect(result.findings.map(\.rule) == ["schema/format"])
  }
}
