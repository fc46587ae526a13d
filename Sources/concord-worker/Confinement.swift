import CWorkerSystem
import Glibc

/// Memory of its own a worker may have.
private let memoryLimit: UInt64 = 1 << 30

/// Gives up every right that loading and running a plugin does not need. What failed, in a sentence; `nil` if all went well.
///
/// Runs before the library is loaded. Further walls (files by Landlock, system calls by seccomp) belong here, behind these.
func confine(host: pid_t) -> String? {
  let result = ws_give_up_rights(host, memoryLimit)
  return result == 0 ? nil : "The system did not let the plugin's process be confined (error \(-result))."
}
