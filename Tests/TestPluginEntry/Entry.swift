public import CConcordPlugin
import PluginKit
import TestPlugin

/// What the host looks for.
@c(concord_plugin_entry_v1)
public func entry() -> UnsafePointer<concord_plugin_v1>? { unsafe testPlugin.entry }
