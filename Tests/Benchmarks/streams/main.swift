// bench-streams: a hundred busy streams on one connection, with and without one that nobody reads; and
// what a connection costs the server whose streams all stall. Usage: bench-streams ADDRESS PID, of an
// rpc-lab. Run by `scripts/bench-streams`.
import BitimClient
import BitimLab
import BitimProtocol
import Foundation
import Synchronization

guard CommandLine.arguments.count == 3, let address = ServerAddress(CommandLine.arguments[1]),
  let process = Int(CommandLine.arguments[2])
else {
  print("usage: bench-streams ADDRESS PID")
  exit(2)
}
let busyStreams = 100
let rounds = 7

func number(_ value: Int64) -> GoogleProtobuf.Int64Value {
  var message = GoogleProtobuf.Int64Value()
  message.value = value
  return message
}

/// Says it at once: a pipe's buffer would keep it to the end.
func say(_ text: String) { FileHandle.standardOutput.write(Data((text + "\n").utf8)) }

/// Messages that arrive in a second on a hundred streams of one connection.
func throughput(besideStalled isStalled: Bool) async throws -> Double {
  let lab = LabClient(BitimClient(servers: [address]))
  let stalled = isStalled ? try await lab.count(number(.max)) : nil
  if let stalled { _ = try await stalled.next() }
  let end = ContinuousClock.now + .seconds(2)
  let total = try await withThrowingTaskGroup(of: Int.self) { group in
    for _ in 0..<busyStreams {
      group.addTask {
        var count = 0
        for try await _ in try await lab.count(number(.max)) {
          count += 1
          if count % 64 == 0, ContinuousClock.now >= end { break }
        }
        return count
      }
    }
    return try await group.reduce(0, +)
  }
  stalled?.cancel()
  return Double(total) / 2
}

/// Anonymous memory of the server, in KiB.
func memory() throws -> Int {
  let text = try String(contentsOfFile: "/proc/\(process)/smaps_rollup", encoding: .utf8)
  let line = text.split(separator: "\n").first { $0.hasPrefix("Anonymous:") }
  return line.flatMap { Int($0.split(separator: " ")[1]) } ?? 0
}

func median(_ values: [Double]) -> Double { values.sorted()[values.count / 2] }

var ratios: [Double] = []
var alone: [Double] = []
_ = try await throughput(besideStalled: false)
for _ in 0..<rounds {
  let without = try await throughput(besideStalled: false)
  let with = try await throughput(besideStalled: true)
  alone.append(without)
  ratios.append(with / without)
}
say(
  "100 busy streams: \(Int(median(alone))) messages a second; beside a stalled one "
    + "\((median(ratios) * 1_000).rounded() / 1_000) of that "
    + "(\(((ratios.min() ?? 0) * 1_000).rounded() / 1_000)..\(((ratios.max() ?? 0) * 1_000).rounded() / 1_000)), ask >= 0.95"
)

// Connections whose every stream stalls: each holds what its windows allow, and no more.
let connections = 50
let streams = 8
let before = try memory()
var clients: [BitimClient] = []
var held: [Messages<GoogleProtobuf.Int64Value>] = []
for _ in 0..<connections {
  let client = BitimClient(servers: [address])
  clients.append(client)
  let lab = LabClient(client)
  for _ in 0..<streams {
    let messages = try await lab.count(number(.max))
    _ = try await messages.next()
    held.append(messages)
  }
}
try await Task.sleep(for: .seconds(1))
let each = Double(try memory() - before) / Double(connections)
for messages in held { messages.cancel() }
// 64 KiB on their way a stream, and as much again for what frames and queues cost.
let bound = 128.0 * Double(streams)
say(
  "a connection with \(streams) stalled streams costs the server \(Int(each)) KiB, "
    + "ask <= \(Int(bound))")
exit(median(ratios) >= 0.95 && each <= bound ? 0 : 1)
