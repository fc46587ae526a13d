import FuzzTargets
import Glibc

/// Which target the environment names.
enum Choice {
  static let target: FuzzTarget = {
    let name = unsafe getenv("CONCORD_FUZZ").map { unsafe String(cString: $0) } ?? ""
    guard let target = FuzzTarget.all.first(where: { $0.name == name }) else {
      fatalError("CONCORD_FUZZ names what is to be tried: \(FuzzTarget.all.map(\.name))")
    }
    return target
  }()
}
