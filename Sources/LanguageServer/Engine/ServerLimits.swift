import Glibc
package import JSONCodec

/// How much of the machine the server may take: the member `limits` of the settings. What is missing, of the wrong type
/// or out of range is what it would be anyway, or the nearest that makes sense.
package struct ServerLimits: Sendable, Hashable {
  /// Bytes that open files may take together, and each plugin's process. In settings `memory`, in megabytes.
  package var memory: Int
  /// How long a plugin may work on one entry without getting on. In settings `time`, in milliseconds.
  package var time = Duration.seconds(1)
  /// The most findings of a file that are shown. In settings `findings`.
  package var findings = 1_000
  /// Bytes of the largest message that is read. In settings `message`, in megabytes.
  package var message: Int

  /// A quarter of the machine's memory, and at most 1 GB; messages of half of that.
  package init() {
    memory = Self.ownMemory
    message = memory / 2
  }

  package init(_ value: JSONValue?) {
    self.init()
    if let megabytes = value?["memory"]?.integer {
      memory = Int(min(max(megabytes, 64), 65_536)) << 20
      message = memory / 2
    }
    if let milliseconds = value?["time"]?.integer { time = .milliseconds(min(max(milliseconds, 100), 600_000)) }
    if let count = value?["findings"]?.integer { findings = Int(min(max(count, 1), 100_000)) }
    if let megabytes = value?["message"]?.integer { message = Int(min(max(megabytes, 1), 1_024)) << 20 }
    message = min(message, 1 << 30)
  }

  /// How much the client may leave unread before it is taken for gone.
  package var unread: Int { memory / 4 }

  private static let ownMemory: Int = {
    let pages = max(sysconf(Int32(_SC_PHYS_PAGES)), 0)
    let (machine, isHuge) = pages.multipliedReportingOverflow(by: max(sysconf(Int32(_SC_PAGESIZE)), 0))
    return isHuge || machine == 0 ? 1 << 30 : min(1 << 30, max(machine / 4, 256 << 20))
  }()
}
