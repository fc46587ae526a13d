public import CConcordPlugin
import GeospatialSARRules
import PluginKit

/// The library's one exported symbol.
@c(concord_plugin_entry_v1) public func entry() -> UnsafePointer<concord_plugin_v1>? { unsafe plugin.entry }
