"""Opens verify.html in Chromium, over HTTP and from the disk: publish.py FOLDER VALID SUSPENDED REVOKED PDF, the three
as NUMBER,CODE, and the paper of the valid one. With SHOTS in the environment, pictures are left there."""
import base64, copy, datetime, hashlib, html, http.server, json, os, re, shutil, subprocess, sys, threading, zoneinfo

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

import status as lists

folder = sys.argv[1]
valid, suspended, revoked = (tuple(word.split(",")) for word in sys.argv[2:5])
# The School's: it begins five hours before that of UTC.
today = datetime.datetime.now(zoneinfo.ZoneInfo("Asia/Almaty")).date()


def chromium(url, *words):
    """What Chromium has made of a page."""
    command = ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--accept-lang=en",
               "--user-data-dir=" + os.path.abspath("chromium"), "--virtual-time-budget=20000",
               "--host-resolver-rules=MAP school.example 127.0.0.1"]
    run = subprocess.run(command + list(words) + [url], capture_output=True, text=True, timeout=120)
    return run.stdout


def status(url):
    """What the page says on its own, in lines."""
    dom = chromium(url, "--dump-dom")
    found = re.search(r'<div role="status" id="status">(.*?)</div><div id="lines">|'
                      r'<div role="status" id="status">(.*?)<div id="lines">', dom, re.S)
    text = re.sub(r"</(h2|p|a)>", "\n", next(part for part in found.groups() if part is not None))
    links = re.findall(r'<a class="file" href="([^"]*)"', text)
    return [line.strip() for line in html.unescape(re.sub(r"<[^>]*>", "", text)).split("\n") if line.strip()], links


def shown(told, *parts):
    """Each part stands in what is told."""
    text = "\n".join(told)
    for part in parts:
        assert part in text, f"{part!r} is not told:\n{text}"


def ok(text):
    print("ok   " + text)


# A copy of the page with other data: as of another day, another list; without what was signed, unless it is among them.
def variant(path, **changes):
    changes = {"places": None, "status": None} | changes
    text = open(os.path.join(folder, "verify.html"), encoding="utf-8").read()
    head, rest = text.split('<script type="application/json" id="data">', 1)
    data, tail = rest.split("</script>", 1)
    data = json.loads(data) | changes
    with open(path, "w", encoding="utf-8") as file:
        file.write(head + '<script type="application/json" id="data">' + json.dumps(data) + "</script>" + tail)
    return data


def digest(paper):
    return hashlib.sha256(f"{paper[0]}:{paper[1]}".encode()).digest()


def ago(days):
    return (datetime.datetime.now(datetime.timezone.utc) - datetime.timedelta(days=days)).strftime("%Y-%m-%dT%H:%M:%SZ")


def link(paper, page="verify.html"):
    return f"{page}#{paper[0]}.{paper[1]}"


# A number that was never given out, and fits: check digits by ISO 7064 MOD 97-10.
def number(serial, year=2026):
    value = year * 1000000 + serial
    return f"{year}-{serial:06d}-{98 - value % 97 * 100 % 97:02d}"


unknown = (number(999999), "7KQ2-M9XD-4TRA-0ZHC")

# The PDF of the valid one, something else, and a picture: of a code that a browser finds, and of one that reads none.
scanned = f"https://mediators.example/verify#{valid[0]}.{valid[1]}"
files = {
    "its PDF": [base64.b64encode(open(sys.argv[5], "rb").read()).decode(), "application/pdf", None],
    "no paper": [base64.b64encode(b"%PDF-1.7 of something else").decode(), "application/pdf", None],
    "a picture": ["", "image/png", scanned], "unscanned": ["", "image/png", None],
}

# 1. Over HTTP, by a hand that types: a page around the page, of the same origin.
steps = [
    ["valid", *valid], ["suspended", *suspended], ["revoked", *revoked],
    ["wrong code", valid[0], suspended[1]], ["unknown", *unknown],
    ["mistyped", valid[0][:-1] + str((int(valid[0][-1]) + 1) % 10), valid[1]],
    ["short code", valid[0], valid[1][:-1]],
    ["pasted", f"https://mediators.example/verify#{valid[0]}.{valid[1]}", ""],
    ["as typed", valid[0].replace("-", " ").replace("0", "О"), valid[1].replace("-", "").lower()],
    *([name, "", "", *file] for name, file in files.items()),
]
driver = """<!DOCTYPE html><meta charset="utf-8"><pre id="out"></pre><script>
(async () => {
const steps = %s, out = [];
const wait = test => new Promise(done => { const look = () => test() ? done() : setTimeout(look, 20); look(); });
for (const width of [390, 1280]) {
  const frame = document.createElement("iframe");
  frame.width = width; frame.height = 900; frame.src = "verify.html";
  document.body.append(frame);
  await new Promise(done => frame.onload = done);
  const page = frame.contentDocument, get = id => page.getElementById(id);
  for (const tongue of ["kk", "ru", "en", "es", "bg"]) {
    for (const button of get("tongues").children) if (button.lang === tongue) button.click();
    for (const [name, number, code, octets, type, scanned] of steps) {
      get("number").value = number; get("code").value = code;
      if (type) {
        const blob = octets ? new Blob([Uint8Array.from(atob(octets), c => c.charCodeAt(0))])
          : await new Promise(done => Object.assign(document.createElement("canvas"), { width: 9, height: 9 }).toBlob(done));
        const held = new frame.contentWindow.DataTransfer();
        held.items.add(new frame.contentWindow.File([blob], "paper", { type }));
        frame.contentWindow.BarcodeDetector = scanned
          && class { async detect() { return [{ rawValue: scanned }]; } };
        get("paper").files = held.files;
        get("paper").dispatchEvent(new Event("change"));
      } else page.querySelector("form .press").click();
      await wait(() => get("status").querySelector("h2")
        || ["number", "code", "paper"].some(id => !get(id + "-wrong").hidden));
      const box = id => get(id).getBoundingClientRect();
      const targets = [...page.querySelectorAll("button,.rows label,form input")].filter(t => t.getClientRects().length);
      out.push({ width, tongue, name, lang: page.documentElement.lang, title: page.title,
        verdict: (get("status").querySelector("h2") || {}).textContent || "",
        kind: (get("status").querySelector(".verdict") || {}).className || "",
        told: [...get("status").querySelectorAll("p")].map(p => p.textContent),
        wrong: [get("number-wrong").textContent, get("code-wrong").textContent],
        paper: get("paper-wrong").textContent,
        number: get("number").value, code: get("code").value,
        focus: (page.activeElement || {}).id || "",
        rows: [...page.querySelectorAll(".rows li")].map(li => [...li.querySelectorAll("span span")].map(s => s.textContent)),
        keys: [...page.querySelectorAll(".rows .key")].map(s => s.textContent),
        wide: page.documentElement.scrollWidth, low: Math.min(...targets.map(t => t.getBoundingClientRect().height)),
        above: box("answer").top < box("form").top, beside: box("answer").left > box("form").right });
      for (const part of page.querySelectorAll("*"))
        if (/\\{\\w\\}|undefined/.test(part.textContent) && !part.children.length && part.tagName !== "SCRIPT")
          throw new Error(part.textContent);
    }
  }
  frame.remove();
}
document.getElementById("out").textContent = JSON.stringify(out);
})().catch(error => { document.getElementById("out").textContent = "failed: " + error; });
</script>""" % json.dumps(steps)
with open(os.path.join(folder, "drive.html"), "w", encoding="utf-8") as file:
    file.write(driver)

asked = []


class Handler(http.server.SimpleHTTPRequestHandler):
    def __init__(self, *words, **more):
        super().__init__(*words, directory=folder, **more)

    def log_message(self, *words):
        asked.append(self.path)


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
threading.Thread(target=server.serve_forever, daemon=True).start()
origin = f"http://127.0.0.1:{server.server_address[1]}/"
# Files are read in true time, while the page's own clock runs ahead.
dom = chromium(origin + "drive.html", "--dump-dom", "--virtual-time-budget=2000000")
out = html.unescape(re.search(r'<pre id="out">(.*?)</pre>', dom, re.S).group(1))
assert out.startswith("["), out or dom
found = json.loads(out)
assert len(found) == 2 * 5 * len(steps), len(found)
words = {
    "kk": ("ЖАРАМДЫ", "ЖАРАМСЫЗ", "БЕЛГІСІЗ"), "ru": ("ДЕЙСТВИТЕЛЕН", "НЕДЕЙСТВИТЕЛЕН", "НЕИЗВЕСТЕН"),
    "en": ("VALID", "NOT VALID", "UNKNOWN"), "es": ("VÁLIDO", "NO VÁLIDO", "DESCONOCIDO"),
    "bg": ("ВАЛИДЕН", "НЕВАЛИДЕН", "НЕИЗВЕСТЕН"),
}
kinds = {"valid": 0, "pasted": 0, "as typed": 0, "its PDF": 0, "a picture": 0, "suspended": 1, "revoked": 1, "wrong code": 2, "unknown": 2}
for one in found:
    where = f"{one['width']} {one['tongue']} {one['name']}: {one}"
    assert one["lang"] == one["tongue"], where
    assert one["wide"] <= one["width"], where
    assert one["low"] >= 43.9, where
    if one["name"] in kinds:
        kind = kinds[one["name"]]
        assert one["verdict"] == words[one["tongue"]][kind], where
        assert one["kind"] == "verdict " + ["valid", "notValid", "unknown"][kind], where
        assert one["wrong"] == ["", ""], where
        assert one["told"], where
        assert bool(one["rows"]) == (kind < 2), where
        # The answer stands above the form where there is one column, else beside it.
        assert one["above" if one["width"] == 390 else "beside"], where
        if kind: assert "verify@mediators.example" in "\n".join(one["told"]), where
        assert origin[7:-1] in "\n".join(one["told"]), where
    elif one["name"] in ("no paper", "unscanned"):
        assert one["verdict"] == "" and one["paper"] and one["wrong"] == ["", ""], where
    elif one["name"] == "mistyped":
        assert one["verdict"] == "" and one["wrong"][0] and not one["wrong"][1] and one["focus"] == "number", where
    else:
        assert one["verdict"] == "" and one["wrong"][1] and not one["wrong"][0] and one["focus"] == "code", where
    assert one["name"] in ("no paper", "unscanned") or not one["paper"], where
    if one["name"] in ("pasted", "as typed", "its PDF", "a picture"):
        assert (one["number"], one["code"]) == valid, where
english = {one["name"]: one for one in found if one["tongue"] == "en" and one["width"] == 1280}
key = json.load(open(os.path.join(folder, "status", "2026-revocation.json"), encoding="ascii"))["issuer"] \
    if valid[0].startswith("2026") else None
for name in ("valid", "suspended", "revoked"):
    shown(english[name]["told"], "How it stands is signed by the key " + (key or "did:key:z6Mk"))
shown([english["no paper"]["paper"]], "There is no number and code in the file")
shown([english["unscanned"]["paper"]], "This browser reads no QR code from a picture")
shown(english["valid"]["told"], "less than a day old", "UTC")
shown(english["unknown"]["told"], "Not signed")
shown(english["suspended"]["told"], f"suspended until {today + datetime.timedelta(days=89)}", "It has no effect now")
assert "investigation" not in json.dumps(english["suspended"]), "a ground is told"
shown(english["revoked"]["told"], f"revoked since {today}: by a decision", "Do not rely on this paper")
assert english["wrong code"]["told"] == english["unknown"]["told"], "a wrong code is told from an unknown number"
shown(english["unknown"]["told"], "There is no certificate with this number and code",
      "Unknown does not mean not valid.", "Copy both from the paper again", "An old paper")
rows = dict(zip(english["valid"]["keys"], english["valid"]["rows"]))
assert rows["Number"] == [valid[0]] and len(rows) >= 15, rows
assert rows["Hours (theory + practice)"] and "Duplicate" not in rows, rows
assert dict(zip(english["suspended"]["keys"], english["suspended"]["rows"]))["Duplicate"] == [f"No. 1, made on {today}"]
answer = json.load(open(os.path.join(folder, "answers", digest(valid).hex() + ".json"), encoding="utf-8"))
holder = answer["answer"]["sheet"]["holder"]["kk"]
assert " ".join([holder["surname"], holder["given"]]) in rows["Holder"][0], rows["Holder"]
assert not any(part in path for path in asked for part in (valid[0], valid[1])), asked
assert all(re.fullmatch(r"/(drive\.html|verify\.html|favicon\.ico|answers/[0-9a-f]{64}\.json)", path)
           for path in asked), asked
ok("over HTTP at 390 and 1280 pixels, in five languages: valid, suspended, revoked, unknown, mistyped, as it is typed,"
   " the paper's PDF, a picture of its code")
os.remove(os.path.join(folder, "drive.html"))

# 2. The link of a QR code, over HTTP and from the disk.
told, links = status(origin + link(valid))
shown(told, "VALID", "127.0.0.1")
disk = "file://" + os.path.abspath(folder) + "/"
told, links = status(disk + link(valid))
assert told[0] == "VALID", told
shown(told, "less than a day old", "compare name and all the rest", "this is a copy of the page")
assert links == [f"answers/{digest(valid).hex()}.json"], links
for paper, parts in [(suspended, ["NOT VALID", f"suspended until {today + datetime.timedelta(days=89)}"]),
                     (revoked, ["NOT VALID", f"revoked since {today}"]),
                     (unknown, ["UNKNOWN", "There is no certificate with this number and code"]),
                     ((valid[0], revoked[1]), ["UNKNOWN", "There is no certificate with this number and code"])]:
    told, links = status(disk + link(paper))
    assert told[0] == parts[0], told
    shown(told, *parts)
dom = chromium(disk + links[0] if links else disk + f"answers/{digest(valid).hex()}.json", "--dump-dom")
assert holder["surname"] in html.unescape(dom), "the answer's file can't be read as Chromium shows it"
ok("a QR code's link opens both; from the disk the page's own list answers, and the answer's file can be read")

# 3. What stands on other days: lists made here, by the form that the decision tells.
day = lambda days: (today - datetime.date(1970, 1, 1)).days + days
papers = [(number(serial), "7KQ2-M9XD-4TRA-%04d" % serial) for serial in range(1, 300)]
kinds = [(1, 0), (2, day(1)), (2, day(-2)), (3, day(2)), (3, day(-1)), (4, day(-9)), (5, day(-3)), (6, day(5)),
         (6, day(-2)), (7, day(-4))]
entries = sorted(digest(paper)[:13] + bytes([kind, date >> 8, date & 255])
                 for paper, (kind, date) in zip(papers, kinds + [(1, 0)] * 289))
iso = lambda days: str(today + datetime.timedelta(days=days))
expected = [
    ("VALID", "less than a day old"), ("VALID", "compare"),
    ("NOT VALID", f"expired: it was valid until {iso(-2)}"), ("NOT VALID", f"not yet valid: it will be from {iso(2)}"),
    ("VALID", "compare"), ("NOT VALID", f"revoked since {iso(-9)}"), ("NOT VALID", f"suspended since {iso(-3)}"),
    ("NOT VALID", f"suspended until {iso(5)}"), ("UNKNOWN", f"It was suspended until {iso(-2)}"),
    ("NOT VALID", f"replaced since {iso(-4)}"),
]
listed = base64.b64encode(b"".join(entries)).decode()
variant("other.html", list=listed, asOf=ago(0))
other = "file://" + os.path.abspath("other.html")
for paper, (verdict, part) in zip(papers, expected):
    told, _ = status(f"{other}#{paper[0]}.{paper[1]}")
    assert told[0] == verdict, (paper, told)
    shown(told, part)
told, _ = status(f"{other}#{papers[298][0]}.{papers[298][1]}")
assert told[0] == "VALID", told
ok("lists that Python writes are read: valid, expired, not yet valid, revoked, suspended, replaced, on their days")
for days, verdict, part in [(8, "VALID", "The news grows old"), (30, "VALID", "30 days old"),
                            (31, "UNKNOWN", "the news is 31 days old")]:
    variant("other.html", list=listed, asOf=ago(days))
    told, _ = status(f"{other}#{papers[0][0]}.{papers[0][1]}")
    assert told[0] == verdict, told
    shown(told, part)
told, _ = status(f"{other}#{papers[5][0]}.{papers[5][1]}")
assert told[0] == "NOT VALID", told
variant("other.html", list=None, asOf=ago(0))
told, links = status(f"{other}#{papers[0][0]}.{papers[0][1]}")
assert told[0] == "UNKNOWN" and links, told
shown(told, "more than 20,000 certificates", "Open the answer’s file")
ok("old news are told: valid no longer than 30 days, not valid however old; without a list the answer's file is named")

# 4. A web server that fails: what the list says, or that nothing could be fetched.
broken = os.path.join(folder, "answers", digest(valid).hex() + ".json")
shutil.move(broken, "kept.json")
with open(broken, "w") as file:
    file.write("{")
told, links = status(origin + link(valid))
assert told[0] == "VALID" and links, told
os.remove(broken)
server.shutdown()
server.server_close()
shutil.move("kept.json", broken)
ok("an answer that is cut off is none: the page's list answers")

# 5. Lists that Python signs, by a key of its own; the page's list beside them says what it said when it was made.
private = Ed25519PrivateKey.generate()


def listing(purpose, places, days=0, lasts=31, year=2026, **changes):
    bits = bytearray(131_072)
    for place in places:
        bits[place >> 3] |= 0x80 >> (place & 7)
    from_ = ago(days)
    until = (lists.instant(from_) + datetime.timedelta(days=lasts)).strftime("%Y-%m-%dT%H:%M:%SZ")
    unsigned = lists.document(f"https://mediators.example/status/{year}-{purpose}.json", purpose, lists.did(private),
                              from_, until, bytes(bits))
    return lists.signed(unsigned | changes, private, from_)


# By how each stands in the page's list; in which list its bit is set; and what is told of it.
cases = [
    ((1, 0), None, "VALID", "How it stands is signed by the key " + lists.did(private)),
    ((1, 0), "revocation", "NOT VALID", "revoked or replaced"),
    ((1, 0), "suspension", "NOT VALID", "suspended"),
    ((4, day(-9)), "revocation", "NOT VALID", f"revoked since {iso(-9)}"),
    ((7, day(-4)), "revocation", "NOT VALID", f"replaced since {iso(-4)}"),
    ((6, day(5)), "suspension", "NOT VALID", f"suspended until {iso(5)}"),
    ((5, day(-3)), "suspension", "NOT VALID", f"suspended since {iso(-3)}"),
    ((5, day(-3)), "revocation", "NOT VALID", "revoked or replaced"),
    ((4, day(-9)), None, "UNKNOWN", "contradicts it"),
    ((4, day(3)), None, "VALID", "compare"),
    ((2, day(-2)), None, "NOT VALID", f"expired: it was valid until {iso(-2)}"),
]
places = {paper: 7919 * row % (1 << 20) for row, paper in enumerate(papers)}
rows = sorted((digest(paper)[:13] + bytes([kind, date >> 8, date & 255]), places[paper].to_bytes(3, "big"))
              for paper, (kind, date) in zip(papers, [case[0] for case in cases] + [(1, 0)] * 288))
listed = base64.b64encode(b"".join(row[0] for row in rows)).decode()
placed = base64.b64encode(b"".join(row[1] for row in rows)).decode()
marks = {purpose: [places[paper] for paper, case in zip(papers, cases) if case[1] == purpose]
         for purpose in ("revocation", "suspension")}


def pair(days=0, **more):
    return [listing(purpose, marks[purpose], days, **more) for purpose in ("revocation", "suspension")]


def published(path, both, **changes):
    return variant(path, **({"list": listed, "places": placed, "asOf": ago(0),
                             "status": {"2026": [json.dumps(one) for one in both]}} | changes))


published("other.html", pair())
for paper, (_, _, verdict, part) in zip(papers, cases):
    told, _ = status(f"{other}#{paper[0]}.{paper[1]}")
    assert told[0] == verdict, (paper, told)
    shown(told, part)
ok("lists that cryptography signs go before what stands beside them, from the disk too")
for days, lasts, verdict, part in [(8, 31, "VALID", "The news grows old"), (30, 31, "VALID", "30 days old"),
                                   (31, 60, "UNKNOWN", "the news is 31 days old"),
                                   (5, 4, "UNKNOWN", "the news is 5 days old")]:
    # However young the page says that it is.
    published("other.html", pair(days, lasts=lasts))
    told, _ = status(f"{other}#{papers[0][0]}.{papers[0][1]}")
    assert told[0] == verdict, told
    shown(told, part)
ok("their age is that of what was signed, whatever the page says of its own")


def tampered():
    """The pair with one thing other than it was signed, each."""
    clean = listing("revocation", [])["credentialSubject"]["encodedList"]
    for path, value in [
        (("credentialSubject", "encodedList"), clean), (("credentialSubject", "statusPurpose"), "suspension"),
        (("credentialSubject", "id"), "x"), (("credentialSubject", "type"), "x"), (("validFrom",), ago(1)),
        (("validUntil",), "2999-01-01T00:00:00Z"), (("id",), "https://x.example/status/2026-revocation.json"),
        (("issuer",), lists.did(Ed25519PrivateKey.generate())), (("type",), ["BitstringStatusListCredential"]),
        (("@context",), ["https://www.w3.org/ns/credentials/v2", "x"]), (("more",), "x"), (("proof", "created"), ago(1)),
        (("proof", "cryptosuite"), "eddsa-rdfc-2022"), (("proof", "proofPurpose"), "authentication"),
        (("proof", "verificationMethod"), "did:key:z6Mk#z6Mk"), (("proof", "type"), "x"), (("proof", "@context"), ["x"]),
        (("proof", "proofValue"), "z" + "1" * 64),
    ]:
        both = pair()
        at = both[0]
        for step in path[:-1]:
            at = at[step]
        at[path[-1]] = value
        yield path, both
    yield "swapped", pair()[::-1]
    yield "another year's", pair(year=2025)
    yield "two instants", [pair()[0], pair(1)[1]]
    yield "short", [one for one in pair()][:1]
    other_key = pair()
    other_key[1] = lists.signed({name: value for name, value in other_key[1].items() if name != "proof"},
                                Ed25519PrivateKey.generate(), ago(0))
    yield "another key", other_key
    small = pair()[0] | {}
    small.pop("proof")
    small = copy.deepcopy(small)
    small["credentialSubject"]["encodedList"] = lists.document("", "", "", "", "", bytes(16_383))[
        "credentialSubject"]["encodedList"]
    yield "too small", [lists.signed(small, private, ago(0)), pair()[1]]


count = 0
for what, both in tampered():
    published("other.html", both)
    told, _ = status(f"{other}#{papers[0][0]}.{papers[0][1]}")
    assert told[0] == "UNKNOWN", (what, told)
    shown(told, "not as it was signed", "this is a copy of the page")
    assert "signed by the key" not in "\n".join(told), (what, told)
    count += 1
published("other.html", pair(), status={"2025": []})
told, _ = status(f"{other}#{papers[0][0]}.{papers[0][1]}")
assert told[0] == "UNKNOWN", told
ok(f"a list with one thing other than it was signed makes nothing valid: {count} of them, and one that was taken away")

# 6. The same over HTTP, with answers' files; and where a browser has no cryptography, since the address is not secure.
server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
threading.Thread(target=server.serve_forever, daemon=True).start()
origin = f"http://127.0.0.1:{server.server_address[1]}/"
plain = f"http://school.example:{server.server_address[1]}/"
published(os.path.join(folder, "other.html"), pair())
answers = {}
for row, (standing, since, has) in enumerate([("VALID", "", True), ("VALID", "", True), ("VALID", "", True),
                                              ("REVOKED", iso(-9), True), ("REVOKED", iso(-9), False)]):
    # The last is of an older publication: no place beside it, and none in the page's list.
    paper = papers[row] if has else (number(888888), papers[0][1])
    mark = {"standing": "STANDING_" + standing} | ({"since": since} if since else {})
    place = [{"statusPurpose": purpose, "statusListIndex": str(places.get(paper))} for purpose in marks]
    answers[paper] = ({"answer": {"status": mark, "sheet": {"number": paper[0], "issuedOn": iso(-100)}}}
                      | ({"credentialStatus": place} if has else {}))
# One that was let go since its file was written: the list decides, and the sheet has the days.
freed = (number(777777), papers[0][1])
answers[freed] = {"answer": {"status": {"standing": "STANDING_REVOKED", "since": iso(-9)},
                             "sheet": {"number": freed[0], "issuedOn": iso(-100)}},
                  "credentialStatus": [{"statusListIndex": str(places[papers[0]])}] * 2}
for paper, answer in answers.items():
    with open(os.path.join(folder, "answers", digest(paper).hex() + ".json"), "w") as file:
        json.dump(answer, file)
expected = ["VALID", "NOT VALID", "NOT VALID", "NOT VALID", "NOT VALID", "VALID"]
for host in (origin, plain):
    for paper, verdict in zip(answers, expected):
        told, _ = status(link(paper, host + "other.html"))
        assert told[0] == verdict, (host, paper, told)
        signs = "Not signed" if paper[0] == number(888888) else "signed by the key"
        shown(told, signs)
both = pair()
both[0]["proof"]["proofValue"] = both[1]["proof"]["proofValue"]
published(os.path.join(folder, "other.html"), both)
for host in (origin, plain):
    told, _ = status(link(papers[0], host + "other.html"))
    assert told[0] == "UNKNOWN", told
    shown(told, "not as it was signed")
for paper in answers:
    os.remove(os.path.join(folder, "answers", digest(paper).hex() + ".json"))
os.remove(os.path.join(folder, "other.html"))
server.shutdown()
server.server_close()
ok("over HTTP too, by the browser's own cryptography and by the page's; what an older publication wrote is understood")

if shots := os.environ.get("SHOTS"):
    os.makedirs(shots, exist_ok=True)
