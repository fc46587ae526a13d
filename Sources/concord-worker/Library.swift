import CConcordPlugin
import Glibc

// The only file that loads code. A library is never unloaded: the Swift runtime keeps pointers into it.

struct LibraryProblem: Error {
  var message: String
}

enum Library {
  private typealias Entry = @convention(c) () -> UnsafePointer<concord_plugin_v1>?

  static func load(_ path: String) -> Result<UnsafePointer<concord_plugin_v1>, LibraryProblem> {
    guard let handle = unsafe dlopen(path, RTLD_NOW | RTLD_LOCAL) else {
      let reason = unsafe dlerror().map { unsafe String(cString: $0) } ?? "no reason given"
      return unsafe .failure(LibraryProblem(message: "The plugin's library can't be loaded: \(reason)"))
    }
    guard let symbol = unsafe dlsym(handle, "concord_plugin_entry_v1") else {
      return unsafe .failure(
        LibraryProblem(message: "The library is not a Concord plugin: it has no `concord_plugin_entry_v1`."))
    }
    let entry = unsafe unsafeBitCast(symbol, to: Entry.self)
    guard let plugin = unsafe entry() else {
      return unsafe .failure(LibraryProblem(message: "The plugin refused to start."))
    }
    if let problem = unsafe problem(of: plugin) { return unsafe .failure(LibraryProblem(message: problem)) }
    return unsafe .success(plugin)
  }

  private static func problem(of plugin: UnsafePointer<concord_plugin_v1>) -> String? {
    guard unsafe plugin.pointee.size >= MemoryLayout<concord_plugin_v1>.size, unsafe plugin.pointee.abi_version == 1
    else {
      return
        unsafe "The plugin was built for version \(plugin.pointee.abi_version) of the boundary; this program speaks version 1."
    }
    guard unsafe plugin.pointee.create != nil, unsafe plugin.pointee.destroy != nil, unsafe plugin.pointee.check != nil
    else {
      return "The plugin lacks one of the functions `create`, `destroy` and `check`."
    }
    return nil
  }
}
