/// The business says no: why, with what the words of the reason need.
///
/// The reason is a stable code; clients put it into Kazakh, Russian or English. Nothing personal
/// is among the arguments: people appear by their numbers.
package struct Refusal: Error, Equatable, Sendable {
  /// Why.
  package let reason: Reason
  /// The column it concerns, by its English name; empty when it concerns the whole.
  package let column: String
  /// The value as received; empty when there is none to show.
  package let value: String
  /// What the words need, by name.
  package let arguments: [String: String]

  /// Describes a no.
  package init(
    _ reason: Reason, column: String = "", value: String = "", _ arguments: [String: String] = [:]
  ) {
    self.reason = reason
    self.column = column
    self.value = value
    self.arguments = arguments
  }
}

/// Why the business says no.
package enum Reason: String, CaseIterable, Sendable {
  // What was typed or filled in.
  case missing = "VALUE_MISSING"
  case notADate = "NOT_A_DATE"
  case notATime = "NOT_A_TIME"
  case notInList = "NOT_IN_LIST"
  case outOfRange = "VALUE_OUT_OF_RANGE"
  case textTooLong = "TEXT_TOO_LONG"
  case controlCharacter = "CONTROL_CHARACTER"
  case lettersLost = "LETTERS_LOST"
  case nameHasDigits = "NAME_HAS_DIGITS"
  case nameInWrongScript = "NAME_IN_WRONG_SCRIPT"
  case iinExponent = "IIN_EXPONENT"
  case iinZerosLost = "IIN_ZEROS_LOST"
  case iinNotTwelveDigits = "IIN_NOT_TWELVE_DIGITS"
  case iinCheckDigit = "IIN_CHECK_DIGIT"
  case identifierMissing = "IDENTIFIER_MISSING"
  case dateInFuture = "DATE_IN_FUTURE"
  case datesReversed = "DATES_REVERSED"
  case numberMistyped = "NUMBER_MISTYPED"
  case twiceInFile = "TWICE_IN_FILE"
  case tooManyRows = "TOO_MANY_ROWS"
  // What is named but not there, or there already.
  case personUnknown = "PERSON_UNKNOWN"
  case personAmbiguous = "PERSON_AMBIGUOUS"
  case cohortUnknown = "COHORT_UNKNOWN"
  case organisationUnknown = "ORGANISATION_UNKNOWN"
  case sessionUnknown = "SESSION_UNKNOWN"
  case editionUnknown = "EDITION_UNKNOWN"
  case certificateUnknown = "CERTIFICATE_UNKNOWN"
  case tokenUnknown = "TOKEN_UNKNOWN"
  case roleUnknown = "ROLE_UNKNOWN"
  case codeTaken = "CODE_TAKEN"
  case identifierTaken = "IDENTIFIER_TAKEN"
  case schoolExists = "SCHOOL_EXISTS"
  case alreadyThere = "ALREADY_THERE"
  case differs = "DIFFERS"
  // Admission.
  case tooYoung = "TOO_YOUNG"
  case educationTooLow = "EDUCATION_TOO_LOW"
  case barred = "BARRED"
  case programmeHeld = "PROGRAMME_HELD"
  case otherBirthDate = "OTHER_BIRTH_DATE"
  case identifiersDisagree = "IDENTIFIERS_DISAGREE"
  case prerequisiteMissing = "PREREQUISITE_MISSING"
  case groupFull = "GROUP_FULL"
  case enrolledAfterEnd = "ENROLLED_AFTER_END"
  case notEntitledToTrain = "NOT_ENTITLED_TO_TRAIN"
  // Hours.
  case notEnrolled = "NOT_ENROLLED"
  case notTrainerHere = "NOT_TRAINER_HERE"
  case trainerNotEntitled = "TRAINER_NOT_ENTITLED"
  case outsideCohort = "OUTSIDE_COHORT_DATES"
  case beforeEnrolment = "BEFORE_ENROLMENT"
  case hoursAboveDay = "HOURS_ABOVE_DAY_LIMIT"
  case hoursAboveClass = "HOURS_ABOVE_CLASS"
  case classesOverlap = "CLASSES_OVERLAP"
  case trainerExamined = "TRAINER_EXAMINED"
  case trainsHimself = "TRAINS_HIMSELF"
  // Attestation.
  case commissionTooSmall = "COMMISSION_TOO_SMALL"
  case commissionWithoutChair = "COMMISSION_WITHOUT_CHAIR"
  case notExaminer = "NOT_EXAMINER"
  case notInCommission = "NOT_IN_COMMISSION"
  case examinerTaught = "EXAMINER_TAUGHT_CANDIDATE"
  case examinesHimself = "EXAMINES_HIMSELF"
  case hoursShort = "HOURS_SHORT"
  case attemptsUsed = "ATTEMPTS_USED"
  case alreadyPassed = "ALREADY_PASSED"
  case resultPending = "RESULT_PENDING"
  case scoreMissing = "SCORE_MISSING"
  case scoreNotAsked = "SCORE_NOT_ASKED"
  case beforeLastClass = "BEFORE_LAST_CLASS"
  case alreadyConfirmed = "ALREADY_CONFIRMED"
  case nothingToConfirm = "NOTHING_TO_CONFIRM"
  case chairRecords = "CHAIR_RECORDS"
  case resultsChanged = "RESULTS_CHANGED"
  case certificateStands = "CERTIFICATE_STANDS"
  case scoreTwice = "SCORE_TWICE"
  case notChair = "NOT_CHAIR"
  case confirmsOwnRecord = "CONFIRMS_OWN_RECORD"
  case notYourRecord = "NOT_YOUR_RECORD"
  case resultUnknown = "RESULT_UNKNOWN"
  case annulsOwnResult = "ANNULS_OWN_RESULT"
  case actsOnHimself = "ACTS_ON_HIMSELF"
  // Certificates.
  case previewOutdated = "PREVIEW_OUTDATED"
  case nothingToIssue = "NOTHING_TO_ISSUE"
  case decidesOwnTrainee = "DECIDES_OWN_TRAINEE"
  case decidesOwnCandidate = "DECIDES_OWN_CANDIDATE"
  case decidesHimself = "DECIDES_HIMSELF"
  case notEntitledToIssue = "NOT_ENTITLED_TO_ISSUE"
  case alreadyRevoked = "ALREADY_REVOKED"
  case revokedBeforeIssue = "REVOKED_BEFORE_ISSUE"
  case serialsExhausted = "SERIALS_EXHAUSTED"
  // Access.
  case notAuthenticated = "NOT_AUTHENTICATED"
  case tokenExpired = "TOKEN_EXPIRED"
  case notAllowed = "NOT_ALLOWED"
  case roleOnlyAtSchool = "ROLE_ONLY_AT_SCHOOL"
  case notYourOrganisation = "NOT_YOUR_ORGANISATION"
  case rolesIncompatible = "ROLES_INCOMPATIBLE"
  case roleNotGranted = "ROLE_NOT_GRANTED"
  case lastAdministrator = "LAST_ADMINISTRATOR"
  case codeNeeded = "CODE_NEEDED"
  // Calls.
  case idempotencyKeyMissing = "IDEMPOTENCY_KEY_MISSING"
  case idempotencyKeyReused = "IDEMPOTENCY_KEY_REUSED"
  case pageTokenForeign = "PAGE_TOKEN_FOREIGN"
  case busy = "BUSY"
  case outcomeUnknown = "OUTCOME_UNKNOWN"

  /// Whether the journal must know that somebody tried: separation of duties, entitlement, hours
  /// and numbers.
  package var isJournaled: Bool {
    switch self {
    case .hoursAboveDay, .hoursAboveClass, .classesOverlap, .trainsHimself, .examinerTaught,
      .examinesHimself, .hoursShort, .attemptsUsed, .notChair, .confirmsOwnRecord,
      .annulsOwnResult, .decidesOwnTrainee, .decidesOwnCandidate, .decidesHimself,
      .notEntitledToIssue, .notEntitledToTrain, .rolesIncompatible, .notInCommission,
      .notYourRecord, .notTrainerHere, .trainerNotEntitled, .trainerExamined, .chairRecords,
      .actsOnHimself:
      true
    default: false
    }
  }
}
