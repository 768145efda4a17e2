import BitimDomain
import BitimProtocol

/// What is kept of a read.
extension ReadPersonalData {
  /// - Throws: ``Refusal`` with ``Reason/purposeMissing``, also where a later program has a purpose that this one does
  ///   not know.
  init(_ kind: ReadKind, for purpose: BitimV1.ReadPurpose) throws(Refusal) {
    try self.init(kind, for: ReadPurpose(number: purpose.rawValue))
  }

  /// That `caller` was shown something.
  ///
  /// - Parameters:
  ///   - person: Whose it is; 0 of nobody.
  ///   - about: The number of a certificate, the code of a session or an organisation.
  ///   - fields: What may be shown, and whether it was.
  func reading(
    of person: Int64, about: String = "", showing fields: [(String, Bool)], by caller: Caller
  ) -> Reading {
    Reading(
      at: caller.now, on: caller.today, by: caller.personID, for: caller.organisationID,
      token: caller.tokenID, kind: self.kind, of: person, about: about,
      fields: fields.filter(\.1).map(\.0), purpose: self.purpose)
  }
}
