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
let work = try await piece.prepare()
var result = 0
for _ in 0..<times { result = try await work() }
print(result)
