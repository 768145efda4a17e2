import BitimSystem
import Testing

@testable import bitim

@Suite("Tables")
struct TableTests {
  @Test(
    "width is counted in columns of a terminal",
    arguments: [
      ("", 0), ("Өтегенова", 9), ("й", 1), ("e\u{301}", 1), ("日本", 4), ("한", 2), ("a\u{200B}b", 2),
      ("👩‍🎓", 2), ("–", 1),
    ])
  func width(text: String, columns: Int) {
    #expect(text.displayWidth == columns)
    #expect(text.padded(to: 10).displayWidth == 10)
  }

  @Test("cells that are too wide are wrapped at words, and one long name takes nothing from others")
  func fits() {
    let name = "Абдрахмановадан туған Құралай-Гүлмира Нұрмұхаммедқызы Әл-Машһур-Жүсіп"
    #expect(
      Output.tableText(
        ["Нөмірі", "Аты", "Күні"], [["P-7-93", name, "2026-02-03"], ["P-8-74", "Ұлы", "–"]],
        width: 40) == """
          Нөмірі  Аты                   Күні
          P-7-93  Абдрахмановадан       2026-02-03
                  туған
                  Құралай-Гүлмира
                  Нұрмұхаммедқызы
                  Әл-Машһур-Жүсіп
          P-8-74  Ұлы                   –

          """)
    // A word that is wider than its column is broken within, a wide letter never.
    #expect(
      Output.tableText(["A", "B"], [["日本日本日本 本", "x"]], width: 9)
        == "A       B\n日本日  x\n本日本\n本\n")
    // Without an end there is no wrapping.
    #expect(
      Output.tableText(["A", "B"], [[name, "x"]])
        == "A" + String(repeating: " ", count: name.count + 1) + "B\n\(name)  x\n")
    // Numbers and days are copied: they stay whole where names can give way.
    #expect(
      Output.tableText(
        ["Нөмірі", "Иесі", "Берілген күні", "Ұйым"],
        [["2026-000001-16", name, "2026-11-29", "№ 2 медиация орталығы, Алматы қаласы"]], width: 64
      ).split(separator: "\n")[1].hasPrefix("2026-000001-16  Абдрахмановадан"))
    let many = (1...12).map { "column\($0)" }
    for line in Output.tableText(many, [many], width: 80).split(separator: "\n") {
      #expect(String(line).displayWidth <= 80, "\(line)")
    }
  }

  @Test("where numbers, days or keys would be broken, each row stands by itself, a cell a line")
  func tall() {
    let key = "bitim.example+8f1d2c3b+AQ5kZ2f1m0y7c9Yw3pXvVh6s8tQ4uJr2nLbKeGdTiOaFz"
    let titles = ["Кілт", "Не үшін", "Бастап", "Дейін", "Ескерту"]
    #expect(
      Output.tableText(
        titles,
        [
          [key, "журнал", "2026-01-01", "2026-11-30", "бұрынғы агентте қалды, көшіру керек"],
          [key, "куәлік", "2026-12-01", "", ""],
        ], width: 80) == """
          Кілт     \(key)
          Не үшін  журнал
          Бастап   2026-01-01
          Дейін    2026-11-30
          Ескерту  бұрынғы агентте қалды, көшіру керек

          Кілт     \(key)
          Не үшін  куәлік
          Бастап   2026-12-01

          """)
    // Wide enough, they are columns.
    #expect(
      Output.tableText(["Күні", "Кілт"], [["2026-01-01", key]], width: 90)
        == "Күні        Кілт\n2026-01-01  \(key)\n")
  }

  @Test("a pipe has no width and no colours, and COLUMNS says one, from 20 to 100")
  func screen() {
    #expect(Screen.width(of: -1, [:]) == nil)
    #expect(Screen.width(of: -1, ["COLUMNS": "60"]) == 60)
    #expect(Screen.width(of: -1, ["COLUMNS": "500"]) == 100)
    #expect(Screen.width(of: -1, ["COLUMNS": "5"]) == 20)
    #expect(Terminal.columns(of: -1) == nil)
    #expect(!Screen.hasColours(-1, [:]))
  }
}
