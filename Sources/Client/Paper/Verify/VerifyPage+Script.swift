extension VerifyPage {
  /// What the page does. It has its own SHA-256: where a page comes without TLS browsers have none.
  static let script = Self.dense(written)

  /// Lines without what stands in front of them and without comments: a phone fetches the page over a slow net.
  private static func dense(_ script: String) -> String {
    script.split(separator: "\n", omittingEmptySubsequences: false)
      .map { $0.drop { $0 == " " } }.filter { !$0.hasPrefix("//") }.joined(separator: "\n")
  }

  private static let written = #"""

    "use strict";
    (() => {
    const get = id => document.getElementById(id);
    const words = JSON.parse(get("words").textContent);
    const data = JSON.parse(get("data").textContent);
    const tongues = ["kk", "ru", "en", "es", "bg"];
    const names = ["Қазақша", "Русский", "English", "Español", "Български"];
    // A page that was downloaded has other schemes than file:, too.
    const isWeb = /^https?:$/.test(location.protocol);
    // Past this many days a page does not say that a certificate is valid; from that many it asks for a newer one.
    const staleDays = 30, growsDays = 7;
    let tongue = 0, shown = null, asked = 0;

    const say = (key, values) => words[key][tongue].replace(/\{(\w)\}/g, (whole, name) =>
      values && name in values ? values[name] : whole);

    // SHA-256 (FIPS 180-4) of a text of ASCII, in hexadecimal.
    function sha256(text) {
      const primes = [], isPrime = n => primes.every(p => n % p);
      for (let n = 2; primes.length < 64; n++) if (isPrime(n)) primes.push(n);
      const part = x => Math.floor((x - Math.floor(x)) * 4294967296) >>> 0;
      const k = primes.map(p => part(Math.cbrt(p)));
      const h = primes.slice(0, 8).map(p => part(Math.sqrt(p)));
      const octets = Array.from(text, c => c.charCodeAt(0));
      const bits = octets.length * 8;
      octets.push(128);
      while (octets.length % 64 !== 56) octets.push(0);
      octets.push(0, 0, 0, 0, bits >>> 24, bits >>> 16 & 255, bits >>> 8 & 255, bits & 255);
      const turn = (x, n) => x >>> n | x << 32 - n;
      for (let at = 0; at < octets.length; at += 64) {
        const w = [];
        for (let i = 0; i < 64; i++) {
          if (i < 16) {
            const j = at + 4 * i;
            w[i] = octets[j] << 24 | octets[j + 1] << 16 | octets[j + 2] << 8 | octets[j + 3];
          } else {
            const a = w[i - 15], b = w[i - 2];
            w[i] = w[i - 16] + (turn(a, 7) ^ turn(a, 18) ^ a >>> 3) + w[i - 7]
              + (turn(b, 17) ^ turn(b, 19) ^ b >>> 10) | 0;
          }
        }
        let [a, b, c, d, e, f, g, z] = h;
        for (let i = 0; i < 64; i++) {
          const one = z + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + (e & f ^ ~e & g) + k[i] + w[i] | 0;
          const two = (turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + (a & b ^ a & c ^ b & c) | 0;
          [z, g, f, e, d, c, b, a] = [g, f, e, d + one | 0, c, b, a, one + two | 0];
        }
        [a, b, c, d, e, f, g, z].forEach((value, i) => h[i] = h[i] + value | 0);
      }
      return h.map(value => (value >>> 0).toString(16).padStart(8, "0")).join("");
    }

    // What people type: case, spaces, dashes and look-alikes are forgiven, as `bitim verify` does.
    const alike = { "А": "A", "В": "B", "Е": "E", "З": "3", "І": "I", "К": "K", "М": "M", "Н": "H",
      "О": "O", "Р": "P", "С": "C", "Т": "T", "У": "Y", "Х": "X", "Ү": "Y", "Һ": "H", "Қ": "K" };
    function folded(text) {
      const plain = text.toUpperCase().replace(/[\s\-‐‑–—./_№#]/g, "");
      return Array.from(plain, c => alike[c] || c).join("").replace(/O/g, "0").replace(/[IL]/g, "1");
    }
    // A number as it is printed; null where its check digits (ISO 7064 MOD 97-10) don't fit.
    function readNumber(text) {
      const digits = folded(text);
      if (!/^[2-9]\d{11}$/.test(digits) || digits.slice(4, 10) === "000000") return null;
      if (98 - Number(digits.slice(0, 10)) % 97 * 100 % 97 !== Number(digits.slice(10))) return null;
      return digits.slice(0, 4) + "-" + digits.slice(4, 10) + "-" + digits.slice(10);
    }
    function readCode(text) {
      const code = folded(text);
      return /^[0-9A-HJKMNP-TV-Z]{16}$/.test(code) ? code.match(/.{4}/g).join("-") : null;
    }
    // Both of the text of a QR code, or of what stands behind # of the page's address.
    function readBoth(text) {
      const both = text.match(/([0-9]{4}-[0-9]{6}-[0-9]{2})[.:\s]+((?:[0-9A-Za-z]{4}-){3}[0-9A-Za-z]{4})/);
      return both && { number: both[1], code: both[2] };
    }

    // Days since 1970, and days as people read them.
    const dayLength = 86400000;
    const day = number => new Date(number * dayLength).toISOString().slice(0, 10);
    const asOf = Date.parse(data.asOf);
    // Of which instant is told, and until when that may be believed: the page's, or that of a list that was signed.
    let at = asOf, until = Infinity;
    // A device whose clock is behind the page knows no better than the page.
    const now = () => Math.max(Date.now(), at);
    const age = () => Math.floor((now() - at) / dayLength);
    // A certificate's days are the School's: in Granada it is yesterday for some hours.
    const calendar = new Intl.DateTimeFormat("en-GB", {
      timeZone: "Asia/Almaty", year: "numeric", month: "2-digit", day: "2-digit"
    });
    function dayAt(instant) {
      const parts = {};
      for (const part of calendar.formatToParts(new Date(instant))) parts[part.type] = part.value;
      return parts.year + "-" + parts.month + "-" + parts.day;
    }
    const today = () => dayAt(now());
    const instant = () => new Date(at).toISOString().slice(0, 16).replace("T", " ") + " UTC";

    // What the page's own list says: thirteen octets of the digest, standing, day. Beside it, three octets of a place.
    const binary = text => Uint8Array.from(atob(text), c => c.charCodeAt(0));
    const list = data.list === null ? null : binary(data.list);
    const places = data.places ? binary(data.places) : null;
    function listedPlace(row) {
      const place = places && places[row * 3] << 16 | places[row * 3 + 1] << 8 | places[row * 3 + 2];
      return places && place < 0xffffff ? place : null;
    }
    function listed(digest) {
      let low = 0, high = list.length / 16 - 1;
      const key = digest.slice(0, 26);
      while (low <= high) {
        const middle = low + high >> 1;
        const entry = list.subarray(middle * 16, middle * 16 + 16);
        const own = hexed(entry.subarray(0, 13));
        if (own === key) {
          const date = day(entry[14] << 8 | entry[15]), place = listedPlace(middle);
          switch (entry[13]) {
            case 1: return { place, standing: "VALID" };
            case 2: return { place, standing: "VALID", validUntil: date };
            case 3: return { place, standing: "VALID", validFrom: date };
            case 4: return { place, standing: "REVOKED", since: date };
            case 5: return { place, standing: "SUSPENDED", since: date };
            case 6: return { place, standing: "SUSPENDED", until: date };
            case 7: return { place, standing: "REPLACED", since: date };
            default: return { place, standing: "" };
          }
        }
        if (own < key) low = middle + 1; else high = middle - 1;
      }
      return null;
    }
    // The same of an answer's file.
    function answered(answer) {
      const status = answer.status || {}, sheet = answer.sheet || {};
      const standing = String(status.standing || "").replace("STANDING_", "");
      // Whose day has come since is valid by now.
      const begin = standing === "NOT_YET_VALID" && [sheet.validFrom || "", sheet.issuedOn || ""].sort()[1];
      return {
        standing: begin ? "VALID" : standing, since: status.since, until: status.until,
        successor: status.successor, told: status.told, validUntil: sheet.validUntil, validFrom: begin, hasDays: true
      };
    }
    // What was signed goes before what was written beside it, which may be older. It is of a day, and of what is
    // decided for a later one it says nothing.
    function settled(fact, signed) {
      if (!signed) return fact;
      if (signed.forged) return { standing: "FORGED" };
      const begun = !(fact.since > dayAt(signed.at));
      const ends = begun && ["REVOKED", "REPLACED"].includes(fact.standing);
      const holds = begun && fact.standing === "SUSPENDED";
      if (signed.revoked) return ends ? fact : { standing: "ENDED" };
      if (signed.suspended) return holds ? fact : { standing: "SUSPENDED" };
      if (!ends && !holds) return fact;
      return fact.hasDays ? { standing: "VALID", validUntil: fact.validUntil, validFrom: fact.validFrom }
        : { standing: "CONTRADICTED" };
    }

    // Lists that were signed (W3C Bitstring Status List, eddsa-jcs-2022): schema/STATUS.md.
    const purposes = ["revocation", "suspension"];
    const isObject = value => value !== null && typeof value === "object";
    // JSON in its canonical form (RFC 8785); of texts, lists and objects.
    const canonical = value => Array.isArray(value) ? "[" + value.map(canonical).join(",") + "]"
      : isObject(value) ? "{" + Object.keys(value).sort().map(name =>
        JSON.stringify(name) + ":" + canonical(value[name])).join(",") + "}" : JSON.stringify(value);
    const unhex = text => Uint8Array.from(text.match(/../g), two => parseInt(two, 16));
    const hexed = octets => Array.from(octets, o => o.toString(16).padStart(2, "0")).join("");
    // Base58 of a number of octets; an error for what is none.
    function base58(text, count) {
      const digits = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
      const number = Array.from(text).reduce((sum, c) => {
        if (!digits.includes(c)) throw new Error("base58");
        return sum * BigInt(58) + BigInt(digits.indexOf(c));
      }, BigInt(0)).toString(16).padStart(2 * count, "0");
      if (number.length !== 2 * count) throw new Error("base58");
      return unhex(number);
    }
    // SHA-512 (FIPS 180-4) of octets, in hexadecimal.
    function sha512(octets) {
      const big = BigInt, bits = big(64), whole = (big(1) << bits) - big(1);
      const root = (n, k) => {
        let found = big(0);
        for (let bit = big(1) << big(70); bit; bit >>= big(1)) if ((found | bit) ** k <= n) found |= bit;
        return found & whole;
      };
      const primes = [];
      for (let n = 2; primes.length < 80; n++) if (primes.every(p => n % p)) primes.push(n);
      const k = primes.map(p => root(big(p) << big(192), big(3)));
      const h = primes.slice(0, 8).map(p => root(big(p) << big(128), big(2)));
      const turn = (x, n) => (x >> big(n) | x << bits - big(n)) & whole;
      let text = hexed(octets) + "80";
      while (text.length % 256 !== 224) text += "00";
      text += (octets.length * 8).toString(16).padStart(32, "0");
      for (const block of text.match(/.{256}/g)) {
        const w = block.match(/.{16}/g).map(word => big("0x" + word));
        for (let i = 16; i < 80; i++) {
          const a = w[i - 15], b = w[i - 2];
          w[i] = w[i - 16] + (turn(a, 1) ^ turn(a, 8) ^ a >> big(7)) + w[i - 7]
            + (turn(b, 19) ^ turn(b, 61) ^ b >> big(6)) & whole;
        }
        let [a, b, c, d, e, f, g, z] = h;
        for (let i = 0; i < 80; i++) {
          const one = z + (turn(e, 14) ^ turn(e, 18) ^ turn(e, 41)) + (e & f ^ (e ^ whole) & g) + k[i] + w[i];
          const two = (turn(a, 28) ^ turn(a, 34) ^ turn(a, 39)) + (a & b ^ a & c ^ b & c);
          [z, g, f, e, d, c, b, a] = [g, f, e, d + one & whole, c, b, a, one + two & whole];
        }
        [a, b, c, d, e, f, g, z].forEach((value, i) => h[i] = h[i] + value & whole);
      }
      return h.map(value => value.toString(16).padStart(16, "0")).join("");
    }
    // Ed25519 (RFC 8032) without cofactor, for browsers that have none.
    function ed25519(key, signature, message) {
      const big = BigInt, one = big(1), two = big(2), zero = big(0);
      const p = two ** big(255) - big(19);
      const order = two ** big(252) + big("27742317777372353535851937790883648493");
      const mod = n => (n % p + p) % p;
      const power = (base, exponent) => {
        let result = one;
        for (; exponent; exponent >>= one, base = mod(base * base)) if (exponent & one) result = mod(result * base);
        return result;
      };
      const d = mod(big(-121665) * power(big(121666), p - two)), root = power(two, (p - one) / big(4));
      const number = octets => big("0x" + hexed(Uint8Array.from(octets).reverse()));
      function point(octets) {
        const y = number(octets) & two ** big(255) - one, u = mod(y * y - one), v = mod(d * y * y + one);
        let x = mod(u * power(v, big(3)) * power(mod(u * power(v, big(7))), (p - big(5)) / big(8)));
        if (mod(v * x * x) !== u) x = mod(x * root);
        const sign = big(octets[31] >> 7);
        if (y >= p || mod(v * x * x) !== u || !x && sign) throw new Error("no point");
        if ((x & one) !== sign) x = mod(-x);
        return [x, y, one, mod(x * y)];
      }
      const add = ([x1, y1, z1, t1], [x2, y2, z2, t2]) => {
        const a = mod((y1 - x1) * (y2 - x2)), b = mod((y1 + x1) * (y2 + x2));
        const c = mod(two * d * t1 * t2), e = mod(two * z1 * z2);
        return [(b - a) * (e - c), (e + c) * (b + a), (e - c) * (e + c), (b - a) * (b + a)].map(mod);
      };
      const times = (factor, base) => {
        let result = [zero, one, one, zero];
        for (; factor; factor >>= one, base = add(base, base)) if (factor & one) result = add(result, base);
        return result;
      };
      const s = number(signature.subarray(32));
      if (s >= order) return false;
      const base = point(unhex("58" + "66".repeat(31))), [x, y, z, t] = point(key);
      const all = Uint8Array.from([...signature.subarray(0, 32), ...key, ...message]);
      const sum = add(times(s, base), times(number(unhex(sha512(all))) % order, [mod(-x), y, z, mod(-t)]));
      const scale = power(sum[2], p - two), found = [mod(sum[0] * scale), mod(sum[1] * scale)];
      return number(signature.subarray(0, 32)) === (found[1] | (found[0] & one) << big(255));
    }
    async function isSigned(key, signature, message) {
      let own;
      try {
        own = await crypto.subtle.importKey("raw", key, "Ed25519", false, ["verify"]);
      } catch (error) {
        return ed25519(key, signature, message);
      }
      return crypto.subtle.verify("Ed25519", own, signature, message);
    }
    // One list: of which instant, until when, by whose key, and its bits. An error for what is none, or not so signed.
    async function readList(text, year, purpose) {
      const { proof, ...document } = JSON.parse(text), { proofValue, ...options } = proof;
      const key = document.issuer, subject = document.credentialSubject, name = key.slice("did:key:".length);
      const isList = /^[ -~]*$/.test(text) && key.startsWith("did:key:z6Mk") && proof.type === "DataIntegrityProof"
        && proof.cryptosuite === "eddsa-jcs-2022" && proof.proofPurpose === "assertionMethod"
        && proof.verificationMethod === key + "#" + name && proofValue[0] === "z"
        && canonical(proof["@context"]) === canonical(document["@context"])
        && document.type.includes("BitstringStatusListCredential") && subject.type === "BitstringStatusList"
        && subject.statusPurpose === purpose && subject.encodedList[0] === "u"
        && (document.id.endsWith("/" + year + "-" + purpose + ".json")
          || document.id.endsWith(":status:" + year + ":" + purpose));
      const octets = base58(name.slice(1), 34);
      const message = unhex(sha256(canonical(options)) + sha256(canonical(document)));
      if (!isList || octets[0] !== 0xed || octets[1] !== 1
        || !await isSigned(octets.slice(2), base58(proofValue.slice(1), 64), message)) throw new Error("not signed");
      const packed = binary(subject.encodedList.slice(1).replace(/-/g, "+").replace(/_/g, "/"));
      const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"));
      const bits = new Uint8Array(await new Response(stream).arrayBuffer());
      return { key, at: Date.parse(document.validFrom), until: Date.parse(document.validUntil), bits };
    }
    // What both lists of the number's year say of a place; null where none was signed.
    async function signedOf(number, place) {
      if (!data.status || place === null || !window.BigInt || !window.DecompressionStream) return null;
      const year = number.slice(0, 4);
      try {
        const both = await Promise.all(purposes.map((purpose, i) => readList(data.status[year][i], year, purpose)));
        const [{ key, at, until }, other] = both;
        const isOne = other.key === key && other.at === at && until > at;
        if (!isOne || !both.every(one => one.bits.length >= 16384 && place >= 0 && place < one.bits.length * 8))
          throw new Error("no pair");
        const [revoked, suspended] = both.map(one => Boolean(one.bits[place >> 3] >> 7 - (place & 7) & 1));
        return { key, at, until, revoked, suspended };
      } catch (error) {
        return { forged: true };
      }
    }

    // Verdict, what is told in bold, and what to do.
    function judged(fact) {
      const today_ = today();
      // What is decided for a day to come: until then nothing stands against it.
      const isAhead = ["REVOKED", "SUSPENDED"].includes(fact.standing) && fact.since > today_;
      if (isAhead) return judged({ standing: "VALID", validUntil: fact.validUntil, validFrom: fact.validFrom });
      switch (fact.standing) {
        case "FORGED": return ["unknown", say("forgedHead"), say("staleNext")];
        case "CONTRADICTED": return ["unknown", say("contradictedHead"), say("staleNext")];
        case "ENDED": return ["notValid", say("ended"), say("revokedNext")];
        case "REVOKED": {
          const told = { REVOCATION_TOLD_ISSUED_IN_ERROR: "toldError",
            REVOCATION_TOLD_AT_HOLDERS_REQUEST: "toldHolder", REVOCATION_TOLD_DECISION: "toldDecision" }[fact.told];
          return ["notValid", say("revoked", { d: fact.since }) + (told ? ": " + say(told) : ""), say("revokedNext")];
        }
        case "REPLACED":
          return ["notValid", say("replaced", { d: fact.since }),
            fact.successor ? say("replacedNext", { s: fact.successor }) : say("replacedList")];
        case "SUSPENDED":
          if (fact.until && fact.until < today_)
            return ["unknown", say("wasSuspended", { u: fact.until }), say("staleNext")];
          return ["notValid", fact.until ? say("suspendedUntil", { u: fact.until })
            : fact.since ? say("suspended", { d: fact.since }) : say("suspendedNow"), say("suspendedNext")];
        case "EXPIRED":
          return ["notValid", say("expired", { u: fact.validUntil }), say("expiredNext")];
        case "VALID":
          if (fact.validUntil && fact.validUntil < today_)
            return ["notValid", say("expired", { u: fact.validUntil }), say("expiredNext")];
          if (fact.validFrom && fact.validFrom > today_)
            return ["notValid", say("notYet", { d: fact.validFrom }), say("notYetNext")];
          if (!(age() <= staleDays && now() <= until)) return ["unknown", say("staleHead", { n: age() }), say("staleNext")];
          return ["valid", "", ""];
      }
      return ["unknown", say("failedHead"), say("staleNext")];
    }

    function element(kind, text, name) {
      const made = document.createElement(kind);
      if (text) made.textContent = text;
      if (name) made.className = name;
      return made;
    }
    const full = name => name ? [name.surname, name.given, name.patronymic].filter(Boolean).join(" ") : "";
    // A text of the School in the reader's language, and in Kazakh, which stands first on every paper.
    function both(text) {
      if (!text) return [];
      const own = tongue === 0 ? text.kk : tongue === 1 ? text.ru : text.en;
      return [[own, ["kk", "ru", "en", "en", "en"][tongue]], [text.kk, "kk"]].filter(
        (pair, index, all) => pair[0] && (index === 0 || pair[0] !== all[0][0]));
    }
    const hours = quarters => String((quarters || 0) / 4);
    function lines(answer) {
      const sheet = answer.sheet || {}, holder = sheet.holder || {}, copy = answer.duplicate;
      const total = (sheet.theoryQuarters || 0) + (sheet.practiceQuarters || 0);
      const recognised = (sheet.recognisedTheoryQuarters || 0) + (sheet.recognisedPracticeQuarters || 0);
      const from = [sheet.validFrom || "", sheet.issuedOn || ""].sort()[1];
      return [
        ["attendance", sheet.kind === "CERTIFICATE_KIND_ATTENDANCE" && say("attendanceText"), "strong"],
        ["number", sheet.number, "mono"],
        ["duplicate", copy && say("duplicateText", { n: copy.copy, d: copy.madeOn })],
        ["holder", [[full(holder.kk), "kk"], [full(holder.ru), "ru"]].filter(pair => pair[0]), "strong"],
        ["latin", full(holder.latin)], ["name", both(sheet.title)], ["edition", sheet.edition],
        ["specialisation", both(sheet.specialisation)],
        ["legal", both(sheet.legalBasis)],
        ["hours", total && hours(total) + " (" + hours(sheet.theoryQuarters) + " + " + hours(sheet.practiceQuarters) + ")"],
        ["recognised", recognised && hours(recognised) + " (" + hours(sheet.recognisedTheoryQuarters) + " + " + hours(sheet.recognisedPracticeQuarters) + ")"],
        ["trained", sheet.trainedFrom && sheet.trainedFrom + " – " + sheet.trainedUntil],
        ["trainedBy", both(sheet.trainedBy)],
        ["attested", sheet.attestedOn && sheet.attestedOn + ", " + sheet.protocolNumber],
        ["decided", sheet.decidedOn], ["issued", sheet.issuedOn], ["firstIssued", sheet.firstIssuedOn],
        ["replaces", sheet.replaces],
        ["validity", sheet.validUntil ? from + " – " + sheet.validUntil : say("noEnd", { d: from })],
        ["issuer", both(sheet.issuer)], ["entitlement", sheet.issuerEntitlement], ["place", sheet.place],
        ["signatory", [[sheet.signatory, ""]].concat(both(sheet.signatoryPost)).filter(pair => pair[0])],
        ["basedOn", (sheet.basedOn || []).join(", ")]
      ].filter(line => line[1] && line[1].length);
    }

    // Shows what was found: an answer, what the list says, or why there is none.
    function show(found) {
      shown = found;
      const status = get("status"), rows = get("lines");
      status.textContent = "";
      rows.textContent = "";
      if (!found) return;
      if (found.looking) { status.append(element("p", say("looking"))); return; }
      const signed = found.signed && !found.signed.forged ? found.signed : null;
      [at, until] = signed ? [signed.at, signed.until] : [asOf, Infinity];
      const [verdict, head, next] = found.answer ? judged(settled(answered(found.answer), found.signed))
        : found.fact ? judged(settled(found.fact, found.signed))
        : found.why === "absent" ? ["unknown", say("unknownHead", { t: instant() }), say("unknownNext")]
        : found.why === "file" ? ["unknown", say("fileHead"), say("fileNext")]
        : ["unknown", say("failedHead"), say("failedNext")];
      const box = element("div", "", "verdict " + verdict);
      box.append(get("signs").content.cloneNode(true));
      const told = element("div");
      told.append(element("h2", say(verdict)));
      if (head) told.append(element("p", head, "head"));
      const days = age();
      const stamp = say("asOf", { t: instant() }) + " · "
        + (days === 0 ? say("ageNew") : days === 1 ? say("ageOne") : say("age", { n: days }));
      told.append(element("p", stamp, head ? "" : "head"));
      if (next) told.append(element("p", next));
      if (verdict === "unknown") told.append(element("p", say("notNot")));
      if (found.why === "absent") told.append(element("p", say("old")));
      if (days >= growsDays && verdict === "valid") told.append(element("p", say("grows")));
      if (found.fact && !found.answer) told.append(element("p", say("listOnly")));
      if (data.contact && verdict !== "valid") told.append(element("p", say("ask", { c: data.contact })));
      const voucher = (signed ? "signed" : "unsigned") + (isWeb ? "Web" : "File");
      told.append(element("p", say(voucher, { h: location.host, k: signed && signed.key })));
      if (found.file && !found.answer) {
        const link = element("a", say("openFile"), "file");
        link.href = found.file;
        told.append(link);
      }
      box.append(told);
      status.append(box);
      if (!found.answer) return;
      rows.append(element("h3", say("compare")));
      const table = element("ul", "", "rows");
      for (const [key, value, name] of lines(found.answer)) {
        const row = element("li"), label = element("label"), tick = element("input");
        label.append(element("span", say(key), "key"));
        const cell = element("span", "", "value " + (name || ""));
        for (const [text, lang] of typeof value === "string" ? [[value, ""]] : value) {
          const line = element("span", text);
          if (lang) line.lang = lang;
          cell.append(line);
        }
        tick.type = "checkbox";
        label.append(cell, tick);
        row.append(label);
        table.append(row);
      }
      const print = element("button", say("print"), "second");
      print.addEventListener("click", () => window.print());
      rows.append(table, print);
    }

    function flaw(id, text) {
      const wrong = get(id + "-wrong"), field = get(id);
      wrong.textContent = text || "";
      wrong.hidden = !text;
      if (text) field.setAttribute("aria-invalid", "true"); else field.removeAttribute("aria-invalid");
    }
    // Which fields are wrong, so that another language says it too.
    let flaws = {};
    function tellFlaws() {
      flaw("number", flaws.number && say("mistyped"));
      flaw("code", flaws.code && say("codeMistyped"));
      flaw("paper", flaws.paper && say(flaws.paper));
    }

    // A paper's PDF names it as its QR code does, and in a picture the browser looks for that.
    async function readPaper(file) {
      asked++;
      show(null);
      flaws = {};
      tellFlaws();
      let text = "", flaw = "paperUnread";
      if (!file.type.startsWith("image/")) {
        const octets = new TextDecoder("latin1").decode(await file.arrayBuffer());
        text = (octets.match(/<dc:identifier>([^<]*)</) || [])[1] || "";
      } else if (!window.BarcodeDetector) {
        flaw = "noScanner";
      } else {
        try {
          const picture = await createImageBitmap(file);
          const found = await new BarcodeDetector({ formats: ["qr_code"] }).detect(picture);
          text = found.map(code => code.rawValue).join(" ");
        } catch (error) { /* It is no picture. */ }
      }
      get("paper").value = "";
      const both = readBoth(text);
      if (!both) {
        flaws = { paper: flaw };
        return tellFlaws();
      }
      get("number").value = both.number;
      get("code").value = both.code;
      verify();
    }

    async function verify() {
      const turn = ++asked;
      const pasted = readBoth(get("number").value);
      if (pasted) { get("number").value = pasted.number; get("code").value = pasted.code; }
      const number = readNumber(get("number").value), code = readCode(get("code").value);
      flaws = { number: !number, code: !code };
      tellFlaws();
      if (!number || !code) {
        show(null);
        get(number ? "code" : "number").focus();
        return;
      }
      get("number").value = number;
      get("code").value = code;
      const digest = sha256(number + ":" + code);
      const file = data.folder + "/" + digest + ".json";
      const fact = list && listed(digest);
      if (!isWeb) {
        const signed = fact && await signedOf(number, fact.place);
        if (turn !== asked) return;
        if (fact) show({ fact, file, signed });
        else show(list ? { why: "absent" } : { why: "file", file });
        return;
      }
      show({ looking: true });
      let found = fact ? { fact, file, signed: await signedOf(number, fact.place) } : { why: "failed" };
      try {
        const response = await fetch(file, { cache: "no-cache", credentials: "omit" });
        if (response.ok) {
          const { answer, credentialStatus } = await response.json();
          // A publication of before has no place.
          const place = fact && fact.place !== null ? fact.place
            : credentialStatus ? Number(credentialStatus[0].statusListIndex) : null;
          found = { answer, signed: await signedOf(number, place) };
        }
        else if (response.status === 404 && !fact) found = { why: "absent" };
      } catch (error) {
        // Neither fetched nor read: what the list says, or that it failed.
      }
      if (turn === asked) show(found);
    }

    function speak(index) {
      tongue = index;
      document.documentElement.lang = tongues[index];
      document.title = say("title");
      for (const place of document.querySelectorAll("[data-word]"))
        if (place.dataset.word) place.textContent = say(place.dataset.word);
      get("school").textContent = data.school[Math.min(index, 2)] || say("school");
      get("quiet").textContent = say(isWeb ? "quietWeb" : "quietFile");
      for (const button of get("tongues").children)
        button.setAttribute("aria-pressed", String(button.lang === tongues[index]));
      tellFlaws();
      show(shown);
    }

    tongues.forEach((name, index) => {
      const button = element("button");
      button.type = "button";
      button.lang = name;
      button.append(element("span", names[index], "long"), element("span", name.toUpperCase(), "short"));
      button.setAttribute("aria-label", names[index]);
      button.addEventListener("click", () => speak(index));
      get("tongues").append(button);
    });
    get("form").addEventListener("submit", event => { event.preventDefault(); verify(); });
    get("paper").addEventListener("change", event => {
      if (event.target.files[0]) readPaper(event.target.files[0]);
    });
    // What stands behind # stays in the browser.
    function open() {
      let text = location.hash.slice(1);
      try { text = decodeURIComponent(text); } catch (error) { /* As it is. */ }
      if (!text) return;
      const both = readBoth(text), dot = text.indexOf(".");
      get("number").value = both ? both.number : dot < 0 ? text : text.slice(0, dot);
      get("code").value = both ? both.code : dot < 0 ? "" : text.slice(dot + 1);
      verify();
    }
    window.addEventListener("hashchange", open);
    const wanted = (navigator.languages || [navigator.language || ""]).map(
      name => tongues.indexOf(String(name).slice(0, 2).toLowerCase())).find(index => index >= 0);
    speak(wanted === undefined ? 0 : wanted);
    open();
    })();

    """#
}
