// rpc-lab: a server of lab.v1.Lab with the runtime's public API alone, and a client that tries every
// call of such a server, whoever wrote it.
import BitimClient
import BitimLab
import BitimListener
import BitimProtocol
import BitimSystem
import Glibc

let usage = """
  usage: rpc-lab serve --listen tcp://HOST:PORT|unix://PATH
         rpc-lab client --connect tcp://HOST:PORT|unix://PATH|ssh://…|tls://… [--plain]
  """
let words = Array(CommandLine.arguments.dropFirst())

/// What stands behind an option.
func value(of option: String) -> String? {
  words.firstIndex(of: option).flatMap { $0 + 1 < words.count ? words[$0 + 1] : nil }
}

@Sendable func nanoseconds(_ clock: clockid_t) -> Int64 {
  var time = timespec()
  unsafe clock_gettime(clock, &time)
  return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
}

switch words.first {
case "client":
  guard let text = value(of: "--connect"), let address = ServerAddress(text) else {
    print(usage)
    exit(2)
  }
  exit(await LabTrial(address, isPlain: words.contains("--plain")).run() ? 0 : 1)
case "serve", "--listen":
  guard let text = value(of: "--listen"), let address = Address(text) else {
    print(usage)
    exit(2)
  }
  signal(SIGPIPE, SIG_IGN)
  let stops = StopSignals()
  let server = try Server(
    Server.Layout(addresses: [address], loops: 1, workers: 2),
    table: LabService.table,
    clock: Clock(
      monotonicNanoseconds: { nanoseconds(CLOCK_MONOTONIC) },
      unixMilliseconds: { nanoseconds(CLOCK_REALTIME) / 1_000_000 }), makeContext: { _ in })
  for address in server.addresses {
    // Written at once, and not when a buffer is full: whoever started us waits for it.
    let line = Array("listening at \(address)\n".utf8)
    _ = unsafe write(1, line, line.count)
  }
  stops.wait {}
  server.stop(within: 10)
default:
  print(usage)
  exit(2)
}
