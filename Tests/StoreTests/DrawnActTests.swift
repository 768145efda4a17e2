import BitimDomain
import BitimTestSupport
import Testing

@testable import BitimStore

@Suite("Acts as a seed draws them (R-902)")
struct DrawnActTests {
  @Test("a place is SHA-256 over the seed, a colon and the number, as sha256sum has it")
  func order() {
    // for n in $(seq 12); do echo "$(printf %s "қараша:$n" | sha256sum | cut -c1-16) $n"; done | sort
    let acts: [Int64] = [11, 9, 1, 6, 5, 8, 3, 10, 7, 4, 2, 12]
    #expect((1...12).map { DrawnAct($0, by: "қараша") }.sorted().map(\.number) == acts)
  }

  @Test("a page ends where enough was looked at, and each act is met once")
  func cut() async throws {
    let school = try TestSchool()
    defer { school.close() }
    for number in 1...40 {
      _ = try await school.person("Omarov", "T" + String(repeating: "a", count: number))
    }
    let state = Snapshot(database: try Database(path: school.database, for: .reading))
    func pages(_ filter: ActFilter, limit: Int) throws -> [[Int64]] {
      var last: Int64?
      var pages: [[Int64]] = []
      repeat {
        let page = try state.acts(filter, drawnBy: "қараша", behind: last, limit: limit, most: 7) {
          _ in CivilDate(dayNumber: 0)
        }
        pages.append(page.acts.map(\.sequence))
        last = page.next
      } while last != nil
      return pages
    }
    // 40 people behind the School, its administrator with role and token: 44 acts, seven a page.
    var filter = ActFilter()
    filter.kind = "organisations_registered"
    let founding = try pages(filter, limit: 5)
    #expect(founding.count == 7)
    #expect(founding.flatMap(\.self) == [1])
    // Four a page are eleven pages, and the last one knows that it is.
    let all = try pages(ActFilter(), limit: 4)
    #expect(all.map(\.count) == Array(repeating: 4, count: 11))
    #expect(all.flatMap(\.self).sorted() == Array(1...44))
  }
}
