import BitimDomain
import BitimProtocol

// Figures of years, as records hold them.

extension BitimJournalV1.ReportFiled {
  init(_ deed: ReportFiled) {
    self.init()
    self.year = Int32(deed.year)
    self.asOf = deed.asOf.iso
    self.size = deed.size
    self.definitions = Int32(deed.definitions)
    self.rows = deed.rows.map { row in
      var message = BitimJournalV1.ReportFiled.Row()
      message.programme = Int32(row.place.programme)
      message.organisationId = row.place.organisationID
      message.values = Figure.allCases.compactMap { figure in
        row.figures[figure].map { number in
          var value = BitimJournalV1.ReportFiled.Value()
          value.figure = figure.rawValue
          value.value = Int64(number)
          return value
        }
      }
      return message
    }
  }
}

extension ReportFiled {
  init(_ message: BitimJournalV1.ReportFiled) throws {
    self.init(
      year: Int(message.year), asOf: try Record.day(message.asOf), size: message.size,
      definitions: Int(message.definitions),
      rows: try message.rows.map { row in
        var figures: [Figure: Int] = [:]
        for value in row.values {
          guard let figure = Figure(rawValue: value.figure) else {
            throw StoreFailure.corrupt("report_filed: a figure is not known")
          }
          figures[figure] = Int(value.value)
        }
        return YearReport.Row(
          .init(programme: Int(row.programme), organisationID: row.organisationId), figures)
      })
  }
}
