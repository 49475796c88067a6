import Testing
import Values

@Suite struct GeoPointTests {
  @Test func `a degree of latitude is about 111 kilometres`() throws {
    let south = try #require(GeoPoint(longitude: 123.5, latitude: 29))
    let north = try #require(GeoPoint(longitude: 123.5, latitude: 30))
    #expect(south.metres(to: north) == 111_195)
    #expect(north.metres(to: south) == 111_195)
    #expect(south.metres(to: south) == 0)
  }

  @Test func `there is no point beyond the earth's degrees`() {
    #expect(GeoPoint(longitude: 181, latitude: 0) == nil)
    #expect(GeoPoint(longitude: 0, latitude: -91) == nil)
    #expect(GeoPoint(longitude: -180, latitude: 90) != nil)
  }
}
