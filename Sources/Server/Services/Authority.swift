package import BitimDomain
package import BitimProtocol

/// Who may make which call: one table, which a test prints and pins.
package enum Authority {
  /// Who may make a call.
  package enum Audience: Equatable, Sendable {
    /// Anybody, with or without a token.
    case anyone
    /// Anybody whose token is in force.
    case anyToken
    /// Who has one of these roles.
    case roles(Set<Role>)
  }

  /// The audience of `method`; nil if the table forgot it, and then nobody may.
  package static func audience(of method: MethodDescriptor) -> Audience? {
    Self.table[method.path]
  }

  private static let staff: Set<Role> = [
    .administrator, .registrar, .trainer, .examiner, .certifier, .auditor,
  ]

  private static let table: [String: Audience] = [
    "bitim.v1.ProgrammeService/ListProgrammes": .anyToken,
    "bitim.v1.OrganisationService/RegisterOrganisations": .roles([.administrator]),
    "bitim.v1.OrganisationService/ListOrganisations": .roles(Self.staff),
    "bitim.v1.PersonService/RegisterPerson": .roles([.administrator, .registrar]),
    "bitim.v1.PersonService/RenamePerson": .roles([.registrar]),
    "bitim.v1.PersonService/BarPerson": .roles([.registrar, .certifier]),
    "bitim.v1.PersonService/FindPeople": .roles(Self.staff),
    "bitim.v1.PersonService/GetPerson": .roles([.registrar, .certifier]),
    "bitim.v1.CohortService/OpenCohort": .roles([.registrar]),
    "bitim.v1.CohortService/AssignTrainer": .roles([.registrar]),
    "bitim.v1.CohortService/GetCohort": .roles(Self.staff),
    "bitim.v1.CohortService/ListCohorts": .roles(Self.staff),
    "bitim.v1.CohortService/EnrolTrainees": .roles([.registrar]),
    "bitim.v1.CohortService/ImportTrainees": .roles([.registrar]),
    "bitim.v1.CohortService/RecordHours": .roles([.registrar, .trainer]),
    "bitim.v1.AttestationService/OpenSession": .roles([.registrar]),
    "bitim.v1.AttestationService/GetSession": .roles([.registrar, .examiner, .certifier]),
    "bitim.v1.AttestationService/RecordResults": .roles([.examiner]),
    "bitim.v1.AttestationService/ConfirmResults": .roles([.examiner]),
    "bitim.v1.AttestationService/AnnulResult": .roles([.examiner, .certifier]),
    "bitim.v1.CertificateService/ExplainEligibility":
      .roles([.registrar, .trainer, .examiner, .certifier]),
    "bitim.v1.CertificateService/PreviewIssue": .roles([.registrar, .certifier]),
    "bitim.v1.CertificateService/IssueCertificates": .roles([.certifier]),
    "bitim.v1.CertificateService/RevokeCertificate": .roles([.certifier]),
    "bitim.v1.CertificateService/GetCertificate": .roles([.registrar, .certifier]),
    "bitim.v1.CertificateService/ListCertificates": .roles([.registrar, .certifier, .auditor]),
    "bitim.v1.CertificateService/VerifyCertificate": .anyone,
    "bitim.v1.CertificateService/VerifyCertificates": .roles([.verifier, .registrar, .certifier]),
    "bitim.v1.CertificateService/ExportCertificates": .roles([.registrar, .certifier, .auditor]),
    "bitim.v1.CertificateService/WatchCertificates":
      .roles([.verifier, .registrar, .certifier, .auditor]),
    "bitim.v1.AccessService/WhoAmI": .anyToken,
    "bitim.v1.AccessService/GrantRole": .roles([.administrator]),
    "bitim.v1.AccessService/WithdrawRole": .roles([.administrator]),
    "bitim.v1.AccessService/CreateToken": .roles([.administrator]),
    "bitim.v1.AccessService/RevokeToken": .roles([.administrator]),
    "bitim.v1.AccessService/ListAccess": .roles([.administrator, .auditor]),
    "bitim.v1.AccessService/GetJournal": .roles([.administrator, .auditor]),
    "bitim.v1.BackupService/MakeBackup": .roles([.administrator]),
    "bitim.v1.BackupService/FollowActs": .roles([.administrator]),
    "bitim.v1.BackupService/GetServerStatus": .roles([.administrator, .auditor]),
  ]
}
