import BitimProtocol
import Foundation
import Testing

@testable import BitimClient
@testable import BitimListener

@Suite("Client and server over a link of chance")
struct SimulationTests {
  /// How many seeds are tried; scripts ask for more.
  private static let seeds = UInt64(
    ProcessInfo.processInfo.environment["BITIM_SEEDS"].flatMap { UInt64($0) } ?? 500)
  /// Where the seeds begin: one is tried again with a first and a count of 1.
  private static let first = UInt64(
    ProcessInfo.processInfo.environment["BITIM_SEED"].flatMap { UInt64($0) } ?? 1)

  @Test("every call gets exactly one end, no message is lost or doubled, nothing is left open")
  func everyEnd() {
    for seed in Self.first..<Self.first + Self.seeds {
      var world = World(seed: seed)
      let steps = Int.random(in: 20...400, using: &world.chance)
      let drains = world.chance.one(in: 3)
      for step in 0..<steps {
        world.step()
        if drains, step == steps / 2 { world.server.drain() }
        if !world.faults.isEmpty { break }
      }
      world.settle()
      if !world.faults.isEmpty {
        Issue.record("seed \(seed): \(world.faults.prefix(3).joined(separator: "; "))")
      }
    }
  }

  @Test("a connection that breaks leaves each caller with one end or none, and nothing twice")
  func breaks() {
    for seed in Self.first..<Self.first + Self.seeds / 2 {
      var world = World(seed: seed &+ 0x5EED)
      for _ in 0..<Int.random(in: 1...200, using: &world.chance) { world.step() }
      // From here on nothing arrives: what a caller has been told so far is all there is.
      for (stream, call) in world.callers {
        let isRunning = world.client.streams.contains(stream)
        world.check(
          call.isCancelled || call.ends == (isRunning ? 0 : 1), "call \(stream) has no end")
      }
      if let fault = world.faults.first { Issue.record("seed \(seed): \(fault)") }
    }
  }
}
