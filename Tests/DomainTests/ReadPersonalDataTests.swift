import Testing

@testable import BitimDomain

@Suite("Nobody reads personal data without saying what for (R-903)")
struct ReadPersonalDataTests {
  @Test("a read without a purpose is refused, whatever is read", arguments: ReadKind.allCases)
  func missing(kind: ReadKind) {
    #expect(throws: Refusal(.purposeMissing, column: "purpose")) {
      try ReadPersonalData(kind, for: nil)
    }
  }

  @Test("a read has one of eight purposes")
  func purposes() throws {
    #expect(
      ReadPurpose.allCases.map(\.rawValue) == [
        "enrolment", "attestation", "certification", "correction", "complaint", "audit",
        "subject_request", "legal_request",
      ])
    for purpose in ReadPurpose.allCases {
      let read = try ReadPersonalData(.file, for: purpose)
      #expect(read.kind == .file)
      #expect(read.purpose == purpose)
    }
  }
}
