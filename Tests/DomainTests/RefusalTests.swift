@testable import BitimDomain
import Testing

@Suite("A refusal")
struct RefusalTests {
  @Test("is told with more words for the caller, and what it says already stays")
  func told() {
    let refusal = Refusal(
      .examinerTaught, column: "member", value: "P-2-92", ["examiner": "P-2-92"])
    #expect(
      refusal.told(with: ["name": "Әлихан Айдарбеков", "examiner": "P-3-40"])
        == Refusal(
          .examinerTaught, column: "member", value: "P-2-92",
          ["examiner": "P-2-92", "name": "Әлихан Айдарбеков"]))
  }

  @Test("of what is found before any rule bears the finding's reason")
  func finding() {
    #expect(
      Refusal(finding: .tooManyRows, column: "rows", value: "501", ["limit": "500"])
        == Refusal(.tooManyRows, column: "rows", value: "501", ["limit": "500"]))
  }
}
