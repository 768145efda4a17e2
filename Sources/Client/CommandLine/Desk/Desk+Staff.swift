import BitimClient
import BitimProtocol

/// People of a cohort whom a registrar of a centre is told of, though its organisation does not know them (R-020,
/// R-209), and a search finds nobody.
extension Desk {
  /// By the number, or by beginnings of the words of a name.
  static func isMeant(_ line: BitimV1.PersonLine, by text: String) -> Bool {
    if line.displayId == text { return true }
    let typed = text.lowercased().split(separator: " ")
    let names = [line.names?.kk, line.names?.ru, line.names?.latin].compactMap { $0 }
    return !typed.isEmpty
      && names.contains { name in
        let words = [name.surname, name.given, name.patronymic]
          .flatMap { $0.lowercased().split(separator: " ") }
        return typed.allSatisfy { beginning in words.contains { $0.hasPrefix(beginning) } }
      }
  }

  /// Who may sit in the next commission of a cohort.
  func sitters(of cohort: String) async throws -> [BitimV1.PersonLine] {
    try await CohortServiceClient(self.client).cohort(cohort).staffing?.maySit ?? []
  }

  /// Who teaches a cohort.
  func trainers(of cohort: String) async throws -> [BitimV1.PersonLine] {
    try await CohortServiceClient(self.client).cohort(cohort).trainers
  }
}

extension CohortServiceClient {
  /// The cohort with this code, and all that is shown of it.
  func cohort(_ code: String) async throws(CallFailure) -> BitimV1.GetCohortResponse {
    var request = BitimV1.GetCohortRequest()
    request.code = code
    return try await self.getCohort(request)
  }
}
