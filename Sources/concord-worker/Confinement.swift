import CConfinement
import CWorkerSystem
import Glibc
import WorkerProtocol

/// Memory of its own that a worker may have: a quarter of the machine's, and at most this.
private let memoryLimit: UInt64 = 1 << 30
/// A worker that has used this much is replaced; nothing is lost by that.
private let processorSeconds: UInt64 = 3600

/// Gives up every right that loading and running a plugin does not need, and says what is in force now.
///
/// Runs before the library is loaded. `readable` are the files and folders that the plugin's code may read.
///
/// `keepingLibrary` says whether the library's own descriptor stays open until it is loaded.
///
/// `memory` is how many bytes of its own it may have; 0: a quarter of the machine's, and at most 1 GB.
///
/// `output` is how many bytes it may write to what was opened for it. Workers write to nothing but their socket.
func confine(
  host: pid_t, readable: [String], keepingLibrary keepsLibrary: Bool = false, memory: UInt64 = 0, output: UInt64 = 0
) -> Confinement {
  var paths: [UnsafePointer<CChar>?] = unsafe readable.map { unsafe UnsafePointer(strdup($0)) }
  defer { for index in unsafe paths.indices { unsafe free(UnsafeMutablePointer(mutating: paths[index])) } }
  let count = unsafe paths.count
  let machine = UInt64(max(sysconf(Int32(_SC_PHYS_PAGES)), 0)) * UInt64(max(sysconf(Int32(_SC_PAGESIZE)), 0))
  let outcome = unsafe paths.withUnsafeMutableBufferPointer { paths in
    unsafe withUnsafePointer(
      to: cf_wishes(
        host: host, first_closed: Int32(keepsLibrary ? WS_LIBRARY : WS_PROGRESS) + 1, channel: Int32(WS_SOCKET),
        memory: memory > 0 ? memory : machine == 0 ? memoryLimit : min(memoryLimit, max(machine / 4, memoryLimit / 4)),
        processor_seconds: processorSeconds, file_bytes: output, reads_files: 1,
        paths: UnsafePointer(paths.baseAddress), path_count: count)
    ) { unsafe cf_confine($0) }
  }
  return Confinement(
    parts: Confinement.Parts(rawValue: outcome.parts), landlock: UInt32(clamping: outcome.landlock_abi))
}
