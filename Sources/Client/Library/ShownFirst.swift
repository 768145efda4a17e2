public import BitimProtocol

/// A request for an act that is shown first: with `validate_only` the answer shows what would be, and
/// the act is done by the digest that came with it.
public protocol ShownFirst: Message {
  /// Only shows what would be.
  var validateOnly: Bool { get set }
  /// The digest of what was shown; needed to do it.
  var shownDigest: String { get set }
}

/// An answer that shows what would be, with its digest.
public protocol Showing: Message {
  /// The digest of what is shown.
  var shownDigest: String { get }
}

extension ShownFirst {
  /// Looks, lets `approve` decide on what is shown, and does just that.
  ///
  /// ```swift
  /// let people = PersonServiceClient(client)
  /// let done = try await request.done(by: people.barPerson) { ask(about: $0.shown) }
  /// ```
  ///
  /// - Parameters:
  ///   - call: The service's call.
  ///   - approve: Whether what is shown is to be done; nothing is asked where it always is.
  /// - Returns: What was shown, and the answer to the act; nil if it was not approved.
  /// - Throws: ``CallFailure`` as the call does; `SHOWN_CHANGED` where something changed in between.
  public func done<Answer: Showing>(
    by call: (Self, CallOptions) async throws(CallFailure) -> Answer,
    ifApproved approve: (Answer) -> Bool = { _ in true }
  ) async throws(CallFailure) -> (look: Answer, answer: Answer)? {
    var request = self
    request.validateOnly = true
    let look = try await call(request, CallOptions())
    guard approve(look) else { return nil }
    request.validateOnly = false
    request.shownDigest = look.shownDigest
    return (look, try await call(request, CallOptions()))
  }
}

extension BitimV1.BarPersonRequest: ShownFirst {}
extension BitimV1.BarPersonResponse: Showing {}
extension BitimV1.EndBarRequest: ShownFirst {}
extension BitimV1.EndBarResponse: Showing {}
extension BitimV1.WithdrawBarRequest: ShownFirst {}
extension BitimV1.WithdrawBarResponse: Showing {}
extension BitimV1.RecordDeathRequest: ShownFirst {}
extension BitimV1.RecordDeathResponse: Showing {}
extension BitimV1.WithdrawDeathRequest: ShownFirst {}
extension BitimV1.WithdrawDeathResponse: Showing {}
extension BitimV1.RevokeCertificateRequest: ShownFirst {}
extension BitimV1.MarkResponse: Showing {}
extension BitimV1.SuspendCertificateRequest: ShownFirst {}
extension BitimV1.EnterRegisterRequest: ShownFirst {}
extension BitimV1.RefuseEntryRequest: ShownFirst {}
extension BitimV1.SuspendEntryRequest: ShownFirst {}
extension BitimV1.ExcludeEntryRequest: ShownFirst {}
extension BitimV1.EntryResponse: Showing {}
extension BitimV1.ReinstateCertificateRequest: ShownFirst {}
extension BitimV1.WithdrawMarkRequest: ShownFirst {}
extension BitimV1.WithdrawMarkResponse: Showing {}
extension BitimV1.CorrectResultRequest: ShownFirst {}
extension BitimV1.CorrectResultResponse: Showing {}
extension BitimV1.RefuseCertificateRequest: ShownFirst {}
extension BitimV1.RefuseCertificateResponse: Showing {}
extension BitimV1.WithdrawRefusalRequest: ShownFirst {}
extension BitimV1.WithdrawRefusalResponse: Showing {}
extension BitimV1.ReplaceCertificateRequest: ShownFirst {}
extension BitimV1.ReplaceCertificateResponse: Showing {}
extension BitimV1.AdoptCertificatesRequest: ShownFirst {}
extension BitimV1.AdoptCertificatesResponse: Showing {}
extension BitimV1.AdoptEditionRequest: ShownFirst {}
extension BitimV1.AdoptEditionResponse: Showing {}
extension BitimV1.CloseEditionRequest: ShownFirst {}
extension BitimV1.CloseEditionResponse: Showing {}
extension BitimV1.DefineSpecialisationRequest: ShownFirst {}
extension BitimV1.DefineSpecialisationResponse: Showing {}
extension BitimV1.RepinCohortRequest: ShownFirst {}
extension BitimV1.RepinCohortResponse: Showing {}
extension BitimV1.WithdrawAnnulmentRequest: ShownFirst {}
extension BitimV1.WithdrawAnnulmentResponse: Showing {}
extension BitimV1.LetStandRequest: ShownFirst {}
extension BitimV1.LetStandResponse: Showing {}
extension BitimV1.MergePeopleRequest: ShownFirst {}
extension BitimV1.MergePeopleResponse: Showing {}
extension BitimV1.SplitPeopleRequest: ShownFirst {}
extension BitimV1.SplitPeopleResponse: Showing {}
