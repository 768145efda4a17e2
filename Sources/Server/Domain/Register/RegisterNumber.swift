/// A mediator's number in the register, `M-2026-5`: year of the entry and serial, never the certificate's.
package struct RegisterNumber: Hashable, Sendable {
  /// The year, a million times, and the serial.
  package let value: Int64

  /// The number as it was recorded.
  package init(value: Int64) { self.value = value }

  package init(year: Int, serial: Int64) { self.value = Int64(year) * Self.scale + serial }

  /// Reads a number, as `m-2026-5` with a letter of either alphabet; nil if the text is none.
  package init?(typed text: String) {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 3, ["M", "m", "М", "м"].contains(parts[0]), let year = Int64(parts[1]),
      let serial = Int64(parts[2]), (2_000...9_999).contains(year),
      (1..<Self.scale).contains(serial)
    else { return nil }
    self.value = year * Self.scale + serial
  }

  package var text: String { "M-\(self.value / Self.scale)-\(self.value % Self.scale)" }

  private static let scale: Int64 = 1_000_000
}
