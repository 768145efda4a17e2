extension VerifyPage {
  /// Colours of at least 7:1, targets of 44 px; under 760 px one column, the answer above the form.
  static let style = """

    *{box-sizing:border-box}
    [hidden]{display:none!important}
    body{margin:0;background:#fbfaf8;color:#111;
    font:17px/1.5 "PT Sans","Noto Sans",system-ui,sans-serif}
    header{background:#17395c;color:#fff}
    .bar,main{max-width:1080px;margin:0 auto;padding:0 20px}
    .bar{display:flex;flex-wrap:wrap;align-items:center;gap:4px 12px;min-height:68px}
    .bar b{flex:1 1 auto}
    .bar svg{width:30px;height:30px;flex:none;stroke:#fff;fill:none;stroke-width:1.6}
    nav{display:flex;flex-wrap:wrap}
    nav button{min-height:44px;min-width:44px;padding:0 12px;border:0;border-radius:3px;
    background:none;color:#fff;font:inherit;cursor:pointer}
    nav button[aria-pressed=true]{background:#fff;color:#17395c;font-weight:bold}
    h1{font-size:30px;line-height:1.2;margin:28px 0 16px}
    .grid{display:grid;grid-template-columns:340px minmax(0,1fr);gap:28px;align-items:start;
    padding-bottom:48px}
    form{border:1px solid #bbb;border-radius:6px;padding:20px}
    label{display:block;font-weight:bold;margin-bottom:4px}
    input[type=text]{width:100%;min-height:48px;border:2px solid #555;border-radius:4px;
    padding:6px 10px;background:#fff;color:#111;font:20px/1.4 "PT Mono",ui-monospace,monospace}
    input[type=file]{width:100%;min-height:44px;font:inherit;font-size:15px}
    input[aria-invalid=true]{border-color:#a3161f;border-width:3px}
    .field{margin-bottom:16px}
    .wrong{color:#a3161f;font-weight:bold;margin:6px 0 0}
    .quiet{color:#333;font-size:15px;margin:14px 0 0}
    .press{width:100%;min-height:48px;border:0;border-radius:4px;background:#17395c;color:#fff;
    font:inherit;font-weight:bold;cursor:pointer}
    .second{min-height:44px;border:2px solid #17395c;border-radius:4px;padding:8px 18px;
    background:#fff;color:#17395c;font:inherit;font-weight:bold;cursor:pointer}
    a{color:#17395c}
    a.file{display:inline-block;min-height:44px;padding:8px 0;font-weight:bold}
    :focus-visible{outline:3px solid #c07a00;outline-offset:2px}
    .verdict{display:flex;gap:18px;border:3px solid #333;border-radius:6px;padding:18px;
    background:#fff}
    .verdict svg{display:none;width:56px;height:56px;flex:none}
    .verdict h2{font-size:30px;line-height:1.15;margin:0 0 4px;overflow-wrap:anywhere}
    .verdict p{margin:6px 0 0;overflow-wrap:anywhere}
    .verdict .head{font-weight:bold}
    .valid{border-color:#12663a}.valid h2{color:#12663a}.valid svg.v{display:block}
    .notValid{border-color:#a3161f}.notValid h2{color:#a3161f}.notValid svg.n{display:block}
    .unknown{border-color:#6a5200}.unknown h2{color:#6a5200}.unknown svg.u{display:block}
    h3{font-size:17px;margin:24px 0 8px}
    .rows{border:1px solid #bbb;border-radius:6px;background:#fff;margin:0;padding:0;
    list-style:none}
    .rows label{display:grid;grid-template-columns:190px minmax(0,1fr) 44px;gap:0 12px;
    align-items:center;min-height:44px;padding:6px 10px 6px 16px;margin:0;font-weight:normal;
    cursor:pointer}
    .rows li+li{border-top:1px solid #ddd}
    .rows .key{color:#333;font-size:15px}
    .rows .value{overflow-wrap:anywhere}
    .rows .value>span{display:block}
    .rows .mono{font-family:"PT Mono",ui-monospace,monospace}
    .rows .strong{font-weight:bold}
    .rows input{width:24px;height:24px;margin:0;justify-self:center}
    .rows+button{margin-top:16px}
    @media (max-width:759px){
    h1{font-size:24px;margin:20px 0 12px}
    .grid{grid-template-columns:minmax(0,1fr);gap:20px}
    .answer{order:-1}
    .bar{padding:10px 20px 6px}
    nav{flex-basis:100%}
    nav .long{display:none}
    .verdict h2{font-size:26px}
    .verdict svg{width:44px;height:44px}
    .rows label{grid-template-columns:minmax(0,1fr) 44px}
    .rows .key,.rows .value{grid-column:1}
    .rows input{grid-column:2;grid-row:1/span 2}
    }
    @media (min-width:760px){nav .short{display:none}}
    @media print{
    form,nav,.second,a.file{display:none}
    .grid{display:block}
    header{background:#fff;color:#111}
    .bar svg{stroke:#111}
    .verdict{break-inside:avoid}
    .rows li{break-inside:avoid}
    }

    """

  /// The horn of the ornament and its mirror, turned four times.
  private static let rosette: String = {
    let horn =
      "M0 0V-6.2A2.3 2.3 0 0 1 4.6 -6.2A1.5 1.5 0 0 1 1.6 -6.2A.8 .8 0 0 1 3.2 -6.2"
      + "M0 0V-6.2A2.3 2.3 0 0 0 -4.6 -6.2A1.5 1.5 0 0 0 -1.6 -6.2A.8 .8 0 0 0 -3.2 -6.2"
    return [0, 90, 180, 270].map { "<path d=\"\(horn)\" transform=\"rotate(\($0))\"/>" }.joined()
  }()

  private static let noScript = [
    "Бұл бет JavaScript-пен ғана тексереді. Оны қосыңыз немесе Мектептен сұраңыз.",
    "Эта страница проверяет только с JavaScript. Включите его или спросите Школу.",
    "This page verifies with JavaScript alone. Switch it on, or ask the School.",
  ].joined(separator: "<br>")

  static let body = """
    <body>
    <header><div class="bar">
    <svg viewBox="-10 -10 20 20" aria-hidden="true">\(Self.rosette)</svg>
    <b id="school"></b>
    <nav id="tongues"></nav>
    </div></header>
    <main>
    <h1 data-word="title"></h1>
    <noscript><p>\(Self.noScript)</p></noscript>
    <div class="grid">
    <form id="form" autocomplete="off" novalidate>
    <div class="field"><label for="number" data-word="numberLabel"></label>
    <input type="text" id="number" spellcheck="false" autocapitalize="characters" \
    aria-describedby="number-wrong">
    <p class="wrong" id="number-wrong" role="alert" hidden></p></div>
    <div class="field"><label for="code" data-word="codeLabel"></label>
    <input type="text" id="code" spellcheck="false" autocapitalize="characters" \
    aria-describedby="code-wrong">
    <p class="wrong" id="code-wrong" role="alert" hidden></p></div>
    <div class="field"><label for="paper" data-word="paperLabel"></label>
    <input type="file" id="paper" accept="application/pdf,image/*" aria-describedby="paper-wrong">
    <p class="wrong" id="paper-wrong" role="alert" hidden></p></div>
    <button class="press" data-word="verify"></button>
    <p class="quiet" data-word="hint"></p>
    <p class="quiet" id="quiet"></p>
    </form>
    <div class="answer" id="answer">
    <div role="status" id="status"></div>
    <div id="lines"></div>
    </div>
    </div>
    </main>
    <template id="signs">
    <svg class="v" viewBox="0 0 56 56" aria-hidden="true"><circle cx="28" cy="28" r="27" \
    fill="#12663a"/><path d="M15 29l9 9 17-19" fill="none" stroke="#fff" stroke-width="5"/></svg>
    <svg class="n" viewBox="0 0 56 56" aria-hidden="true"><path d="M17 1h22l16 16v22L39 55H17L1 \
    39V17z" fill="#a3161f"/><path d="M18 18l20 20M38 18L18 38" stroke="#fff" stroke-width="5"/></svg>
    <svg class="u" viewBox="0 0 56 56" aria-hidden="true"><path d="M28 2l26 26-26 26L2 28z" \
    fill="none" stroke="#6a5200" stroke-width="4"/><path d="M21 23c0-9 14-9 14 0 0 6-7 5-7 11" \
    fill="none" stroke="#6a5200" stroke-width="4"/><circle cx="28" cy="40" r="2.6" \
    fill="#6a5200"/></svg>
    </template>
    """
}
