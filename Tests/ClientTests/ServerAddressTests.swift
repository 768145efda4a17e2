import Testing

@testable import BitimClient

@Suite("Addresses of servers")
struct ServerAddressTests {
  @Test(
    "an IPv6 address stands in brackets, behind a user and before a port",
    arguments: [
      ("tls://[::1]:7443", "-verify_ip ::1 -noservername -tls1_3 -connect [::1]:7443"),
      (
        "tls://[2001:db8::7]:7443?name=registry.test",
        "-verify_hostname registry.test -servername registry.test -tls1_3 "
          + "-connect [2001:db8::7]:7443"
      ),
      (
        "tls://localhost:1",
        "-verify_hostname localhost -servername localhost -tls1_3 -connect localhost:1"
      ),
      ("ssh://bitim@[::1]", "-- bitim@::1 bitimd bridge"),
      ("ssh://[::1]:2222/run/s", "-p 2222 -- ::1 bitimd bridge --listen 'unix:///run/s'"),
      ("ssh://bitim@host:2222/s", "-p 2222 -- bitim@host bitimd bridge --listen 'unix:///s'"),
    ])
  func brackets(text: String, ending: String) throws {
    let address = try #require(ServerAddress(text))
    #expect(address.description == text)
    #expect(address.helper?.joined(separator: " ").hasSuffix(ending) == true)
  }

  @Test(
    "what could be read in two ways is no address",
    arguments: [
      "tls://::1:7443", "tls://[::1]", "tls://[::1]7443", "tls://[host]:1", "tls://[::1:7443",
      "ssh://u@::1/s", "ssh://u@[::1]:/s", "ssh://-o@host/s", "ssh://a@b@host/s", "ssh:///s",
    ])
  func ambiguous(text: String) { #expect(ServerAddress(text) == nil) }
}
