/// What a plugin with rules in Swift has besides.
extension NewPlugin {
  static let swiftPackage = #"""
    // swift-tools-version: 6.3
    import PackageDescription

    /// What rules are written with, as it came with Concord. `CONCORD_KIT` names another place.
    let kit = Context.environment["CONCORD_KIT"] ?? "KITFOLDER"

    let package = Package(
      name: "NAME",
      products: [.library(name: "LIBRARY", type: .dynamic, targets: ["LIBRARY"])],
      dependencies: [.package(path: kit)],
      targets: [
        .target(
          name: "LIBRARY", dependencies: [.product(name: "PluginKit", package: "PluginKit")], path: "Sources",
          linkerSettings: [
            // Swift's own library goes in, hidden: whoever uses the plugin needs no Swift, and no version of it in particular.
            .unsafeFlags(["-static-stdlib", "-Xlinker", "--exclude-libs", "-Xlinker", "ALL", "-Xlinker", "--gc-sections", "-Xlinker", "-s"])
          ])
      ]
    )

    """#

  static let swiftPlugin = #"""
    public import CConcordPlugin
    import PluginKit

    /// The plugin. A new rule is a file, and its name in this list.
    let plugin = Plugin(id: "NAME", version: "0.1.0", rules: [NoteSaysOtherwise.self])

    /// What Concord asks the library for.
    @c(concord_plugin_entry_v1) public func entry() -> UnsafePointer<concord_plugin_v1>? { plugin.entry }

    """#

  static let swiftRule = ##"""
    import PluginKit

    /// A note that begins with another number than the count.
    struct NoteSaysOtherwise: RecordRule {
      static let info = RuleInfo(
        id: "note-says-otherwise", severity: .warning,
        summary: "A note that begins with a number names the one in `count`.",
        why: "Where the two differ one of them is wrong, and later nobody can tell which.",
        message: "The note says {said}, the count says {count}. One of them is wrong: look at the picture again.",
        messages: ["use": "Make the count {said}"],
        good: [#"{"format": "NAME", "items": [{"id": "1", "picture": "1.jpg", "label": "cat", "count": 2, "note": "2 of them"}]}"#],
        bad: [#"{"format": "NAME", "items": [{"id": "1", "picture": "1.jpg", "label": "cat", "count": 2, "note": ⟪"3 of them"⟫}]}"#])
      static let reads = Reads(fields: ["note", .quantity], needs: ["note"])

      func check(_ record: Record, _ report: inout Report) {
        guard let note = record.first("note"), let count = record.first(.quantity), let counted = count.value.integer,
          let said = note.text?.split(separator: " ").first.flatMap({ Int($0) }), said != counted
        else { return }
        let use = Fix("use", ["said": said], edits: [.replace(count, with: "\(said)")])
        report.finding(at: note, "", ["said": said, "count": counted], fixes: [use])
      }
    }

    """##

  static let swiftBuild = #"""
    #!/bin/sh
    # Builds the plugin's code, puts it beside plugin.json, and has it say which rules it holds.
    set -eu
    cd "$(dirname "$0")"
    concord=${CONCORD:-concord}
    command -v "$concord" >/dev/null || concord='PROGRAM'

    swift build -c release
    cp .build/release/libLIBRARY.so libLIBRARY.so.new
    mv libLIBRARY.so.new libLIBRARY.so
    "$concord" plugin describe .

    """#
}
