import Testing
import VisionRules

@Suite struct ExportedNumberTests {
  @Test(arguments: [
    (#"{"width":640,"height":480}"#, 640.0), (#"{"height":480,"width":640.5}"#, 640.5),
    (#"{ "width" : 6.4e2 }"#, 640), (#"{"width":1,"width":2}"#, 2), (#"{"view":"\"width\":3","width":4}"#, 4),
    (#"{"a":{"width":3},"b":["width",5],"width":6}"#, 6), (#"{"name":"width","width":-7}"#, -7),
  ])
  func isRead(_ json: String, _ number: Double) {
    #expect(ExportedNumber.named("width", in: Array(json.utf8).span) == number)
  }

  @Test(arguments: [
    "", "{}", #"{"height":480}"#, #"{"width":"640"}"#, #"{"width":null}"#, #"{"width""#, #"{"width":"#,
    #"{"a":{"width":3}}"#,
    #"["width",640]"#, #"{"view":"width"}"#, #"{"x":"a\"#, #"{"width":1e999}"#, "\"", "}}}", #"{"widths":1}"#,
  ])
  func isNotThere(_ json: String) {
    #expect(ExportedNumber.named("width", in: Array(json.utf8).span) == nil)
  }
}
