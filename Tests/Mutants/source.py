"""What the mutators read of a file: its brackets, its words, its conditions. No compiler."""

import bisect
import re


def masked(text):
    """`text` with comments and strings blanked, place by place, so that words in them are not found."""
    out = list(text)

    def blank(start, end):
        for place in range(start, min(end, len(out))):
            if out[place] != "\n":
                out[place] = " "

    def string(start):
        hashes = re.compile("#*").match(text, start).group()
        quote = '"""' if text.startswith('"""', start + len(hashes)) else '"'
        place = start + len(hashes) + len(quote)
        while place < len(text):
            if text.startswith("\\" + hashes + "(", place):
                place += len(hashes) + 2
                depth = 1
                while depth and place < len(text):
                    if text[place] == '"':
                        place = string(place)
                        continue
                    depth += {"(": 1, ")": -1}.get(text[place], 0)
                    place += 1
            elif text.startswith("\\" + hashes, place):
                place += len(hashes) + 2
            elif text.startswith(quote + hashes, place):
                return place + len(quote) + len(hashes)
            else:
                place += 1
        return place

    place = 0
    while place < len(text):
        if text.startswith("//", place):
            end = text.find("\n", place)
            end = len(text) if end < 0 else end
            blank(place, end)
        elif text.startswith("/*", place):
            depth, end = 1, place + 2
            while depth and end < len(text):
                if text.startswith("/*", end):
                    depth, end = depth + 1, end + 2
                elif text.startswith("*/", end):
                    depth, end = depth - 1, end + 2
                else:
                    end += 1
            blank(place, end)
        elif text[place] == '"' or re.compile('#+"').match(text, place):
            end = string(place)
            # The quotes stay: an expression that is only a string is not empty.
            blank(place + 1, end - 1)
        else:
            end = place + 1
        place = end
    return "".join(out)


class Source:
    """A file: its text, its mask, which bracket closes which, and which block a place is in."""

    def __init__(self, path, text, mask=masked):
        self.path = path
        self.text = text
        self.mask = mask(text)
        self.pair = {}
        self.blocks = []  # (open, close) of every { }
        stack = []
        for place, character in enumerate(self.mask):
            if character in "([{":
                stack.append(place)
            elif character in ")]}" and stack:
                self.pair[stack.pop()] = place
        self.blocks = sorted((a, b) for a, b in self.pair.items() if self.mask[a] == "{")
        self.starts = [0] + [m.end() for m in re.finditer("\n", text)]

    def line(self, place):
        return bisect.bisect_right(self.starts, place)

    def block(self, place):
        """The innermost { } around a place: where it opens; None outside of all."""
        found = None
        for start, end in self.blocks:
            if start < place < end:
                found = start
        return found

    def call(self, place):
        """The outermost-but-nearest ( ) or [ ] around a place within its block: where it opens, or None."""
        found = None
        for start, end in self.pair.items():
            if self.mask[start] in "([" and start < place < end and (found is None or start > found):
                found = start
        return found

    def top(self, start, end):
        """Places of [start, end) that are in no bracket opened there."""
        place = start
        while place < end:
            yield place
            place = self.pair.get(place, place) + 1

    def split(self, start, end, separator):
        """The spans between `separator` at the top of [start, end)."""
        spans, begin = [], start
        skip = -1
        for place in self.top(start, end):
            if place >= skip and self.mask.startswith(separator, place):
                spans.append((begin, place))
                begin = skip = place + len(separator)
        spans.append((begin, end))
        return [self.trim(a, b) for a, b in spans]

    def trim(self, start, end):
        while start < end and self.mask[start].isspace():
            start += 1
        while end > start and self.mask[end - 1].isspace():
            end -= 1
        return start, end

    def has(self, start, end, pattern):
        """Whether `pattern` matches at a top place of [start, end)."""
        found = re.compile(pattern)
        return any(found.match(self.mask, place, end) for place in self.top(start, end))

    def unwrapped(self, start, end):
        """The span without brackets around the whole of it."""
        start, end = self.trim(start, end)
        while start < end and self.mask[start] == "(" and self.pair.get(start) == end - 1:
            inner = self.trim(start + 1, end - 1)
            if len(self.split(*inner, ",")) > 1:
                break
            start, end = inner
        return start, end

    def said(self, start, end):
        """The text of a span on one line."""
        return " ".join(self.text[start:end].split())


class Edits:
    """Insertions around spans of a source, which may nest."""

    def __init__(self):
        self.wraps = []

    def wrap(self, start, end, before, after):
        self.wraps.append((start, end, len(self.wraps), before, after))

    def applied(self, text):
        marks = []
        for start, end, order, before, after in self.wraps:
            if after:
                # At one place: closings first, the innermost before the others.
                marks.append((end, 0, -start, -order, after))
            marks.append((start, 1, -end, order, before))
        marks.sort(key=lambda mark: mark[:4])
        out, done = [], 0
        for place, _, _, _, inserted in marks:
            out += [text[done:place], inserted]
            done = place
        return "".join(out + [text[done:]])
