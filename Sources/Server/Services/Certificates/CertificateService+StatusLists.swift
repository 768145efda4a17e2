import BitimDomain
import BitimListener
import BitimProtocol
import BitimSigning
import BitimStore
import BitimTrust

/// The status lists of a year (W3C Bitstring Status List): what a page or another program looks a standing up in
/// without asking here.
///
/// They are read, and signed aside, as a bundle is: no verification waits for an agent.
extension CertificateService {
  private static let dayMs: Int64 = 86_400_000

  /// What the lists of a year say, before they are signed.
  private struct SaidLists: Sendable {
    let year: Int
    let place: StatusList.Place
    let from: Instant
    let revoked: StatusList
    let suspended: StatusList
  }

  static func statusLists(
    _ visit: Visit, _ request: BitimV1.GetStatusListsRequest
  ) async throws(Status) -> BitimV1.GetStatusListsResponse {
    let signer = visit.services.signer
    // Whoever may not is told so before anything is signed for him.
    if try Self.isDeposed(visit, request) || signer.base == nil {
      try await visit.sign(isDue: true)
    }
    guard let base = signer.base else { throw Self.unsigned(signer.standing.trouble ?? .notYet) }
    let said = try Self.said(visit, request)
    return try await visit.aside(.certificates) { () throws(Status) in
      do throws(LogSigner.Trouble) {
        let proofs = StatusList.Purpose.allCases.map { Self.proof($0, said, base.issuer) }
        let files = try signer.signed(proofs, on: base).map(\.text)
        var response = BitimV1.GetStatusListsResponse()
        (response.revocation, response.suspension) = (files[0], files[1])
        return response
      } catch {
        throw Self.unsigned(error)
      }
    }
  }

  /// A certificate's place in the lists of its year; nil of an adopted one, which is in none.
  static func statusPlace(
    of number: CertificateNumber, _ state: borrowing Snapshot
  ) throws -> Int? {
    guard !number.isAdopted else { return nil }
    return try StatusPlaces(secret: state.firstSalt(), year: number.year)
      .place(of: Int(number.serial))
  }

  /// Whether the key that signed last may sign no more.
  private static func isDeposed(
    _ visit: Visit, _ request: BitimV1.GetStatusListsRequest
  ) throws(Status) -> Bool {
    try visit.read { caller, state in
      _ = try Self.read(request, caller, state)
      return visit.services.signer.isDeposed(by: try LogSigner.keys(in: state, on: caller.today))
    }
  }

  /// The year and the place that are asked for.
  ///
  /// - Throws: ``Refusal``.
  private static func read(
    _ request: BitimV1.GetStatusListsRequest, _ caller: Caller, _ state: borrowing Snapshot
  ) throws -> (year: Int, place: StatusList.Place) {
    guard caller.isSchool else { throw Refusal(finding: .notYourOrganisation) }
    let year = Int(request.year)
    guard (2000...9999).contains(year) else {
      throw Refusal(finding: .outOfRange, column: "year", value: "\(request.year)")
    }
    return (year, try Self.listPlace(request.address, state))
  }

  /// Where the status lists lie, by the address that is given.
  ///
  /// - Throws: ``Refusal``.
  static func listPlace(
    _ address: String, _ state: borrowing Snapshot
  ) throws -> StatusList.Place {
    guard !address.isEmpty else { return .log(try state.logName()) }
    // It becomes the name of what is signed: an address, and nothing that reads as anything else.
    let isAddress =
      address.wholeMatch(of: /https?:\/\/[!-~]*[!-.0-~]/) != nil
      && address.utf8.count <= Self.addressMax
      && !address.contains { "\"#?\\<>^`{|}".contains($0) }
    guard isAddress else {
      throw Refusal(finding: .notInList, column: "address", value: address)
    }
    return .web(address)
  }

  /// How long an address may be.
  private static let addressMax = 400

  /// What is to be signed, from one snapshot; the caller is asked again.
  private static func said(
    _ visit: Visit, _ request: BitimV1.GetStatusListsRequest
  ) throws(Status) -> SaidLists {
    try visit.read { caller, state in
      // What is signed with an instant must not have a wrong one.
      if let doubt = visit.services.ledger.doubt { throw doubt.status(at: caller.now) }
      let (year, place) = try Self.read(request, caller, state)
      guard
        !visit.services.signer.isDeposed(by: try LogSigner.keys(in: state, on: caller.today))
      else { throw SigningQueue.busy("the next key is about to sign; come again") }
      var (revoked, suspended) = (StatusList(), StatusList())
      let places = StatusPlaces(secret: try state.firstSalt(), year: year)
      for number in try state.certificatesMarked(inYear: year) {
        guard let certificate = try state.certificate(number) else {
          throw StoreFailure.corrupt("\(number.text): is marked, and not there")
        }
        // What the days alone say a reader sees by himself; a bit is for what he can't.
        switch certificate.life.standing(on: caller.today) {
        case .revoked, .replaced: revoked.set(places.place(of: Int(number.serial)))
        case .suspended: suspended.set(places.place(of: Int(number.serial)))
        case .valid, .expired, .notYetValid: break
        }
      }
      return SaidLists(
        year: year, place: place, from: caller.now, revoked: revoked, suspended: suspended)
    }
  }

  /// A list as it is to be signed.
  private static func proof(
    _ purpose: StatusList.Purpose, _ said: SaidLists, _ issuer: DIDKey
  ) -> DataIntegrityProof {
    let list =
      switch purpose {
      case .revocation: said.revoked
      case .suspension: said.suspended
      }
    let until = Instant(
      unixMilliseconds: said.from.unixMilliseconds + Int64(StatusList.days) * Self.dayMs)
    let credential = list.credential(
      purpose, called: said.place.name(of: said.year, purpose), by: issuer, from: said.from.text,
      until: until.text)
    return DataIntegrityProof(of: credential, by: issuer, created: said.from.text)
  }
}
