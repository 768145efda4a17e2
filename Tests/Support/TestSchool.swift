package import BitimClient
import BitimDomain
import BitimListener
package import BitimProtocol
package import BitimServices
import BitimSigning
package import BitimSystem
package import BitimStore
package import Foundation

/// A School with its people, on a database of its own, behind a real server and a real socket.
///
/// Everybody who can act has a token and so a client. Ends with ``close()``.
package final class TestSchool {
  package let folder: URL
  package let clock: ManualClock
  package private(set) var administrator: BitimClient
  /// Anybody, without a token.
  package let stranger: BitimClient
  private var server: Server?
  /// How many people it has registered.
  private var people = 0
  private let ledger: Ledger
  package let address: Address
  /// The administrator's token.
  package let secret: String
  private let agent: OwnAgent?
  private let signer: LogSigner
  /// Every call of the registry that is served.
  package let methods: [MethodDescriptor]

  /// The database file.
  package var database: String { self.folder.appendingPathComponent("bitim.db").path }

  /// Founds a School on `day` in a fresh temporary folder.
  ///
  /// - Parameters:
  ///   - limits: What one token may do.
  ///   - issuesUntil: The last day on which it may issue; nil while it may.
  ///   - signs: Whether an agent of its own signs what ``sign()`` asks for.
  package convenience init(
    on day: String = "2026-11-22", loops: Int = 1, limits: TokenLimits = TokenLimits(),
    issuesUntil: String? = nil, signs: Bool = false
  ) throws {
    guard let day = CivilDate(iso: day) else { preconditionFailure("not a day") }
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("bt-\(UUID().uuidString.prefix(12))")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let clock = ManualClock(on: day)
    let database = folder.appendingPathComponent("bitim.db").path
    try Registry.create(path: database, at: clock.now)
    let ledger = try Self.ledger(database, clock)
    let secret = try Self.found(ledger, on: day, issuesUntil: issuesUntil)
    try self.init(
      folder, clock, ledger, secret, loops: loops, limits: limits, signs: signs)
  }

  /// Serves what is in the folder of a School that was closed with ``halt()``, under its old tokens.
  package convenience init(reopening school: TestSchool, trustsClock: Bool = true) throws {
    let ledger = try Self.ledger(school.database, school.clock, trustsClock: trustsClock)
    try self.init(
      school.folder, school.clock, ledger, school.secret, loops: 1, limits: TokenLimits())
  }

  /// Serves a copy of what is in the folder of a School that was closed with ``halt()``, under its tokens,
  /// with a clock of its own that stands on `day`.
  ///
  /// - Parameter secret: The administrator's token there.
  package convenience init(copying original: URL, secret: String, on day: String) throws {
    guard let day = CivilDate(iso: day) else { preconditionFailure("not a day") }
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("bt-\(UUID().uuidString.prefix(12))")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    for file in ["bitim.db", "bitim.db-wal"] {
      let path = original.appendingPathComponent(file)
      guard FileManager.default.fileExists(atPath: path.path) else { continue }
      try FileManager.default.copyItem(at: path, to: folder.appendingPathComponent(file))
    }
    let clock = ManualClock(on: day)
    let database = folder.appendingPathComponent("bitim.db").path
    try self.init(
      folder, clock, try Self.ledger(database, clock), secret, loops: 1, limits: TokenLimits())
  }

  private static func ledger(
    _ database: String, _ clock: ManualClock, trustsClock: Bool = true
  ) throws -> Ledger {
    try Ledger(
      // Its clock is the test's, and a program that works on its file in between has the real one.
      path: database, now: { clock.now }, trustsClock: trustsClock,
      random: { Endpoint.randomOctets($0) }, report: { failure, _ in print("store: \(failure)") })
  }

  private init(
    _ folder: URL, _ clock: ManualClock, _ ledger: Ledger, _ secret: String, loops: Int,
    limits: TokenLimits, signs: Bool = false
  ) throws {
    let keys = folder.appendingPathComponent("signing").path
    if signs {
      try FileManager.default.createDirectory(
        atPath: keys, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
    }
    let agent = signs ? OwnAgent(in: keys, patienceMs: 10_000) { _ in } : nil
    self.agent = agent
    let signer = LogSigner(
      agent?.source, keeping: folder.appendingPathComponent("checkpoint").path,
      nanoseconds: { clock.now.unixMilliseconds * 1_000_000 })
    self.signer = signer
    let database = folder.appendingPathComponent("bitim.db").path
    let address = Address.unix(path: folder.appendingPathComponent("s").path)
    let services = Services(
      ledger: ledger, signer: signer,
      at: .init(
        database: database, backups: folder.appendingPathComponent("backups").path,
        // However full the disk of these tests is.
        room: { FileSystem.Room(free: 1 << 40, whole: 1 << 41) }),
      limits: limits,
      zone: Self.day,
      report: { failure, method in print("\(method.path): \(failure)") })
    self.methods = services.methods
    self.server = try Server(
      Server.Layout(addresses: [address], loops: loops, workers: 1),
      table: services.table(with: Health(services: services.names)),
      clock: clock.loopClock, makeContext: { _ in try services.clerk() },
      settle: { $0.settle() })
    self.folder = folder
    self.clock = clock
    self.ledger = ledger
    self.address = address
    self.secret = secret
    self.administrator = BitimClient(address: address, token: secret)
    self.stranger = BitimClient(address: address)
  }

  /// Stops the server and removes the folder.
  package func close() {
    self.halt()
    // What is left of a temporary folder harms no test.
    try? FileManager.default.removeItem(at: self.folder)
  }

  /// Stops serving, and leaves everything where it lies.
  package func halt() {
    self.server?.stop(within: 5)
    // Its listening socket closes with it.
    self.server = nil
    self.agent?.end()
    self.ledger.close()
  }

  /// Has the journal as it is signed, as the server does each five seconds: if it is time.
  package func sign() throws {
    let reader = try Reader(path: self.database, commits: self.ledger.commits)
    try self.signer.turn(
      size: try reader.read { try $0.journalSize() },
      keys: try reader.read { try LogSigner.keys(in: $0, on: Self.day(of: self.clock.now)) },
      atMs: self.clock.now.unixMilliseconds
    ) { after in try reader.read { try $0.entries(after: after) } }
  }

  /// The day in Almaty.
  private static func day(of instant: Instant) -> CivilDate {
    CivilDate(dayNumber: Int((instant.unixMilliseconds + 18_000_000) / 86_400_000))
  }

  /// How many changes wait for the writer.
  package var waitingCount: Int { self.ledger.waitingCount }

  /// Keeps the writer busy until the closure that comes back is called: what is asked meanwhile waits,
  /// and is done in one commit.
  package func holdWriter() async -> @Sendable () -> Void {
    let gate = DispatchSemaphore(value: 0)
    await withCheckedContinuation { (begun: CheckedContinuation<Void, Never>) in
      _ = self.ledger.submit(
        Change(
          principal: "program", key: "hold-\(UUID().uuidString)", digest: [],
          work: { _ in
            begun.resume()
            gate.wait()
            return .done([], kept: [])
          }, answer: { _ in }))
    }
    return { gate.signal() }
  }

  /// What `bitimd check` would find.
  package func check() throws -> Registry.Findings {
    try Registry.check(
      path: self.database, scratch: self.folder.appendingPathComponent("derived.db").path
    ) { _ in }
  }

  /// What `bitimd check` would find wrong; may be asked more than once.
  package func problems() throws -> [String] {
    let scratch = self.folder.appendingPathComponent("derived-\(UUID().uuidString.prefix(12)).db")
      .path
    defer { try? FileManager.default.removeItem(atPath: scratch) }
    return try Registry.check(path: self.database, scratch: scratch) { _ in }.problems
  }

  private static func found(
    _ ledger: Ledger, on day: CivilDate, issuesUntil: String?
  ) throws -> String {
    var founded = BitimV1.Organisation.with(
      code: "SCHOOL", kind: .school, name: "Медиаторлар мектебі", activities: [.train, .issue])
    founded.entitlements[1].validUntil = issuesUntil
    let school = founded
    var person = BitimV1.Person()
    person.names = .latin("Abenova", "Gulnar")
    person.birthDate = "1980-05-02"
    person.evidence = "founder"
    let administrator = person
    let done = DispatchSemaphore(value: 0)
    nonisolated(unsafe) var answer: Result<[UInt8], Status> = .success([])
    _ = ledger.submit(
      Change(
        principal: "program", key: "init", digest: [],
        work: { transaction in
          let secret = try Founding.found(
            school: school, administrator: administrator, on: day, transaction)
          return .done(Array(secret.utf8), kept: [])
        },
        answer: { result in
          // Written before the signal, read after the wait.
          unsafe answer = result
          done.signal()
        }))
    done.wait()
    return String(decoding: try unsafe answer.get(), as: UTF8.self)
  }

  /// Gives the administrator a token for a year in place of the founder's, which ends sooner.
  package func keepAdministrator() async throws {
    let administrator = try await AccessServiceClient(self.administrator).whoAmI(.init()).person
    self.administrator = try await self.token(
      administrator?.id ?? 0, [.administrator], in: "SCHOOL", days: 365)
  }

  /// Turns the clock to noon of a day.
  package func turn(to day: String) {
    guard let day = CivilDate(iso: day) else { preconditionFailure("not a day") }
    self.clock.turn(to: day)
  }

  // Acts that many tests need.

  /// Registers an organisation that may train since 2011.
  package func centre(_ code: String) async throws {
    var request = BitimV1.RegisterOrganisationsRequest()
    request.organisations = [
      .with(code: code, kind: .centre, name: "Орталық \(code)", activities: [.train])
    ]
    _ = try await OrganisationServiceClient(self.administrator).registerOrganisations(request)
  }

  /// Registers a person by evidence, born on a day of his or her own from 1985-03-04 on; returns the id.
  package func person(_ surname: String, _ given: String) async throws -> Int64 {
    var request = BitimV1.RegisterPersonRequest()
    request.person = .init()
    request.person?.names = .latin(surname, given)
    // 1985-03-04 is day 5541 after 1970-01-01.
    request.person?.birthDate = CivilDate(dayNumber: 5_541 + self.people).iso
    self.people += 1
    request.person?.evidence = "staff"
    let response = try await PersonServiceClient(self.administrator).registerPerson(request)
    return response.person?.id ?? 0
  }

  /// Gives a person roles in an organisation and a client that has them.
  package func client(
    _ person: Int64, _ roles: [BitimV1.Role], in organisation: String = "SCHOOL"
  ) async throws -> BitimClient {
    let access = AccessServiceClient(self.administrator)
    for role in roles {
      var grant = BitimV1.GrantRoleRequest()
      grant.personId = person
      grant.role = role
      grant.organisation = organisation
      do throws(CallFailure) {
        _ = try await access.grantRole(grant)
      } catch {
        guard error.status?.code == .alreadyExists else { throw error }
      }
    }
    return try await self.token(person, roles, in: organisation)
  }

  /// Adopts an agreement with an organisation from today on, unless one is in force.
  ///
  /// - Returns: The act that proposes it; 0 where it is done.
  @discardableResult
  package func agree(
    with organisation: String, _ scope: [BitimV1.AgreementScope], until: String = "2099-12-31",
    calls: Int64 = 1_000_000
  ) async throws -> Int64 {
    var request = BitimV1.AdoptAgreementRequest()
    request.agreement = .init()
    request.agreement?.organisation = organisation
    request.agreement?.number = "№ 7"
    request.agreement?.signedOn = "2024-01-15"
    request.agreement?.validFrom = Self.day(of: self.clock.now).iso
    request.agreement?.validUntil = until
    request.agreement?.purpose = "дипломдарды тану"
    request.agreement?.transferGround = "94-V, 16-бап"
    request.agreement?.scope = scope
    request.agreement?.callsPerDay = calls
    do throws(CallFailure) {
      return try await AgreementServiceClient(self.administrator).adoptAgreement(request).proposal
    } catch {
      guard error.status?.code == .alreadyExists else { throw error }
      return 0
    }
  }

  /// A partner's token for a month, as it was made before agreements were kept.
  package func oldToken(of organisation: Int64, named name: String) async throws -> BitimClient {
    let answer: Result<[UInt8], Status> = await withCheckedContinuation { continuation in
      let expires = Instant(unixMilliseconds: self.clock.now.unixMilliseconds + 2_592_000_000)
      let day = Self.day(of: self.clock.now)
      _ = self.ledger.submit(
        Change(
          principal: "program", key: "old-\(UUID().uuidString)", digest: [],
          work: { transaction in
            let token = AccessToken(random: transaction.randomOctets(32))
            let created = TokenCreated(
              id: try transaction.state.nextTokenID(), personID: 0, organisationID: organisation,
              hash: token.hash, name: name, roles: [.verifier], expiresAt: expires, sessionID: 0)
            try transaction.record(.tokenCreated(created), by: .program, heldOn: day)
            return .done(Array(token.text.utf8), kept: [])
          }, answer: { continuation.resume(returning: $0) }))
    }
    let secret = String(decoding: try answer.get(), as: UTF8.self)
    return BitimClient(address: self.address, token: secret)
  }

  /// Makes a token and a client that shows it; person 0 is a partner, with whom is agreed on verification and the
  /// watch unless something is agreed already.
  ///
  /// - Parameter session: The session to which the person is invited; empty for other tokens.
  package func token(
    _ person: Int64, _ roles: [BitimV1.Role], in organisation: String, days: Int32 = 30,
    at session: String = ""
  ) async throws -> BitimClient {
    if person == 0 {
      try await self.agree(with: organisation, [.verifyNumber, .verifyBulk, .watch])
    }
    var request = BitimV1.CreateTokenRequest()
    request.personId = person
    request.organisation = organisation
    request.roles = roles
    request.name = "test"
    request.days = days
    request.session = session
    let made = try await AccessServiceClient(self.administrator).createToken(request)
    return BitimClient(address: self.address, token: made.secret)
  }

  /// A test asked for a refusal, and the last act is something else.
  private struct NoRefusal: Error {}

  /// The refusal that is the journal's last act.
  package func lastRefusal() async throws -> BitimJournalV1.ActRefused {
    var request = BitimV1.FollowActsRequest()
    request.afterSequence =
      try await AccessServiceClient(self.administrator).getJournal(.init()).size - 1
    let acts = try await BackupServiceClient(self.administrator).followActs(request).acts
    guard let act = acts.last,
      case .actRefused(let refused) = try BitimJournalV1.Act(decoding: act.record).deed
    else { throw NoRefusal() }
    return refused
  }
}

extension BitimV1.Names {
  /// A name in Latin letters alone.
  package static func latin(_ surname: String, _ given: String) -> Self {
    var names = Self()
    names.latin = .init()
    names.latin?.surname = surname
    names.latin?.given = given
    return names
  }
}

extension BitimV1.Organisation {
  /// An organisation entitled to `activities` since 2011.
  package static func with(
    code: String, kind: BitimV1.OrganisationKind, name: String, activities: [BitimV1.Activity]
  ) -> Self {
    var organisation = Self()
    organisation.code = code
    organisation.kind = kind
    organisation.name = .init()
    organisation.name?.kk = name
    organisation.name?.ru = name
    organisation.name?.en = name
    organisation.region = "Алматы қаласы"
    organisation.country = "KAZ"
    organisation.entitlements = activities.map { activity in
      var entitlement = BitimV1.Entitlement()
      entitlement.activity = activity
      entitlement.validFrom = "2011-01-01"
      entitlement.basis = "тізілім № 7"
      return entitlement
    }
    return organisation
  }
}
