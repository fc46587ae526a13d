/// The rules under which the host says, at an entry, what a plugin could not do there.
package enum PluginFaultRules {
  package static let stopped = RuleInfo(
    id: "concord/plugin-stopped", form: .declared, severity: .warning,
    summary: "A plugin checks an entry to the end.",
    why: "What this plugin would have found in the entry is not shown. All other checks of it are.",
    messages: [
      "": "The plugin `{plugin}` stopped twice while it checked this, so its checks are missing here. "
        + "Nothing has to change in the file; tell the plugin's author."
    ])

  package static let confused = RuleInfo(
    id: "concord/plugin-confused", form: .declared, severity: .information,
    summary: "A plugin's answers make sense.",
    why: "Some of what this plugin found in the entry could not be shown.",
    messages: [
      "": "The plugin `{plugin}` gave answers here that make no sense or are far too many, and they were left out. "
        + "Nothing has to change in the file; tell the plugin's author."
    ])

  package static let all = [stopped, confused]
}
