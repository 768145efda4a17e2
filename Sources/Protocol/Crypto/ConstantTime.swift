/// Comparisons that take the same time whatever the octets are.
public enum ConstantTime {
  /// Whether both are equal; the time depends on the lengths alone.
  ///
  /// For whatever an attacker could guess octet by octet: codes of certificates, MACs.
  public static func areEqual(_ left: [UInt8], _ right: [UInt8]) -> Bool {
    Self.areEqual(left.span, right.span)
  }

  /// Whether both are equal; the time depends on the lengths alone.
  public static func areEqual(_ left: Span<UInt8>, _ right: Span<UInt8>) -> Bool {
    guard left.count == right.count else { return false }
    var difference: UInt8 = 0
    for index in left.indices { difference |= left[index] ^ right[index] }
    return difference == 0
  }
}
