/// The messages that JSON shows in a form of their own.
extension JSONText {
  /// The JSON of a well-known type; nil for every other message.
  func special(_ octets: Span<UInt8>, as name: String) throws(WireFault) -> String? {
    switch name {
    case "google.protobuf.Timestamp":
      let stamp = try GoogleProtobuf.Timestamp(decoding: octets)
      return "\"\(Self.instant(seconds: stamp.seconds, nanos: stamp.nanos))\""
    case "google.protobuf.Duration":
      let span = try GoogleProtobuf.Duration(decoding: octets)
      let isNegative = span.seconds < 0 || span.nanos < 0
      let sign = isNegative ? "-" : ""
      return "\"\(sign)\(span.seconds.magnitude)\(Self.fraction(span.nanos.magnitude))s\""
    case "google.protobuf.Any":
      return try self.any(try GoogleProtobuf.AnyMessage(decoding: octets))
    case "google.protobuf.StringValue", "google.protobuf.BytesValue",
      "google.protobuf.BoolValue", "google.protobuf.Int32Value", "google.protobuf.Int64Value",
      "google.protobuf.UInt32Value", "google.protobuf.UInt64Value",
      "google.protobuf.FloatValue", "google.protobuf.DoubleValue":
      return try self.wrapped(octets, as: name)
    default: return nil
    }
  }

  /// A wrapper is shown as the value it wraps.
  private func wrapped(_ octets: Span<UInt8>, as name: String) throws(WireFault) -> String {
    switch name {
    case "google.protobuf.StringValue":
      Self.quoted(try GoogleProtobuf.StringValue(decoding: octets).value)
    case "google.protobuf.BytesValue":
      "\"\(Base64.text(try GoogleProtobuf.BytesValue(decoding: octets).value))\""
    case "google.protobuf.BoolValue": "\(try GoogleProtobuf.BoolValue(decoding: octets).value)"
    case "google.protobuf.Int32Value": "\(try GoogleProtobuf.Int32Value(decoding: octets).value)"
    case "google.protobuf.UInt32Value":
      "\(try GoogleProtobuf.UInt32Value(decoding: octets).value)"
    case "google.protobuf.Int64Value":
      "\"\(try GoogleProtobuf.Int64Value(decoding: octets).value)\""
    case "google.protobuf.UInt64Value":
      "\"\(try GoogleProtobuf.UInt64Value(decoding: octets).value)\""
    case "google.protobuf.FloatValue":
      Self.number(try GoogleProtobuf.FloatValue(decoding: octets).value)
    default: Self.number(try GoogleProtobuf.DoubleValue(decoding: octets).value)
    }
  }

  private func any(_ any: GoogleProtobuf.AnyMessage) throws(WireFault) -> String {
    let name = any.typeUrl.split(separator: "/").last.map(String.init) ?? ""
    let type = "\"@type\":\(Self.quoted(any.typeUrl))"
    let isKnown = self.knows(name)
    guard isKnown else { return "{\(type),\"value\":\"\(Base64.text(any.value))\"}" }
    let inner = try self.text(any.value.span, as: name)
    if !inner.hasPrefix("{") { return "{\(type),\"value\":\(inner)}" }
    return inner == "{}" ? "{\(type)}" : "{\(type),\(inner.dropFirst())"
  }

  /// RFC 3339 in UTC, with no, three, six or nine digits of a second's fraction.
  static func instant(seconds: Int64, nanos: Int32) -> String {
    let day = seconds >= 0 ? seconds / 86_400 : -((86_399 - seconds) / 86_400)
    let rest = seconds - day * 86_400
    // Days to a civil date: Howard Hinnant's `civil_from_days`, in the public domain.
    let shifted = day + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra =
      (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    let dayOfMonth = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
    let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    let date = "\(Self.padded(year, 4))-\(Self.padded(month, 2))-\(Self.padded(dayOfMonth, 2))"
    let time =
      "\(Self.padded(rest / 3_600, 2)):\(Self.padded(rest / 60 % 60, 2))"
      + ":\(Self.padded(rest % 60, 2))"
    return "\(date)T\(time)\(Self.fraction(nanos.magnitude))Z"
  }

  private static func fraction(_ nanos: UInt32) -> String {
    if nanos == 0 { return "" }
    let nine = Self.padded(Int64(nanos), 9)
    if nanos % 1_000_000 == 0 { return "." + nine.prefix(3) }
    return nanos % 1_000 == 0 ? "." + nine.prefix(6) : "." + nine
  }

  private static func padded(_ value: Int64, _ width: Int) -> String {
    let digits = String(value)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }
}
