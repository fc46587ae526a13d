import CConcordPlugin
import CWorkerSystem
import Glibc
import WorkerProtocol

// concord-worker --describe LIBRARY        prints the plugin's rules as JSON, for the build to keep beside it
// concord-worker LIBRARY HOST-PROCESS PARTS MEMORY PATH…
//                                          serves the host on descriptor 3, as the host starts it; the code may read
//                                          the library and the paths. Without a library it only says how it is confined;
//                                          one that was compared with what was installed comes as memory (descriptor 5)
//
// Confinement comes first: a library's own initializers run inside dlopen. PARTS is the sum of those that must be in force,
// MEMORY how many bytes the code may have, 0 for what is usual.

let arguments = CommandLine.arguments
if arguments.count == 3, arguments[1] == "--describe" {
  describe(arguments[2])
} else if arguments.count >= 5, let host = pid_t(arguments[2]), let parts = UInt32(arguments[3]),
  let memory = UInt64(arguments[4])
{
  serve(
    library: arguments[1], host: host, required: Confinement.Parts(rawValue: parts), memory: memory,
    readable: Array(arguments[5...]))
} else {
  complain("usage: concord-worker --describe LIBRARY")
  exit(2)
}

func describe(_ path: String) {
  let folder = path.utf8.lastIndex(of: UInt8(ascii: "/")).map { String(path[..<$0]) } ?? "."
  // Who describes a plugin is building it: what this system lacks is no reason not to.
  _ = confine(host: getppid(), readable: [folder, path], output: 64 << 20)
  switch unsafe Library.load(path) {
  case .success(let plugin):
    let text = unsafe Description(plugin).json
    unsafe text.utf8.withContiguousStorageIfAvailable { _ = unsafe write(1, $0.baseAddress, $0.count) }
    exit(0)
  case .failure(let problem):
    complain(problem.message)
    exit(1)
  }
}

func serve(library path: String, host: pid_t, required: Confinement.Parts, memory: UInt64, readable: [String]) {
  var connection = Connection()
  // Memory has no place among files, so nobody needs a right to it.
  let isMemory = path == WS_LIBRARY_PATH
  let confinement = confine(
    host: host, readable: path.isEmpty || isMemory ? readable : [path] + readable, keepingLibrary: isMemory,
    memory: memory)
  var report = ByteWriter()
  confinement.write(to: &report)
  // Said before anybody else's code runs, so that nobody else can say it.
  connection.send(.confined, report.bytes)
  if !confinement.parts.isSuperset(of: required) {
    connection.refuse("Its process can't be confined. \(confinement.description)")
  } else if path.isEmpty {
    // The host has what it asked for, and ends the connection.
    _ = connection.next()
  } else {
    let library = unsafe Library.load(path)
    if isMemory { close(Int32(WS_LIBRARY)) }
    switch unsafe library {
    case .success(let plugin):
      if let session = unsafe Session(plugin, connection) {
        session.run()
      } else {
        connection.refuse("The plugin refused to start.")
      }
    case .failure(let problem): connection.refuse(problem.message)
    }
  }
  // Without running the library's destructors.
  _exit(0)
}

func complain(_ text: String) {
  let line = "concord-worker: " + text + "\n"
  _ = unsafe line.utf8.withContiguousStorageIfAvailable { unsafe write(2, $0.baseAddress, $0.count) }
}
