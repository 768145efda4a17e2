/// A refusal to certify that stands.
package struct CertificateRefusal: Equatable, Sendable {
  /// The act that made it.
  package let sequence: Int64
  package let refusedOn: CivilDate
  /// The reasons, in words.
  package let why: String
  /// Who refused.
  package let maker: Int64

  /// A refusal as it was recorded.
  package init(sequence: Int64, refusedOn: CivilDate, why: String, maker: Int64) {
    self.sequence = sequence
    self.refusedOn = refusedOn
    self.why = why
    self.maker = maker
  }
}
