import BitimProtocol
@testable import BitimServices
import Foundation
import Testing

@Suite("Who waits for a signature")
struct SigningQueueTests {
  @Test(
    "so many wait for an agent that does not answer; the next is told to come again, and those get theirs"
  )
  func bounded() async throws {
    let queue = SigningQueue("bitim.test.sign")
    let answers = DispatchSemaphore(value: 0)
    await withTaskGroup(of: Status?.self) { group in
      for _ in 0...SigningQueue.waitingMax {
        group.addTask {
          do throws(Status) {
            try await queue.run { () throws(Status) in answers.wait() }
            return nil
          } catch {
            return error
          }
        }
      }
      // Nobody else can have ended yet.
      let refused = await group.next() ?? nil
      #expect(refused?.code == .resourceExhausted)
      #expect(refused?.reasons.map(\.reason) == ["BUSY"])
      for _ in 0..<SigningQueue.waitingMax { answers.signal() }
      for await other in group { #expect(other == nil) }
    }
    // There is room again.
    let answer = try await queue.run { () throws(Status) in 7 }
    #expect(answer == 7)
  }
}
