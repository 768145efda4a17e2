import BitimSystem
import BitimTestSupport
import Testing

@Suite("The PROXY header")
struct ProxyHeaderTests {
  /// HAProxy's own, recorded: PROXY, TCP over IPv4, 203.0.113.7:40000 to 10.0.0.1:443, a CRC-32C.
  static func header(_ source: [UInt8], checksum: Bool = false) -> [UInt8] {
    let signature: [UInt8] = [
      0x0D, 0x0A, 0x0D, 0x0A, 0x00, 0x0D, 0x0A, 0x51, 0x55, 0x49, 0x54, 0x0A,
    ]
    let family: UInt8 = source.count == 4 ? 0x11 : 0x21
    let addresses = source + [UInt8](repeating: 9, count: source.count) + [0x9C, 0x40, 0x01, 0xBB]
    let tlv: [UInt8] = checksum ? [3, 0, 4, 0, 0, 0, 0] : []
    let count = addresses.count + tlv.count
    var octets = signature + [0x21, family, UInt8(count >> 8), UInt8(count & 0xFF)] + addresses
    octets += tlv
    if checksum {
      let crc = Self.crc32c(octets)
      for place in 0..<4 { octets[octets.count - 4 + place] = UInt8(crc >> (24 - 8 * place) & 255) }
    }
    return octets
  }

  /// The Castagnoli polynomial bit by bit, as RFC 3720 (appendix B.4) gives it.
  static func crc32c(_ octets: [UInt8]) -> UInt32 {
    var crc: UInt32 = 0xFFFF_FFFF
    for octet in octets {
      for bit in 0..<8 {
        let isSet = (crc ^ UInt32(octet >> UInt8(bit))) & 1 == 1
        crc >>= 1
        if isSet { crc ^= 0x82F6_3B78 }
      }
    }
    return crc ^ 0xFFFF_FFFF
  }

  @Test("RFC 3720's checks hold for the checksum the test itself computes")
  func checksum() {
    #expect(Self.crc32c([UInt8](repeating: 0, count: 32)) == 0x8A91_36AA)
    #expect(Self.crc32c([UInt8](repeating: 0xFF, count: 32)) == 0x62A8_AB43)
  }

  @Test("says whom the terminator speaks for, IPv4 and IPv6, with a checksum and without")
  func source() throws {
    let four = Self.header([203, 0, 113, 7], checksum: true)
    let header = try #require(try ProxyHeader(peeking: four.span))
    #expect(header.source?.description == "203.0.113.7")
    #expect(header.octetCount == four.count)
    let long: [UInt8] = [0x20, 1, 0x0D, 0xB8] + [UInt8](repeating: 0, count: 11) + [5]
    let six = try #require(try ProxyHeader(peeking: Self.header(long).span))
    #expect(six.source?.description == "2001:db8:0:0:0:0:0:5")
    #expect(six.source?.network.description == "2001:db8:0:0:0:0:0:0")
  }

  @Test("waits for the rest however it is cut", arguments: 0..<35)
  func cut(count: Int) throws {
    let octets = Self.header([203, 0, 113, 7], checksum: true)
    #expect(octets.count == 35)
    #expect(try ProxyHeader(peeking: octets.span.extracting(first: count)) == nil)
  }

  @Test("LOCAL speaks for nobody")
  func local() throws {
    var octets = Self.header([203, 0, 113, 7])
    octets[12] = 0x20
    let header = try #require(try ProxyHeader(peeking: octets.span))
    #expect(header.source == nil)
  }

  struct Refused: CustomTestStringConvertible {
    let place: Int
    let value: UInt8
    let fault: ProxyHeader.Fault
    var testDescription: String { "octet \(self.place) = \(self.value)" }
  }

  @Test(
    "refuses what is not a header of version 2",
    arguments: [
      Refused(place: 0, value: 0x50, fault: .notAHeader),
      Refused(place: 12, value: 0x11, fault: .unknownCommand),
      Refused(place: 13, value: 0x31, fault: .unknownFamily),
      Refused(place: 14, value: 0x10, fault: .badLength),
      Refused(place: 15, value: 0x0B, fault: .badLength),
      Refused(place: 16, value: 204, fault: .badChecksum),
      Refused(place: 34, value: 0xAA, fault: .badChecksum),
      Refused(place: 30, value: 0x05, fault: .badLength),
    ])
  func refused(_ refused: Refused) {
    var octets = Self.header([203, 0, 113, 7], checksum: true)
    octets[refused.place] = refused.value
    #expect(throws: refused.fault) { try ProxyHeader(peeking: octets.span) }
  }
}
