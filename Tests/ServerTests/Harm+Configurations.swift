/// `concord.json` of a dataset, and `plugin.json` and words of a plugin.
extension Harm {
  static let configuration = "hostile/concord.json"
  static let descriptor = "plugins/zz-hostile/plugin.json"
  static let schema = "plugins/zz-hostile/s.json"

  private static func dataset(_ name: String, _ text: @escaping @autoclosure @Sendable () -> String) -> Harm {
    Harm(name, configuration, text())
  }

  static let configurations: [Harm] =
    places(configuration) + texts(configuration) { #"{"vocabularies": \#($0)}"# }
    + texts(configuration) { #"{"rules": \#($0), "files": \#($0), "plugins": {"shelves": {"settings": \#($0)}}}"# }
    + [
      dataset("stars that hang others", #"{"include": ["\#(many("*a", 2_000))b", "\#(many("?*", 5_000))z"]}"#),
      dataset("folders that hang others", #"{"exclude": ["\#(many("**/", 2_000))x", "\#(many("[", 50_000))"]}"#),
      dataset("patterns of files that hang others", #"{"files": {"\#(many("*a*", 2_000))b": "shelves/shelf"}}"#),
      dataset("many rules", "{\"rules\": {\(list(20_000) { "\"a/r\($0)\": \"off\"" })}}"),
      dataset(
        "paths that lead out",
        #"{"vocabularies": ["../data/things.csv", "/etc/passwd", "a/../../data/things.csv", "..", ".", "", "\u0000", "#
          + #""things.csv\u0000/../x", "file:///etc/passwd", "~/x.csv", "//etc/passwd"]}"#),
      dataset("itself as a list", #"{"vocabularies": ["concord.json", {"file": "concord.json", "id": "things"}]}"#),
      dataset("many lists", "{\"vocabularies\": [\(list(10_000) { "\"l\($0).csv\"" })]}"),
      dataset("larger than is read", #"{"exclude": ["*"], "x": "\#(many("x", 5 << 20))"}"#),
      dataset(
        "columns of everything",
        #"{"vocabularies": {"things": {"file": "list.csv", "columns": {"id": "id", "name": "id", "": "", "x": 1}}}}"#),
    ]

  /// A plugin whose one format has a list of entries called `hostile`.
  static func format(_ rest: String = "", probe: String = #"{"required": ["hostile"]}"#) -> String {
    #"{"id": "hostile", "version": "1", "name": "h", "dialects": [{"id": "h", "schema": "s.json", "#
      + #""probe": \#(probe), "records": ["/hostile/*"]\#(rest)}]}"#
  }

  private static func plugin(_ name: String, _ text: @escaping @autoclosure @Sendable () -> String) -> Harm {
    Harm(name) { dataset in
      try dataset.write(schema, "{}")
      try dataset.write(descriptor, text())
    }
  }

  static let plugins: [Harm] =
    places(descriptor) + texts(descriptor) { format(probe: $0) } + leavingPlugins + largePlugins + brokenPlugins

  private static let leavingPlugins = [
    plugin(
      "paths out of its folder",
      #"{"id": "hostile", "version": "1", "name": "h", "dialects": [{"id": "h", "schema": "../shelves/s.json"}]}"#),
    plugin(
      "an absolute path",
      #"{"id": "hostile", "version": "1", "name": "h", "vocabularies": [{"id": "v", "file": "/etc/passwd"}]}"#),
    plugin("a library that is a path", #"{"id": "hostile", "version": "1", "name": "h", "library": "../../bin/sh"}"#),
    plugin("an id that looks like another's", #"{"id": "sh\u0435lves", "version": "1", "name": "h"}"#),
    plugin("another's id", #"{"id": "shelves", "version": "1", "name": "h", "dialects": [{"id": "shelf"}]}"#),
  ]

  private static let largePlugins = [
    plugin("names of files that hang others", format(#", "files": ["\#(many("*a", 2_000))b"]"#)),
    plugin("entries without end", format(#", "records": ["/hostile\#(many("/*", 5_000))"]"#)),
    plugin("alternatives without end", format(probe: #"{"any": [\#(list(10_000) { "\"/k\($0)\"" })]}"#)),
    plugin(
      "many formats",
      #"{"id": "hostile", "version": "1", "name": "h", "dialects": [\#(list(2_000) { #"{"id": "d\#($0)"}"# })]}"#),
  ]

  private static let brokenPlugins = [
    Harm("a library that is none") { dataset in
      try dataset.write(schema, "{}")
      let text = format().replacing(#""name": "h""#, with: #""name": "h", "library": "None""#)
      try dataset.write(descriptor, text)
      try dataset.write("plugins/zz-hostile/libNone.so", "\u{7F}ELF but not really")
      try dataset.write("plugins/zz-hostile/rules.json", #"{"id": "hostile", "rules": []}"#)
    },
    Harm("words that are none") { dataset in
      try dataset.write(schema, "{}")
      try dataset.write(descriptor, format())
      try dataset.write("plugins/zz-hostile/messages/vi.json", many("[", 20_000))
      try dataset.write("plugins/zz-hostile/messages/x/y.json", "{}")
      try dataset.replace("plugins/zz-hostile/messages/zz.json", with: ["/usr/bin/mkfifo"])
      try dataset.write(
        "plugins/zz-hostile/messages/\(many("l", 200)).json", #"{"a": {"": "{b} {c# |}{{{{"}}"#)
    },
  ]
}
