import Files

/// The user's own folder of plugins: those that `concord plugin install` put there, each beside a record of its library.
package enum InstalledPlugins {
  /// Where it is, whether or not anything is there.
  package static var path: String? { UserFolders.data.map { $0 + "/concord/plugins" } }

  /// `nil` if there is none, or somebody else may write in it.
  package static var place: PluginPlace? {
    guard let path, let real = try? FileSystem.resolved(path), PrivateFolder(real, making: false) != nil else {
      return nil
    }
    return PluginPlace(real, .installed)
  }
}
