#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// A place on the earth in WGS-84 degrees.
package struct GeoPoint: Hashable, Sendable {
  /// Degrees east.
  package var longitude: Double
  /// Degrees north.
  package var latitude: Double

  /// Makes a point; `nil` outside the earth's degrees.
  package init?(longitude: Double, latitude: Double) {
    guard abs(longitude) <= 180, abs(latitude) <= 90 else { return nil }
    self.longitude = longitude
    self.latitude = latitude
  }

  /// The great-circle distance in whole metres, on a sphere of 6,371 km.
  package func metres(to other: GeoPoint) -> Int {
    let radians = Double.pi / 180
    let (a, b) = (latitude * radians, other.latitude * radians)
    let deltaLongitude = (other.longitude - longitude) * radians
    let half =
      pow(sin((b - a) / 2), 2) + cos(a) * cos(b) * pow(sin(deltaLongitude / 2), 2)
    return Int((2 * 6_371_000 * asin(min(1, half.squareRoot()))).rounded())
  }
}
