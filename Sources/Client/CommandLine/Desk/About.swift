import BitimClient
import BitimProtocol

/// Whom or what acts are about, as somebody types it.
enum About: Sendable {
  case person(Int64)
  case certificate(String)
  case session(String)
  case organisation(String)
}

extension Desk {
  /// The answer about what a text means: a certificate by its number; a session or an organisation by its code, where
  /// there is one of it; else a person.
  func asked<Answer>(
    about text: String, _ call: (About) async throws(CallFailure) -> Answer
  ) async throws -> Answer {
    if text.wholeMatch(of: /\d{4}-\d{6}-\d{2}/) != nil { return try await call(.certificate(text)) }
    // No code has a space, and no number of a person is one.
    let isCode = !text.contains(" ") && text.wholeMatch(of: /P-.*|\d+/) == nil
    let codes: [About] = isCode ? [.session(text), .organisation(text)] : []
    for about in codes {
      do throws(CallFailure) {
        return try await call(about)
      } catch {
        let unknown: Set = ["SESSION_UNKNOWN", "ORGANISATION_UNKNOWN"]
        guard error.status?.reasons.contains(where: { unknown.contains($0.reason) }) == true else {
          throw error
        }
      }
    }
    return try await call(.person(try await self.person(text).id))
  }
}
