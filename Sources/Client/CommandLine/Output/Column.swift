/// The columns that programs read: the headers of CSV, the same in every language.
///
/// A name that was given stays: scripts read by it.
enum Column: String, CaseIterable, Sendable {
  case line, column, value, problem, number, other, alike, code, name, born, person, cohort,
    programme, edition, organisation, region, kind
  case enrolled, theory, practice, state, date, results, confirmed, result, scores
  case rule, met, evidence, basis
  case issued, standing, role, token, expires, used, group, attempts, from, until, by
  case holder, holderLatin = "holder_latin", title, hours, trained, trainedBy = "trained_by",
    attested, decided, validFrom = "valid_from", validUntil = "valid_until", issuer,
    entitlement, place, signatory, legalBasis = "legal_basis", basedOn = "based_on"
  case verdict, asOf = "as_of", formerNames = "former_names", identifiers,
    endedIdentifiers = "ended_identifiers", certificates, roles, bars, died, education
  case size, root, file, octets, acts, waiting, databaseOctets = "database_octets",
    walOctets = "wal_octets", clock, copyLag = "copy_lag", freeOctets = "free_octets",
    version, schema
  case recorded, actor, subject, outcome, reason, seat
  case since, session, people, command
  case ownNumber = "own_number", book, page, attestation, note
  case firstIssued = "first_issued", replaces, duplicate
  case article
  case received, told, contested, ground, paper, step, notified, carriedOut = "carried_out"
  case linked, successor
  case profile, server, language
  case signed, origin, key, check, use, kept, proposer = "proposed", approved, setting
  case scope, calls, country, purpose
  case category, consent, decidingAct = "deciding_act"
  case seen, recognised
  case address, contact, field, languages, entry
  case specialisation
  case fields, digestAct = "digest_act"
  case late, within, proposal, datum, which, before, after, struck
  case year, figure, filed, asKnown = "as_known"
  case days, activity
  case amount, measure, relevant, provider, checked, learning, cases, settled

  /// What stands above it for people.
  var title: Text {
    switch self {
    case .line: .columnLine
    case .column: .columnColumn
    case .value: .columnValue
    case .problem: .columnProblem
    case .number: .columnNumber
    case .other: .columnOther
    case .alike: .columnAlike
    case .code: .columnCode
    case .name: .columnName
    case .born: .columnBorn
    case .education: .columnEducation
    case .person: .columnPerson
    case .cohort: .columnCohort
    case .programme: .columnProgramme
    case .edition: .columnEdition
    case .specialisation: .columnSpecialisation
    case .organisation: .columnOrganisation
    case .region: .columnRegion
    case .kind: .columnKind
    case .enrolled: .columnEnrolled
    case .theory: .columnTheory
    case .practice: .columnPractice
    case .state: .columnState
    case .date: .columnDate
    case .results: .columnResults
    case .confirmed: .columnConfirmed
    case .result: .columnResult
    case .scores: .columnScores
    case .rule: .columnRule
    case .met: .columnMet
    case .evidence: .columnEvidence
    case .basis: .columnBasis
    case .article: .columnArticle
    case .linked: .columnLinked
    case .successor: .columnSuccessor
    case .profile: .columnProfile
    case .server: .columnServer
    case .language: .columnLanguage
    case .signed: .columnSigned
    case .origin: .columnOrigin
    case .key: .columnKey
    case .check: .columnCheck
    case .use: .columnUse
    case .setting: .columnSetting
    case .category: .columnCategory
    case .consent: .columnConsent
    case .decidingAct: .columnDecidingAct
    case .seen: .columnSeen
    case .recognised: .columnRecognised
    case .address: .columnAddress
    case .contact: .columnContact
    case .field: .columnField
    case .languages: .columnLanguages
    case .entry: .columnEntry
    case .fields: .columnFields
    case .digestAct: .columnDigestAct
    case .late: .columnLate
    case .within: .columnWithin
    case .proposal: .columnProposal
    case .datum: .columnDatum
    case .which: .columnWhich
    case .before: .columnBefore
    case .after: .columnAfter
    case .struck: .columnStruck
    case .year: .columnYear
    case .figure: .columnFigure
    case .filed: .columnFiled
    case .asKnown: .columnAsKnown
    case .days: .columnDays
    case .activity: .columnActivity
    case .amount: .columnAmount
    case .measure: .columnMeasure
    case .relevant: .columnRelevant
    case .provider: .columnProvider
    case .checked: .columnChecked
    case .learning: .columnLearning
    case .cases: .columnCases
    case .settled: .columnSettled
    case .kept: .columnKept
    case .proposer: .columnProposed
    case .approved: .columnApproved
    case .scope: .columnScope
    case .calls: .columnCalls
    case .country: .columnCountry
    case .purpose: .columnPurpose
    case .issued: .columnIssued
    case .standing: .columnStanding
    case .role: .columnRole
    case .token: .columnToken
    case .expires: .columnExpires
    case .used: .columnLastUsed
    case .group: .columnGroup
    case .attempts: .columnAttempts
    case .from: .columnFrom
    case .until: .columnUntil
    case .by: .columnBy
    case .holder: .columnHolder
    case .holderLatin: .columnHolderLatin
    case .title: .columnTitle
    case .hours: .columnHours
    case .trained: .columnTrained
    case .trainedBy: .columnTrainedBy
    case .attested: .columnAttested
    case .decided: .columnDecided
    case .validFrom: .columnValidFrom
    case .validUntil: .columnValidUntil
    case .issuer: .columnIssuer
    case .entitlement: .columnEntitlement
    case .place: .columnPlace
    case .signatory: .columnSignatory
    case .legalBasis: .columnLegalBasis
    case .basedOn: .columnBasedOn
    case .verdict: .columnVerdict
    case .asOf: .columnAsOf
    case .formerNames: .columnFormerNames
    case .identifiers: .columnIdentifiers
    case .endedIdentifiers: .columnEndedIdentifiers
    case .certificates: .columnCertificates
    case .roles: .columnRoles
    case .bars: .columnBars
    case .died: .columnDied
    case .size: .columnSize
    case .root: .columnRoot
    case .file: .columnFile
    case .octets: .columnOctets
    case .acts: .columnActs
    case .waiting: .columnWaiting
    case .databaseOctets: .columnDatabaseOctets
    case .walOctets: .columnWALOctets
    case .clock: .columnClock
    case .copyLag: .columnCopyLag
    case .freeOctets: .columnFreeOctets
    case .version: .columnVersion
    case .schema: .columnSchema
    case .recorded: .columnRecorded
    case .actor: .columnActor
    case .subject: .columnSubject
    case .outcome: .columnOutcome
    case .reason: .columnReason
    case .seat: .columnSeat
    case .since: .columnSince
    case .session: .columnSession
    case .people: .columnPeople
    case .command: .columnCommand
    case .ownNumber: .columnOwnNumber
    case .book: .columnBook
    case .page: .columnPage
    case .attestation: .columnAttestation
    case .note: .columnNote
    case .firstIssued: .columnFirstIssued
    case .replaces: .columnReplaces
    case .duplicate: .columnDuplicate
    case .received: .columnReceived
    case .told: .columnTold
    case .contested: .columnContested
    case .ground: .columnGround
    case .paper: .columnPaper
    case .step: .columnStep
    case .notified: .columnNotified
    case .carriedOut: .columnCarriedOut
    }
  }
}
