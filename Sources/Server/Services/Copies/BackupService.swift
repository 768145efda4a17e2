import BitimDomain
import BitimListener
import BitimProtocol
import BitimSigning
import BitimStore
import BitimSystem
import Foundation
import Synchronization

/// Copies of the registry, and how the server fares.
final class BackupService: Sendable {
  let services: Services
  let place: Services.Place
  /// Whether a backup is being made: a second would take the other thread of lists too.
  private let isUnderWay = Lock(false)

  private init(services: Services, place: Services.Place) {
    self.services = services
    self.place = place
  }

  static func routes(_ services: Services, _ place: Services.Place) -> [Route<Clerk>] {
    let service = BackupService(services: services, place: place)
    return [
      services.list(BitimV1.BackupService.makeBackup) { try service.make($0, $1, $2) },
      services.list(BitimV1.BackupService.followActs) { try service.follow($0, $1, $2) },
      services.list(BitimV1.BackupService.getServerStatus) { try service.status($0, $1, $2) },
    ]
  }

  private func make(
    _ caller: Caller, _ request: BitimV1.MakeBackupRequest, _ state: borrowing Snapshot
  ) throws -> BitimV1.MakeBackupResponse {
    let files = FileManager.default
    let folder = self.place.backups
    try? files.createDirectory(
      atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    let parent = FileSystem.folder(of: folder)
    let place = FileSystem.isThere(folder) ? folder : parent
    if let hindrance = FileSystem.hindrance(in: place) {
      throw Status(
        .unavailable, reason: "BACKUP_FAILED", "the copy could not be made",
        ["what": "\(place): \(hindrance)"])
    }
    let isFirst = self.isUnderWay.withLock { isUnderWay in
      defer { isUnderWay = true }
      return !isUnderWay
    }
    guard isFirst else {
      throw Status(.alreadyExists, reason: "BACKUP_UNDER_WAY", "a backup is under way")
    }
    defer { self.isUnderWay.withLock { $0 = false } }
    let name = self.freeName(at: caller.now)
    let target = self.place.backups + "/" + name
    let copy: Registry.Copy
    do {
      copy = try Registry.copy(from: self.place.database, to: target)
    } catch let failure as StoreFailure {
      // It is the copy that failed and not the registry: nothing to end the server for.
      throw Status(
        .unavailable, reason: "BACKUP_FAILED", "the copy could not be made",
        ["what": failure.description])
    }
    var response = BitimV1.MakeBackupResponse()
    response.file = name
    response.octets = (try files.attributesOfItem(atPath: target)[.size] as? Int64) ?? 0
    response.acts = copy.acts
    response.root = copy.root
    response.asOf = .init(unixMilliseconds: copy.asOf.unixMilliseconds)
    return response
  }

  /// A name that no backup has, nor what is left of one: of several in a second the later are counted.
  private func freeName(at instant: Instant) -> String {
    let stamp = "bitim-" + Self.stamp(instant)
    var name = stamp + ".db"
    var count = 1
    while ["", ".partial"].contains(where: {
      FileSystem.isThere(self.place.backups + "/" + name + $0)
    }) {
      count += 1
      name = "\(stamp)-\(count).db"
    }
    return name
  }

  /// An instant as part of a file's name: `20261124T223000Z`.
  private static func stamp(_ instant: Instant) -> String {
    let seconds = Int(instant.unixMilliseconds / 1_000)
    let day = CivilDate(dayNumber: seconds / 86_400).iso.replacing("-", with: "")
    let rest = seconds % 86_400
    let time = [rest / 3_600, rest / 60 % 60, rest % 60]
      .map { $0 < 10 ? "0\($0)" : "\($0)" }.joined()
    return "\(day)T\(time)Z"
  }

  /// How many reads a second copy is given at once.
  private static let readsMax = 1_000

  private func follow(
    _ caller: Caller, _ request: BitimV1.FollowActsRequest, _ state: borrowing Snapshot
  ) throws -> BitimV1.FollowActsResponse {
    let journal = try state.journal(last: 0)
    for (column, sequence) in [
      ("stored_sequence", request.storedSequence), ("after_sequence", request.afterSequence),
    ] where !(0...journal.size).contains(sequence) {
      // Who has more than there is follows another registry, or one that was restored since.
      throw Refusal(
        finding: .outOfRange, column: column, value: "\(sequence)",
        ["low": "0", "high": "\(journal.size)"])
    }
    var response = BitimV1.FollowActsResponse()
    if let last = request.readsAfter {
      let high = try state.lastRead()
      guard (0...high).contains(last) else {
        throw Refusal(
          finding: .outOfRange, column: "reads_after", value: "\(last)",
          ["low": "0", "high": "\(high)"])
      }
      response.reads = try state.copiedReads(after: last, limit: Self.readsMax)
    }
    // An act has the digest of reads: a copy that has the act has them.
    if response.reads.count < Self.readsMax {
      (response.acts, response.answers) = try state.portion(
        after: request.afterSequence, answersAfterMs: request.answersAfterMs,
        principal: request.answersAfterPrincipal, key: request.answersAfterKey)
    }
    response.size = journal.size
    response.root = journal.root
    self.services.follower.saw(stored: request.storedSequence, at: caller.now)
    return response
  }

  private func status(
    _ caller: Caller, _ request: BitimV1.GetServerStatusRequest, _ state: borrowing Snapshot
  ) throws -> BitimV1.GetServerStatusResponse {
    var response = BitimV1.GetServerStatusResponse()
    response.acts = try state.journal(last: 0).size
    response.waiting = Int64(self.services.ledger.waitingCount)
    response.databaseOctets = try state.databaseOctets()
    let wal = try? FileManager.default.attributesOfItem(atPath: self.place.database + "-wal")
    response.walOctets = (wal?[.size] as? Int64) ?? 0
    response.clockDoubtful = self.services.ledger.doubt != nil
    if let room = self.place.room() {
      response.freeOctets = room.free
      response.diskLow = room.isLow
    }
    response.version = Version.text
    response.schema = RegistrySchema.name
    let signing = self.services.signer.standing
    response.signs = signing.signs
    if let newest = signing.newest {
      response.signedActs = newest.size
      response.signedAt = newest.atMs.map { .init(unixMilliseconds: $0) }
    }
    response.signingTrouble = signing.trouble?.description ?? ""
    response.keyCertified = signing.isCertified
    if let copy = try self.services.follower.lag(state, now: caller.now) {
      response.isFollowed = true
      response.copyLagSeconds = copy.seconds
      response.copySeenAt = .init(unixMilliseconds: copy.seenAt.unixMilliseconds)
    }
    return response
  }
}
