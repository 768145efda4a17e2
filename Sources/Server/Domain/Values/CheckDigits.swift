/// Two check digits by ISO 7064 MOD 97-10.
///
/// They find every single wrong digit and every swap of two neighbours.
enum CheckDigits {
  /// The check digits of `number`, from 2 to 98.
  static func of(_ number: Int64) -> Int64 { 98 - (number % 97) * 100 % 97 }

  /// Whether `digits` are the check digits of `number`.
  static func fit(_ digits: Int64, _ number: Int64) -> Bool { Self.of(number) == digits }

  /// Two digits, with a leading zero.
  static func text(_ digits: Int64) -> String { digits < 10 ? "0\(digits)" : "\(digits)" }
}
