/// The messages that JSON shows in a form of their own.
extension JSONText {
  /// The JSON of a well-known type; nil for every other message.
  func special(_ octets: Span<UInt8>, as name: String) throws(Fault) -> String? {
    let any: GoogleProtobuf.AnyMessage
    do throws(WireFault) {
      guard name == "google.protobuf.Any" else { return try self.wellKnown(octets, as: name) }
      // What it holds may have fields of its own that can't be shown.
      any = try GoogleProtobuf.AnyMessage(decoding: octets)
    } catch {
      throw Fault(path: [], fault: error)
    }
    return try self.any(any)
  }

  private func wellKnown(_ octets: Span<UInt8>, as name: String) throws(WireFault) -> String? {
    switch name {
    case "google.protobuf.Timestamp":
      let stamp = try GoogleProtobuf.Timestamp(decoding: octets)
      guard stamp.isWithinYears else { throw .noJSON }
      return "\"\(stamp.text)\""
    case "google.protobuf.Duration":
      let span = try GoogleProtobuf.Duration(decoding: octets)
      let isNegative = span.seconds < 0 || span.nanos < 0
      guard span.seconds.magnitude <= 315_576_000_000, span.nanos.magnitude < 1_000_000_000,
        span.seconds == 0 || span.nanos == 0 || (span.seconds < 0) == (span.nanos < 0)
      else { throw .noJSON }
      let sign = isNegative ? "-" : ""
      return "\"\(sign)\(span.seconds.magnitude)\(Self.fraction(span.nanos.magnitude))s\""
    case "google.protobuf.StringValue", "google.protobuf.BytesValue",
      "google.protobuf.BoolValue", "google.protobuf.Int32Value", "google.protobuf.Int64Value",
      "google.protobuf.UInt32Value", "google.protobuf.UInt64Value",
      "google.protobuf.FloatValue", "google.protobuf.DoubleValue":
      return try self.wrapped(octets, as: name)
    case "google.protobuf.FieldMask":
      let mask = try GoogleProtobuf.FieldMask(decoding: octets)
      return Self.quoted(try mask.paths.map(Self.camel).joined(separator: ","))
    case "google.protobuf.Struct":
      return try self.structure(try GoogleProtobuf.Struct(decoding: octets))
    case "google.protobuf.ListValue":
      return try self.list(try GoogleProtobuf.ListValue(decoding: octets))
    case "google.protobuf.Value":
      return try self.value(try GoogleProtobuf.Value(decoding: octets))
    default: return nil
    }
  }

  /// A path of a mask in `lowerCamelCase`; a path that could not be read back has none.
  private static func camel(_ path: String) throws(WireFault) -> String {
    var camel = ""
    var raises = false
    for character in path {
      if character == "_" {
        guard !raises else { throw .noJSON }
        raises = true
      } else {
        guard !character.isUppercase, !raises || character.isLowercase else { throw .noJSON }
        camel += raises ? character.uppercased() : String(character)
        raises = false
      }
    }
    guard !raises else { throw .noJSON }
    return camel
  }

  private func structure(_ structure: GoogleProtobuf.Struct) throws(WireFault) -> String {
    var members: [String] = []
    for (name, value) in structure.fields.sorted(by: { $0.key < $1.key }) {
      members.append("\(Self.quoted(name)):\(try self.value(value))")
    }
    return "{\(members.joined(separator: ","))}"
  }

  private func list(_ list: GoogleProtobuf.ListValue) throws(WireFault) -> String {
    var elements: [String] = []
    for value in list.values { elements.append(try self.value(value)) }
    return "[\(elements.joined(separator: ","))]"
  }

  private func value(_ value: GoogleProtobuf.Value) throws(WireFault) -> String {
    switch value.kind {
    case .nullValue: return "null"
    case .boolValue(let bool): return bool ? "true" : "false"
    case .numberValue(let number):
      // JSON has no word for these, and a text would come back as one.
      guard number.isFinite else { throw .noJSON }
      return Self.number(number)
    case .stringValue(let text): return Self.quoted(text)
    case .listValue(let list): return try self.list(list)
    case .structValue(let structure): return try self.structure(structure)
    case nil: throw .noJSON
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

  private func any(_ any: GoogleProtobuf.AnyMessage) throws(Fault) -> String {
    let name = any.typeUrl.split(separator: "/").last.map(String.init) ?? ""
    let type = "\"@type\":\(Self.quoted(any.typeUrl))"
    let isKnown = self.knows(name)
    if any.typeUrl.isEmpty, any.value.isEmpty { return "{}" }
    guard isKnown else { return "{\(type),\"value\":\"\(Base64.text(any.value))\"}" }
    let inner = try self.text(any.value.span, as: name)
    if JSONReading.hasOwnForm(name) { return "{\(type),\"value\":\(inner)}" }
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
