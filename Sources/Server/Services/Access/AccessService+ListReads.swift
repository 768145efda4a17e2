import BitimDomain
import BitimProtocol
import BitimStore

/// Who was shown whose personal data, for auditors.
extension AccessService {
  static func reads(
    _ request: BitimV1.ListReadsRequest, _ state: borrowing Snapshot
  ) throws -> BitimV1.ListReadsResponse {
    let size = try Pages.size(request.pageSize)
    let asked = try Self.filter(request, state)
    let filter = """
      reads:\(asked.personID):\(asked.readerID):\(asked.organisationID):\(request.purpose.rawValue):\
      \(request.from):\(request.until)
      """
    let key = try Pages.key(request.pageToken, filter: filter).split(separator: "/")
    var place: (day: CivilDate, number: Int64)?
    if key.count == 2, let day = CivilDate(iso: String(key[0])), let number = Int64(key[1]) {
      place = (day, number)
    }
    let found = try state.reads(asked, behind: place, limit: size + 1)
    var response = BitimV1.ListReadsResponse()
    for read in found.prefix(size) { response.reads.append(try Self.line(of: read, state)) }
    if found.count > size {
      let last = found[size - 1]
      response.nextPageToken = Pages.token(
        after: "\(last.reading.day.iso)/\(last.number)", filter: filter)
    }
    return response
  }

  /// Reads what is asked for.
  ///
  /// - Throws: ``Refusal`` with ``Reason/personUnknown``, ``Reason/organisationUnknown``, ``Reason/notInList`` or
  ///   ``Reason/notADate``.
  private static func filter(
    _ request: BitimV1.ListReadsRequest, _ state: borrowing Snapshot
  ) throws -> ReadFilter {
    var filter = ReadFilter()
    for (person, column) in [(request.personId, "person_id"), (request.readerId, "reader_id")] {
      guard try person == 0 || state.hasPerson(person) else {
        throw Refusal(finding: .personUnknown, column: column, value: PersonNumber.text(person))
      }
    }
    filter.personID = request.personId
    filter.readerID = request.readerId
    if !request.organisation.isEmpty {
      filter.organisationID = try OrganisationService.organisation(request.organisation, state).id
    }
    filter.purpose = ReadPurpose(number: request.purpose.rawValue)
    guard filter.purpose != nil || request.purpose == .unspecified else {
      throw Refusal(finding: .notInList, column: "purpose")
    }
    filter.from = try CivilDate(typedIfThere: request.from, column: "from")
    filter.until = try CivilDate(typedIfThere: request.until, column: "until")
    return filter
  }

  private static func line(
    of read: ListedRead, _ state: borrowing Snapshot
  ) throws -> BitimV1.ReadLine {
    let reading = read.reading
    var line = BitimV1.ReadLine()
    line.number = read.number
    line.readAt = .init(reading.at)
    line.readerId = reading.readerID
    line.readerName = try PersonFinder.name(of: reading.readerID, in: .kk, state)
    line.organisation = try state.organisation(id: reading.organisationID)?.code ?? ""
    line.tokenName = try state.tokenName(reading.tokenID) ?? ""
    line.kind = .init(rawValue: reading.kind.number)
    line.personId = reading.personID
    line.personName = try PersonFinder.name(of: reading.personID, in: .kk, state)
    line.about = reading.about
    line.fields = reading.fields
    line.purpose = .init(rawValue: reading.purpose.number)
    line.digestAct = read.countedBy ?? 0
    return line
  }
}
