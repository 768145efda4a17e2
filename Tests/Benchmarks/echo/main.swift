// bench-echo: the runtime without a registry. Answers verification with octets that are always the
// same, so that what it costs is frames, envelope, routing and the loop; an export is one message of
// as many octets as the year asked for, on a stream that stays open.
import BitimListener
import BitimProtocol
import BitimSystem
import Glibc

guard CommandLine.arguments.count == 2, let address = Address(CommandLine.arguments[1]) else {
  print("usage: bench-echo ADDRESS")
  exit(2)
}
let answer = [UInt8](repeating: 0x0A, count: 98)
let verify = MethodDescriptor(
  service: "bitim.v1.CertificateService", name: "VerifyCertificate", kind: .read, shape: .unary)
let table = CallTable<Int>([
  Route(verify, .read { _, _, _, output in output.append(answer.span) }),
  .serverStream(BitimV1.CertificateService.exportCertificates) {
    _, request, outbound throws(Status) in
    var line = BitimV1.CertificateLine()
    line.number = String(repeating: "0", count: Int(request.year))
    try await outbound.send(line)
    while !Task.isCancelled { try? await Task.sleep(for: .seconds(3_600)) }
  },
])

@Sendable func nanoseconds(_ clock: clockid_t) -> Int64 {
  var time = timespec()
  unsafe clock_gettime(clock, &time)
  return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
}

let stops = StopSignals()
let server = try Server(
  Server.Layout(addresses: [address], loops: 1, workers: 1), table: table,
  clock: Clock(
    monotonicNanoseconds: { nanoseconds(CLOCK_MONOTONIC) },
    unixMilliseconds: { nanoseconds(CLOCK_REALTIME) / 1_000_000 }), makeContext: { _ in 0 })
stops.wait {}
server.stop(within: 5)
