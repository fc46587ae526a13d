/// Why a plugin's code may be run.
package enum PluginTrust: Sendable, Hashable {
  /// It came with Concord.
  case bundled
  /// The user had it installed, and its library is the one that was installed then.
  case installed
  /// The user named its folder; its library is taken as it is, and anew when it changes.
  case unverified
}

/// A folder that is a plugin or holds plugins one level down, and why their code may be run.
package struct PluginPlace: Sendable, Hashable {
  package var folder: String
  package var trust: PluginTrust
  package init(_ folder: String, _ trust: PluginTrust) {
    self.folder = folder
    self.trust = trust
  }
}
