import Glibc

/// What a plugin's library says of its rules: the `rules.json` that lies beside it.
package enum PluginDescription {
  /// More than this no library says of itself.
  private static let limit = 16 << 20

  /// Asks a library, in a confined process of its own; what it complains of goes to standard error.
  ///
  /// For whoever builds a plugin: there is no time limit, as the library is the person's own. Throws in plain words.
  package static func json(ofLibrary path: String, worker: String) throws(PluginProblem) -> [UInt8] {
    var ends: [Int32] = [-1, -1]
    guard unsafe pipe(&ends) == 0 else { throw PluginProblem("The system has no room for a process.") }
    defer { close(ends[0]) }
    let child = spawn(worker, ["--describe", path], output: ends[1])
    close(ends[1])
    guard let child else { throw PluginProblem("`\(worker)` can't be started. Is Concord installed completely?") }
    let text = File.everything(from: ends[0], limit: limit)
    if text == nil { kill(child, SIGKILL) }
    var status: Int32 = 0
    while unsafe waitpid(child, &status, 0) < 0, errno == EINTR {}
    guard let text, !text.isEmpty, status == 0 else {
      throw PluginProblem("Its library `\(path)` does not say which rules it holds.")
    }
    return text
  }

  /// The process; `nil` if it can't be started. Its environment is empty.
  private static func spawn(_ program: String, _ arguments: [String], output: Int32) -> pid_t? {
    var actions = unsafe posix_spawn_file_actions_t()
    unsafe posix_spawn_file_actions_init(&actions)
    defer { unsafe posix_spawn_file_actions_destroy(&actions) }
    unsafe posix_spawn_file_actions_adddup2(&actions, output, 1)
    // The worker keeps no descriptor but its own.
    unsafe posix_spawn_file_actions_addclose(&actions, output)
    var words: [UnsafeMutablePointer<CChar>?] = unsafe ([program] + arguments).map { unsafe strdup($0) } + [nil]
    defer { unsafe words.forEach { unsafe free($0) } }
    var environment: [UnsafeMutablePointer<CChar>?] = unsafe [nil]
    var child: pid_t = 0
    return unsafe posix_spawn(&child, program, &actions, nil, &words, &environment) == 0 ? child : nil
  }
}
