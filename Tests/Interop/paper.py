"""Compares papers: the texts of a page with those of a PDF, and the pictures of both."""

import html.parser
import json
import re
import sys


class Texts(html.parser.HTMLParser):
    """The texts of a page's paragraphs and headings, in order."""

    def __init__(self):
        super().__init__()
        self.texts = []
        self.depth = 0

    def handle_starttag(self, tag, attributes):
        if tag in ("p", "h1", "h2"):
            self.depth = 1
            self.texts.append("")

    def handle_endtag(self, tag):
        if tag in ("p", "h1", "h2"):
            self.depth = 0

    def handle_data(self, data):
        if self.depth:
            self.texts[-1] += data


def joined(text):
    """One line, as it is read: behind a hyphen a word goes on."""
    return re.sub(r"\s+", " ", re.sub(r"(?<=\w)-\n", "-", text)).strip()


def texts(page, structure, plain, shown):
    parser = Texts()
    parser.feed(open(page, encoding="utf-8").read())
    ours = [joined(text) for text in parser.texts]
    read = []
    for line in open(structure, encoding="utf-8"):
        line = line.rstrip("\n")
        if re.match(r"\s*(P|H1|H2) \(block\)$", line):
            read.append("")
        elif match := re.match(r'\s+"(.*)"$', line):
            read[-1] += match[1]
    read = [joined(text) for text in read]
    for one, other in zip(ours, read):
        assert one == other, (one, other)
    assert len(ours) == len(read), (len(ours), len(read))
    # What the registry holds in Kazakh is in the text as it is copied, letter for letter.
    text = joined(open(plain, encoding="utf-8").read())
    sheet = json.load(open(shown, encoding="utf-8"))["sheet"]
    kk = sheet["holder"]["kk"]
    name = " ".join(part for part in (kk["surname"], kk["given"], kk.get("patronymic", "")) if part)
    for value in (name, sheet["number"], sheet["issuer"]["kk"], sheet["trainedBy"]["kk"], sheet["signatory"]):
        assert value in text, value
    assert "СЕРТИФИКАТ" in text
    for letter in "ҚқҒғӘәӨөҰұҮүІі":
        assert any(letter in value for value in ours) == any(letter in value for value in read), letter


def picture(path):
    """The rows of a PGM, in octets of grey."""
    octets = open(path, "rb").read()
    head = re.match(rb"P5\s+(\d+)\s+(\d+)\s+255\s", octets)
    width, height, start = int(head[1]), int(head[2]), head.end()
    return [octets[start + width * row:start + width * (row + 1)] for row in range(height)]


def squares(rows, size=8):
    """How light each square of the picture is, up to the last whole one."""
    return [
        [
            sum(sum(row[left:left + size]) for row in rows[top:top + size]) / size / size
            for left in range(0, len(rows[0]) - size, size)
        ]
        for top in range(0, len(rows) - size, size)
    ]


def pictures(ours, theirs):
    for page in (1, 2):
        mine, other = picture(f"{ours}-{page}.pgm"), picture(f"{theirs}-{page}.pgm")
        # Browsers round a page to whole pixels of theirs.
        assert abs(len(mine) - len(other)) <= 1 and abs(len(mine[0]) - len(other[0])) <= 1
        pairs = [
            (left, right)
            for one, two in zip(squares(mine), squares(other))
            for left, right in zip(one, two)
        ]
        # Letters may stand a hair apart, as each draws them; all else is where it is.
        apart = sum(abs(left - right) for left, right in pairs) / len(pairs)
        print(f"page {page}: {apart:.2f} of 255 apart", file=sys.stderr)
        assert apart < 2, (page, apart)


if __name__ == "__main__":
    {"texts": texts, "pictures": pictures}[sys.argv[1]](*sys.argv[2:])
