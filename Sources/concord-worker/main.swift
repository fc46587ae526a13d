import CConcordPlugin
import CWorkerSystem
import Glibc

// concord-worker --describe LIBRARY        prints the plugin's rules as JSON, for the build to keep beside it
// concord-worker LIBRARY HOST-PROCESS      serves the host on descriptor 3, as the host starts it
//
// Confinement comes first: a library's own initializers run inside dlopen.

let arguments = CommandLine.arguments
if arguments.count == 3, arguments[1] == "--describe" {
  describe(arguments[2])
} else if arguments.count == 3, let host = pid_t(arguments[2]) {
  serve(library: arguments[1], host: host)
} else {
  complain("usage: concord-worker --describe LIBRARY")
  exit(2)
}

func describe(_ path: String) {
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

func serve(library path: String, host: pid_t) {
  let connection = Connection()
  if let problem = confine(host: host) {
    connection.refuse(problem)
  } else {
    switch unsafe Library.load(path) {
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
