/// A closed list of words, in the order of their numbers in the schema, from 1.
///
/// The raw values are what the tables hold; `HouseTests` compares words and order with
/// `schema/bitim/v1`.
package protocol Noun: CaseIterable, Hashable, Sendable, RawRepresentable<String> {}

extension Noun where AllCases == [Self] {
  /// The word with this number in the schema; nil for 0 and numbers of later versions.
  @inlinable package init?(number: Int32) {
    guard number >= 1, Int(number) <= Self.allCases.count else { return nil }
    self = Self.allCases[Int(number) - 1]
  }

  /// The word's number in the schema.
  @inlinable package var number: Int32 {
    Int32((Self.allCases.firstIndex(of: self) ?? -1) + 1)
  }
}

/// A language of courses and papers.
package enum Language: String, Noun { case kk, ru, en }

/// The highest education completed.
package enum Education: String, Noun { case secondary, higher }

/// What kind of number identifies a person.
package enum IdentifierKind: String, Noun { case iin, document }

/// Why a person is barred: Law On Mediation, article 9(7).
package enum BarKind: String, Noun {
  case stateFunction = "state_function"
  case incapacity, prosecution, conviction
}

/// What an organisation is to the School.
package enum OrganisationKind: String, Noun { case school, centre, university, sender }

/// What an entitlement allows.
package enum Activity: String, Noun { case train, issue }

/// How classes are held.
package enum CourseForm: String, Noun {
  case inPerson = "in_person"
  case remote, blended
}

/// Where a value of an edition comes from.
package enum Basis: String, Noun { case law, reported, school }

/// A part of an attestation.
package enum Component: String, Noun {
  case test
  case rolePlay = "role_play"
  case interview
}

/// A seat in a commission.
package enum Seat: String, Noun { case chair, member, secretary }

/// How a candidate did.
package enum ResultOutcome: String, Noun { case passed, failed, absent }

/// What a certificate attests.
package enum CertificateKind: String, Noun { case programme, school }

/// Why a certificate is revoked.
package enum RevocationReason: String, Noun {
  case fraud, error
  case attestationAnnulled = "attestation_annulled"
  case misconduct
  case holderRequest = "holder_request"
}

/// Why a certificate is suspended.
package enum SuspensionGround: String, Noun {
  case investigation, entitlement, court
  case holderRequest = "holder_request"
}

/// Why a suspension is ended before its time.
package enum ReinstatementReason: String, Noun {
  case caseClosed = "case_closed"
  case mended
}

/// How a certificate stands. Revoked comes before expired, expired before not yet valid.
package enum Standing: String, Noun {
  case valid, revoked, expired
  case notYetValid = "not_yet_valid"
  case suspended
}

/// What somebody may do.
package enum Role: String, Noun {
  case administrator, registrar, trainer, examiner, certifier, verifier, auditor

  /// The roles that act for the School as a whole, and are given there alone.
  package static let schoolOnly: Set<Role> = [.administrator, .certifier, .auditor]

  /// The roles that one person may not have beside the administrator's: who gives roles and
  /// tokens can neither teach, attest nor issue.
  package static let barredToAdministrators: Set<Role> = [.trainer, .examiner, .certifier]
}
