import FuzzTargets

/// One input of libFuzzer, which brings the program's `main`. Always 0: a fault is a trap.
@_cdecl("LLVMFuzzerTestOneInput")
public func readInput(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
  Choice.target.read(unsafe Array(UnsafeBufferPointer(start: start, count: count)))
  return 0
}
