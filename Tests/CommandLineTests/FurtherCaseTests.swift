import BitimTestSupport
import Foundation
import Testing

/// Lists of the kinds of `Tests/Support/Cases`, with other contents.
@Suite("Lists as other offices have them")
struct FurtherCaseTests {
  private func office() async throws -> Office {
    let office = try await Office(on: "2026-11-29")
    try office.cohort("X-01", from: "2026-10-05", until: "2026-11-20")
    return office
  }

  private func file(_ office: Office, _ name: String, _ text: String) throws -> String {
    let path = office.school.folder.appendingPathComponent(name).path
    try Data(text.utf8).write(to: URL(fileURLWithPath: path))
    return path
  }

  private func enrol(
    _ office: Office, _ path: String, _ words: [String] = [], in language: String = "en"
  ) throws -> (status: Int32, output: String, errors: String) {
    try office.bitim(
      "registrar", ["enrol", path, "--date", "2026-10-05"] + words, in: language)
  }

  private static let titles =
    "cohort,surname_kk,given_kk,patronymic_kk,surname_latin,given_latin,birth_date,iin,education\n"

  @Test("what is no list is refused with what it is and the way out, in three languages")
  func noLists() async throws {
    let office = try await self.office()
    let pdf = try self.file(office, "тізім.csv", "%PDF-1.7\n")
    let folder = office.school.folder.path
    let none = "\(folder)/жоқ.csv"
    for (language, words) in [
      (
        "kk",
        [
          "бұл тізім емес, .pdf файлы; жасаған бағдарламасымен ашып, тізімді «CSV UTF-8» етіп сақтаңыз",
          "бұл қалта; ішіндегі файлды атаңыз", "мұндай файл жоқ; аты мен қалтасын тексеріңіз",
        ]
      ),
      (
        "ru",
        [
          "это не список, а .pdf; откройте файл той программой, которая его создала, "
            + "и сохраните список как «CSV UTF-8»",
          "это папка; назовите файл в ней", "такого файла нет; проверьте имя и папку",
        ]
      ),
      (
        "en",
        [
          "is no list, but .pdf; open it with the program that made it "
            + "and save the list as \"CSV UTF-8\"",
          "is a folder; name a file in it",
          "there is no such file; look at its name and its folder",
        ]
      ),
    ] {
      for (path, said) in zip([pdf, folder, none], words) {
        let refused = try self.enrol(office, path, in: language)
        #expect(refused.status == 2)
        #expect(refused.output == "")
        #expect(refused.errors == "bitim: \(path): \(said)\n")
      }
    }
  }

  @Test("no mapping is guessed for rows that are one cell each")
  func guessedOfOneCell() async throws {
    let office = try await self.office()
    let list = try self.file(
      office, "list.csv", Self.titles.replacing(",", with: "|") + "X-01|Омаров|Ерлан\n")
    let said = try self.enrol(office, list, ["--guess"])
    #expect(said.status == 2)
    #expect(
      said.errors == "bitim: \(list): all of row 1 is one cell, "
        + "\"cohort|surname_kk|given_kk|patronymic_kk…\"; save it with a cell for each value, "
        + "or say separator = ; in a mapping\n")
    let mapping = list.replacing(".csv", with: ".mapping")
    #expect(!FileManager.default.fileExists(atPath: mapping))
  }

  @Test("rejected rows that are rejected once more have what is wrong beside them once")
  func rejectedTwice() async throws {
    let office = try await self.office()
    let list = try self.file(
      office, "first.csv",
      Self.titles + "X-01,ОМАРОВ,Ерлан,,Omarov,Yerlan,1976-06-24,760624327071,higher\n"
        + "X-01,Омарова,Айгүл,,Omarova,Aigul,1977-07-27,123,higher\n")
    let (second, third) = (list + ".2.csv", list + ".3.csv")
    let first = try self.enrol(office, list, ["--good-rows", "--rejects", second])
    #expect(first.status == 1)
    let again = try self.enrol(
      office, second, ["--accept", "capitals", "--good-rows", "--rejects", third])
    #expect(
      again.errors.hasSuffix("recorded: 1 new; 0 equal; not recorded: 0 different, 1 wrong\n"),
      "\(again.errors)")
    #expect(
      try String(contentsOfFile: third, encoding: .utf8)
        == Self.titles.replacing("\n", with: ",line,column,rule,remedy\r\n")
        + "X-01,Омарова,Айгүл,,Omarova,Aigul,1977-07-27,123,higher,3,iin,"
        + "an IIN has twelve digits,copy it from the document\r\n")
  }

  @Test(
    "classes: who was absent in any list of names, nobody, hours that are none, times of a sheet")
  func hours() async throws {
    let office = try await self.office()
    let list = try self.file(
      office, "list.csv",
      Self.titles + "X-01,Омаров,Ерлан,,Omarov,Yerlan,1976-06-24,760624327071,higher\n"
        + "X-01,Сейітова,Айгүл,,Seiitova,Aigul,1977-07-27,770727427149,higher\n"
        + "X-01,Қапанов,Серік,,Kapanov,Serik,1978-08-02,780802327210,higher\n")
    #expect(try self.enrol(office, list).status == 0)
    let hours = try self.file(
      office, "hours.csv",
      """
      cohort,date,start,theory,practice,trainer,absent
      X-01,06.10.2026,09:00:00,2,,Omarov Nurlan,Сейітова; Қапанов
      X-01,07.10.2026,09.00,2,,Omarov Nurlan,"Сейітова
      Қапанов"
      X-01,08.10.2026,09:00,4 ч,,Omarov Nurlan,жоқ
      X-01,09.10.2026,09:00,2,,Omаrov Nurlan,

      """)
    let said = try office.bitim("registrar", ["hours", hours, "--dry-run"])
    #expect(
      said.output == """
        Row (line of the file)  Column   Value          What is wrong, and what to do
        4 (5)                   theory   4 ч            not hours; write 4 or 1.25
        4 (5)                   absent   жоқ            says nobody; if all were there,
                                                        leave it empty
        5 (6)                   trainer  Omаrov Nurlan  “а” at place 3 is of another
                                                        alphabet; type the name again;
                                                        proposed: Omarov Nurlan
                                                        (--accept look-alikes)

        """)
    #expect(said.errors == "checked, nothing recorded: 2 new, 0 equal, 0 different, 2 wrong\n")
  }

  @Test("a candidate who is told by IIN alone is found wrong under the file's own title")
  func byIIN() async throws {
    let office = try await self.office()
    let list = try self.file(
      office, "list.csv",
      Self.titles + "X-01,Омаров,Ерлан,,Omarov,Yerlan,1976-06-24,760624327071,higher\n")
    #expect(try self.enrol(office, list).status == 0)
    try office.session("S-014", of: "X-01", on: "2026-11-20")
    let results = try self.file(
      office, "results.csv", "ЖСН;Тест;Рөлдік ойын;Әңгімелесу\n760624327071;80;75;90\n")
    let said = try office.bitim("examiner", ["attest", "S-014", results, "--dry-run"])
    #expect(
      said.output == """
        Row  Column  Value         What is wrong, and what to do
        2    ЖСН     760624327071  hours are short (theory): 0 of 36

        """)
  }

  @Test("a cohort that is there in another language is shown by the language's word (R-018)")
  func cohortLanguage() async throws {
    let office = try await self.office()
    let list = try self.file(
      office, "cohorts.csv",
      """
      code,programme,organisation,language,form,from,until,place
      X-01,1,ALA-01,ru,in_person,2026-10-05,2026-11-20,Алматы

      """)
    let said = try office.bitim("registrar", ["cohort", "open", list])
    #expect(said.status == 1)
    #expect(
      said.output == """
        Row  Column    Value  What is wrong, and what to do
        2    language  ru     the registry says otherwise: kk; nothing was changed

        """)
  }
}
