import BitimTestSupport
import Testing

@testable import bitim_generate

@Suite("Lists of the API")
struct ListTests {
  /// Lists of answers that have neither pages nor a stream, by call and field, and why they need none.
  static let whole: [String: String] = [
    "ExplainEligibility.rules": "the rules of one certificate",
    "FindPeople.people":
      "a look-up by name, not a list: it answers the first, as many as are asked for",
    "FindPeople.similar": "ten at most",
    "FollowActs.acts": "portions by the journal's own numbers: the next begins behind the last",
    "FollowActs.answers": "portions, each behind the last",
    "FollowActs.reads": "portions by the reads' own numbers: the next begins behind the last",
    "GetCase.findings": "of one application",
    "GetCase.found.application.checks": "of one application: three",
    "GetCase.found.contested": "of one case",
    "GetCase.found.papers": "of one case",
    "GetCase.found.steps": "of one case",
    "GetCase.found.appointed": "of one case",
    "GetEntry.entry.marks": "of one entry",
    "GetCohort.sessions": "of one cohort",
    "GetCohort.staffing.may_decide": "the School's few",
    "GetCohort.staffing.may_sit": "the School's few",
    "GetCohort.trainees": "of one cohort, which its edition's group bounds",
    "GetCohort.waiting": "of one cohort",
    "GetCohort.trainers": "of one cohort",
    "GetPerson.enrolments": "of one person",
    "GetPerson.person.bars": "of one person",
    "GetPerson.person.ended_identifiers": "of one person",
    "GetPerson.person.former_names": "of one person",
    "GetPerson.person.identifiers": "of one person",
    "GetSession.candidates": "of one session: its cohort's trainees, and who sits a retake",
    "GetSession.components": "of one edition: three at most",
    "GetSession.interests": "of one commission, in candidates of one session",
    "GetSession.members": "of one commission",
    "GetSession.reviewers": "of one commission",
    "GetSession.session.commission": "of one commission",
    "GetSession.undeclared": "of one commission",
    "GetYearReport.cases": "of one year: a row a kind",
    "GetYearReport.examiners": "of one year: the School's few, by programme",
    "GetYearReport.rows":
      "of one year: four programmes, and as many organisations as have a figure",
    "ListAccess.grants": "the staff's, 500 at most; asked for one person it is all of them",
    "ListAccess.tokens": "the staff's, 500 at most; asked for one person it is all of them",
    "ListClasses.people": "who attended the classes of one page, each once",
    "ListKeys.keys": "the School's few, one for years",
    "ListProgrammes.programmes": "three, with their editions",
    "ListProgrammes.seminars": "each by two persons, some dozens in a year",
    "ListProgrammes.specialisations": "as many as the School has defined, some dozens in its life",
    "ListSettings.settings": "as many as the program has, with their few changes",
    "PreviewIssue.lines": "of one cohort: what is approved is approved as a whole",
  ]

  /// Every list that an answer of a call has, beside or within what it answers one of.
  private static func lists(_ message: String, in schema: Schema, below path: String) throws
    -> [String]
  {
    guard message.hasPrefix("bitim.v1.") else { return [] }
    return try #require(schema.messages[message]).fields.flatMap { field -> [String] in
      guard case .named(let type) = field.type, schema.kinds[type] == .message else { return [] }
      let name = "\(path).\(field.name)"
      return field.label == .repeated ? [name] : try Self.lists(type, in: schema, below: name)
    }
  }

  @Test("every list that is read comes in pages or as a stream, but for those that say why")
  func paged() throws {
    let files = try SchemaFiles.read(below: Repository.root)
      .filter { $0.key.hasSuffix(".proto") && $0.key != Schema.descriptorPath }
      .map { try Parser.file(path: $0.key, source: $0.value) }
    let schema = try Schema(linking: files)
    var (whole, paged): (Set<String>, Set<String>) = ([], [])
    for call in schema.files.filter({ $0.package == "bitim.v1" }).flatMap(\.services).flatMap(
      \.calls)
    where !call.serverStreams && call.isRead {
      func has(_ field: String, _ message: String) -> Bool {
        schema.messages[message]?.fields.contains { $0.name == field } ?? false
      }
      let lists = try Self.lists(call.output, in: schema, below: call.name)
      if has("page_token", call.input), has("next_page_token", call.output) {
        // A page is of one list, and nothing beside it grows.
        paged.insert(call.name)
        whole.formUnion(lists.dropFirst())
      } else {
        whole.formUnion(lists)
      }
    }
    #expect(
      paged == [
        "GetHistory", "ListActs", "ListAgreements", "ListCases", "ListCertificates", "ListClasses",
        "ListCohorts",
        "ListDoubles",
        "ListDue", "ListEntries", "ListLearning", "ListNotices",
        "ListOrganisations", "ListPractice",
        "ListProposals", "ListReads",
      ])
    #expect(whole == Set(Self.whole.keys))
  }
}

extension SchemaService.Call {
  /// Whether it only asks.
  fileprivate var isRead: Bool {
    self.options.contains { $0.value == "KIND_READ" }
  }
}
