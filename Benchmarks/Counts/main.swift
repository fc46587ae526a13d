// Does one piece of work so many times: `concord-counts PIECE TIMES`. `Benchmarks/counts.py` counts what that takes.
// Without arguments, names the pieces.
import Foundation

let arguments = CommandLine.arguments.dropFirst()
guard let name = arguments.first else {
  for piece in Piece.all { print(piece.name) }
  exit(0)
}
guard let piece = Piece.all.first(where: { $0.name == name }), arguments.count == 2,
  let times = arguments.last.flatMap({ Int($0) })
else {
  FileHandle.standardError.write(Data("usage: concord-counts [PIECE TIMES]\n".utf8))
  exit(2)
}
OneThread.takeOver()
Task.detached {
  do {
    let work = try await piece.prepare()
    var result = 0
    for _ in 0..<times { result = try await work() }
    print(result)
    exit(0)
  } catch {
    FileHandle.standardError.write(Data("\(piece.name): \(error)\n".utf8))
    exit(1)
  }
}
OneThread.shared.run()
FileHandle.standardError.write(Data("\(piece.name) waits for what never comes\n".utf8))
exit(1)
