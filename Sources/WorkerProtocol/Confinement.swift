/// What a worker has given up, as it says before it loads a plugin's code.
package struct Confinement: Sendable, Hashable {
  package var parts: Parts
  /// The kernel's version of Landlock; 0 if it has none.
  package var landlock: UInt32

  /// The numbers of `confinement.h`.
  package struct Parts: OptionSet, Sendable, Hashable {
    package let rawValue: UInt32
    package init(rawValue: UInt32) { self.rawValue = rawValue }
    /// No new privileges, no core dumps, no descriptors but its own, an end when the host ends.
    package static let rights = Parts(rawValue: 1)
    /// Processor time, files and descriptors.
    package static let limits = Parts(rawValue: 2)
    /// Memory and address space; builds with a sanitizer have no such limit.
    package static let memory = Parts(rawValue: 4)
    /// It reads its own folder and the system's libraries, and no other file.
    package static let files = Parts(rawValue: 8)
    /// It makes the system calls that computing needs, and no others: no network, no programs, no signals to others.
    package static let calls = Parts(rawValue: 16)
    package static let all: Parts = [.rights, .limits, .memory, .files, .calls]
  }

  package init(parts: Parts, landlock: UInt32) {
    self.parts = parts
    self.landlock = landlock
  }

  package var isWhole: Bool { parts.isSuperset(of: .all) }

  package func write(to writer: inout ByteWriter) {
    writer.put(parts.rawValue)
    writer.put(landlock)
  }

  package init(reading reader: inout ByteReader) throws(WireError) {
    parts = Parts(rawValue: try reader.uint32())
    landlock = try reader.uint32()
  }
}

extension Confinement {
  /// How plugin code is kept apart, and what this system lacks; plain sentences.
  package var description: String {
    let whole = "Plugin code runs in processes of its own"
    guard !missing.isEmpty else {
      return whole + " that read their own folder and the system's libraries and nothing else: "
        + "no other file, no network, no other program."
    }
    return whole + ". Missing here: " + missing.joined(separator: "; ") + "."
  }

  /// What is not in force, each as a person would say it.
  package var missing: [String] {
    let parts: [(Parts, String)] = [
      (.rights, "giving up the rights of the person who started it"),
      (.limits, "limits on processor time and files"),
      (.memory, "a limit on memory (builds with a sanitizer have none)"),
      (.files, "a guard over files (Landlock, in Linux from 5.13)"),
      (.calls, "a guard over system calls (seccomp): network, programs, signals"),
    ]
    return parts.filter { !self.parts.contains($0.0) }.map(\.1)
  }
}
