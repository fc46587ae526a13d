import Glibc

/// Where a radar image shows things: high ones nearer to the radar, moving ones along its path.
enum RadarGeometry {
  private static let earthRadius = 6_371_000.0
  private static let gravity = 3.986e14
  /// Of most radar satellites, in kilometres; for those that are not known.
  static let usualAltitude = 700.0

  /// How far a ship is shown along the satellite's path for each metre a second it moves towards the radar, in seconds: distance over
  /// speed of the satellite.
  static func shift(altitude: Double, incidence: Double) -> Double {
    let orbit = earthRadius + altitude * 1000
    let angle = incidence * .pi / 180
    let across = earthRadius * sin(angle)
    let distance = (orbit * orbit - across * across).squareRoot() - earthRadius * cos(angle)
    return distance / (gravity / orbit).squareRoot()
  }

  /// Metres that a moving ship is shown beside its place. `course` and `azimuth` (where the radar looks) in degrees from north; where
  /// one of them is not known, the most it can be.
  static func displacement(
    speed: Double, course: Double?, azimuth: Double?, incidence: Double, altitude: Double
  ) -> Double {
    var part = 1.0
    if let course, let azimuth { part = abs(cos((course - azimuth) * .pi / 180)) }
    return shift(altitude: altitude, incidence: incidence) * speed * part * sin(incidence * .pi / 180)
  }

  /// Metres that the top of something is shown nearer to the radar.
  static func layover(height: Double, incidence: Double) -> Double {
    incidence > 1 ? height / tan(incidence * .pi / 180) : 0
  }
}
