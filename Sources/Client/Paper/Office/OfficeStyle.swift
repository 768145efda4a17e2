import BitimCrypto
import BitimProtocol

/// How pages of the office look, on paper and on a screen.
enum OfficeStyle {
  /// The browser shows this style, runs nothing and asks for nothing.
  static func policy(_ style: String) -> String {
    let digest = Base64.text(SHA256.digest(Array(style.utf8)))
    return "default-src 'none'; style-src 'sha256-\(digest)'; base-uri 'none'; form-action 'none'"
  }

  /// Heads of tables come again on each sheet, and no row is cut in two; sheets are counted at the foot. Faces are
  /// the reader's own: each of those named has the Kazakh letters, and nothing is in italics, where some have not.
  static func text(_ way: OfficePage.Way) -> String {
    let width = way == .portrait ? 175 : 262
    return """

      @page{size:A4 \(way.rawValue);margin:15mm 15mm 17mm 20mm;\
      @bottom-right{content:counter(page) " / " counter(pages);font:8pt sans-serif;color:#333}}
      *{box-sizing:border-box}
      body{margin:0;background:#fff;color:#111;font:10pt/1.3 "PT Sans","Noto Sans","DejaVu Sans",sans-serif}
      main{max-width:\(width)mm;margin:0 auto;padding:0 .3mm}
      h1{font-size:15pt;line-height:1.2;margin:0 0 3mm;overflow-wrap:anywhere}
      p{margin:0}
      .warning{border:.5mm solid #111;padding:1.5mm 2.5mm;margin:0 0 3mm;font-weight:bold}
      dl{margin:0 0 4mm;display:grid;grid-template-columns:1fr 1fr;gap:1mm 6mm}
      dl div{display:flex;gap:2mm}
      dt{color:#333;flex:none;max-width:45%}
      dt::after{content:":"}
      dd{margin:0;overflow-wrap:anywhere;min-width:0}
      table{width:100%;border-collapse:collapse;margin:0 0 4mm}
      caption{text-align:left;font-weight:bold;padding:0 0 1.5mm}
      thead{display:table-header-group}
      tr{break-inside:avoid}
      th,td{border:.2mm solid #555;padding:1mm 1.5mm;text-align:left;vertical-align:top}
      th{font-size:8.5pt;line-height:1.2;background:#eee;vertical-align:bottom;\
      -webkit-print-color-adjust:exact;print-color-adjust:exact}
      small{display:block;font-size:8pt;line-height:1.25;color:#333;font-weight:normal}
      th small{white-space:nowrap}
      td.text,td small{overflow-wrap:anywhere}
      td.words{overflow-wrap:break-word}
      .count{text-align:right;width:1%}
      td.count{white-space:nowrap}
      .word{width:1%}
      td.word{white-space:nowrap}
      th.blank{width:24mm}
      th.sign{width:42mm}
      td.blank,td.sign{height:10mm}
      td b{font-weight:bold}
      .sum{margin:0 0 1.5mm}
      section{break-inside:avoid;margin:5mm 0 0}
      section div{display:grid;grid-template-columns:42mm 50mm 1fr;gap:0 4mm;margin:0 0 4mm;break-inside:avoid}
      .line{border-bottom:.25mm solid #111;height:6mm;position:relative}
      .line small{position:absolute;top:6.3mm;left:0;right:0;text-align:center}
      .seat,.name{padding-top:1.6mm;overflow-wrap:anywhere;min-width:0}
      footer{break-before:avoid;margin:7mm 0 0;font-size:8pt;color:#333;overflow-wrap:anywhere}
      @media screen{main{padding:8mm}}
      @media screen and (max-width:640px){main{padding:4mm;overflow-x:auto}dl{grid-template-columns:1fr}th.text{min-width:45mm}\
      section div{grid-template-columns:1fr}.line{margin:0 0 5mm}}

      """
  }
}
