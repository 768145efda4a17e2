import BitimClient
import BitimProtocol

/// Waiting where a server says that it was asked too often.
enum Patience {
  /// Asks, and asks again after the pause that the server names, a second at most.
  ///
  /// - Throws: ``CallFailure`` for all else; `CancellationError`.
  static func ask<Answer>(
    _ call: () async throws(CallFailure) -> Answer
  ) async throws -> Answer {
    while true {
      do throws(CallFailure) {
        return try await call()
      } catch {
        let named = error.status?.reasons.first?.metadata["after_ms"].flatMap(Int.init)
        guard let ms = named else { throw error }
        try await Task.sleep(for: .milliseconds(min(max(ms, 1), 1_000)))
      }
    }
  }
}
