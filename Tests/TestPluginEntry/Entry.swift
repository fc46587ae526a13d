public import CConcordPlugin
import PluginKit
import TestPlugin

@c(concord_plugin_entry_v1)
public func entry() -> UnsafePointer<concord_plugin_v1>? { unsafe testPlugin.entry }
