import BitimClient
import BitimProtocol

/// People of a cohort whom a registrar of a centre is told of, though its organisation does not know them (R-020,
/// R-209), and a search finds nobody.
extension Desk {
  /// Whom a text means of all people; where it means nobody, the one of `known`.
  func person(
    _ text: String, among known: [BitimV1.PersonLine]
  ) async throws -> BitimV1.PersonLine {
    let meant = known.filter { Self.isMeant($0, by: text) }
    if let only = meant.first, meant.count == 1 {
      var request = BitimV1.FindPeopleRequest()
      (request.query, request.pageSize) = (text, 1)
      let found = try await PersonServiceClient(self.client).findPeople(request)
      if found.people.isEmpty { return only }
    }
    return try await self.person(text)
  }

  /// By the number, or by beginnings of the words of a name.
  private static func isMeant(_ line: BitimV1.PersonLine, by text: String) -> Bool {
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
    var request = BitimV1.GetCohortRequest()
    request.code = cohort
    return try await CohortServiceClient(self.client).getCohort(request).staffing?.maySit ?? []
  }

  /// Who teaches a cohort.
  func trainers(of cohort: String) async throws -> [BitimV1.PersonLine] {
    var request = BitimV1.GetCohortRequest()
    request.code = cohort
    return try await CohortServiceClient(self.client).getCohort(request).trainers
  }
}
