"""ZH308 files by hand, and what they mean: a second table of positions and a reader of one line at a time.

Nothing here is imported from the reader under test: a position that is wrong there is right here, typed over again from
the specification's numbers.
"""

from __future__ import annotations

from datetime import date

WIDTH = 610
BLANK = " \t\xa0"
# field: first and last position, N(umber) or A(lphanumeric)
AT = {
    "0101": (1, 2, "N"), "0102": (3, 5, "N"), "0103": (6, 7, "N"), "0104": (8, 9, "N"), "0105": (10, 10, "A"),
    "0108": (27, 30, "N"), "0112": (55, 62, "N"), "0117": (93, 100, "N"),
    "0201": (1, 2, "N"), "0202": (3, 14, "N"), "0203": (15, 23, "N"), "0207": (54, 61, "N"), "0208": (62, 62, "N"),
    "0210": (64, 88, "A"), "0217": (142, 147, "A"), "0219": (157, 161, "N"),
    "0301": (1, 2, "N"), "0310": (72, 96, "A"),
    "0401": (1, 2, "N"), "0402": (3, 14, "N"), "0403": (15, 23, "N"), "0410": (70, 75, "A"), "0411": (76, 83, "N"),
    "0412": (84, 91, "N"), "0413": (92, 93, "N"), "0414": (94, 102, "A"), "0415": (103, 117, "A"),
    "0418": (134, 135, "A"), "0419": (136, 150, "A"), "0426": (196, 199, "N"), "0427": (200, 205, "A"),
    "0431": (213, 219, "A"), "0439": (238, 241, "N"), "0440": (242, 249, "N"), "0457": (555, 555, "A"),
    "0601": (1, 2, "N"), "0602": (3, 14, "N"), "0603": (15, 23, "N"), "0608": (49, 54, "A"), "0609": (55, 62, "N"),
    "0610": (63, 64, "N"), "0620": (107, 114, "N"), "0621": (115, 115, "A"),
    "1601": (1, 2, "N"), "1602": (3, 14, "N"), "1603": (15, 23, "N"), "1607": (46, 51, "A"), "1608": (52, 59, "N"),
    "1609": (60, 61, "N"), "1610": (62, 76, "A"), "1611": (77, 86, "A"), "1612": (87, 94, "N"), "1613": (95, 102, "N"),
    "1614": (103, 106, "N"), "1618": (125, 128, "N"), "1619": (129, 129, "A"),
    "9801": (1, 2, "N"), "9804": (19, 158, "A"),
}  # fmt: skip


def put(number, value, line):
    """``line`` with one field written: N to the right with zeros, A to the left with blanks."""
    start, end, kind = AT[number]
    length = end - start + 1
    text = str(value)
    filled = text.rjust(length, "0") if kind == "N" and text.isdigit() else text.ljust(length)
    assert len(filled) == length, (number, value)
    return line[: start - 1] + filled.encode("latin-1") + line[end:]


def record(kind, **fields):
    """One record; fields are named f0410 and so on, and what is not named is blank, or zeros where it is a number."""
    line = b" " * WIDTH
    values = {number: "0" for number, (_, _, how) in AT.items() if number[:2] == kind and how == "N"}
    values |= {f"{kind}01": kind} | {name[1:]: value for name, value in fields.items()}
    for number, value in values.items():
        line = put(number, value, line)
    return line


def header(**fields):
    return record(
        "01", **{"f0102": 101, "f0103": 9, "f0105": "P", "f0108": 7777, "f0112": 6010101, "f0117": 20260301} | fields
    )


def insured(bsn="999900006", born="19610708", sex="2", name="Bakker-Voorbeeld", **fields):
    return record("02", f0203=bsn, f0207=born, f0208=sex, f0210=name, f0217="1234AB", f0219=17, **fields)


def performance(number="DBC1", bsn="999900006", **fields):
    usual = {
        "f0403": bsn, "f0410": "15A391", "f0411": 20260105, "f0412": 20260404, "f0413": 1, "f0414": "070401016",
        "f0415": "ZT1", "f0418": "08", "f0419": number, "f0426": 1, "f0427": "11", "f0431": "554", "f0439": 301,
        "f0440": 6010101, "f0457": "D",
    }  # fmt: skip
    return record("04", **usual | fields)


def tariff(cents=10000, bsn="999900006", **fields):
    usual = {
        "f0603": bsn, "f0608": "15A391", "f0609": 20260105, "f0610": 1, "f0620": cents, "f0621": "D",
    }  # fmt: skip
    return record("06", **usual | fields)


def activity(code="190060", day=20260105, quantity=1, bsn="999900006", **fields):
    usual = {
        "f1603": bsn, "f1607": "15A391", "f1608": 20260105, "f1609": 1, "f1610": "A1", "f1611": code, "f1612": day,
        "f1613": day, "f1614": quantity, "f1618": 301, "f1619": "D",
    }  # fmt: skip
    return record("16", **usual | fields)


def comment(text="Geachte mevrouw Bakker-Voorbeeld"):
    return record("98", f9804=text)


def take(line, number):
    start, end, _ = AT[number]
    return line[start - 1 : end].replace(b"\0", b" ").decode("latin-1")


def closing(records, amount=None, short=False, **counts):
    """The totals of ``records``, counted one by one; ``counts`` (n02=…) and ``amount`` overrule them."""
    kinds = [one[:2].decode("latin-1") for one in records]
    parts = ("02", "03", "04", "98") if short else ("02", "03", "04", "06", "16", "98")
    numbers = [counts.get(f"n{kind}", kinds.count(kind)) for kind in parts]
    every = counts.get("details", sum(kind in ("02", "03", "04", "06", "16", "98") for kind in kinds))
    if amount is None:
        amount = sum(cents_of(one) for one in records if one[:2] == b"06")
    text = "99" + "".join(f"{number:06}" for number in numbers) + f"{every:07}{abs(amount):011}" + "DC"[amount < 0]
    return text.encode().ljust(WIDTH)


def cents_of(line):
    text = take(line, "0620")
    cents = int(text) if text.isascii() and text.isdigit() else 0
    return -cents if take(line, "0621") == "C" else cents


def message(*records, end=b"\n", last=True, **totals):
    """Header, records and closing record as the bytes of a file."""
    lines = [header(), *records] if not records or records[0][:2] != b"01" else list(records)
    lines.append(closing(lines, **totals))
    return end.join(lines) + (end if last else b"")


# --- what it means, one line at a time ---------------------------------------------------------------------------------


def digits(text):
    """An N field: its digits, or None where there are none to speak of."""
    text = text.strip(BLANK)
    return text if text.isascii() and text.isdigit() and text.strip("0") else None


def day(text):
    found = digits(text)
    try:
        return date(int(found[:4]), int(found[4:6]), int(found[6:])) if found and len(found) == 8 else None
    except ValueError:
        return None


def words(text):
    return text.strip(BLANK) if text.strip(BLANK).lstrip("0") else None


def code(text, width):
    bare = text.strip(BLANK).lstrip("0")
    return bare.rjust(width, "0") if bare and len(bare) <= width else None


def filled(text, width):
    return None if text is None else text.rjust(width, "0")


def meaning(lines):
    """Records of one file, header to closing record, all of 610 bytes → trajectories, activities as tuples with their row."""
    insurer = take(lines[0], "0108")
    performances, person = [], None
    for row, line in enumerate(lines, start=1):
        kind = line[:2]
        if kind == b"02":
            person = line
        elif kind == b"04":
            performances.append((row, line, person, []))
        elif kind == b"16":
            performances[-1][3].append((row, line))
    numbered = [one for one in performances if words(take(one[1], "0419"))]
    gone = set()
    for row, line, _, _ in numbered:
        if take(line, "0457") != "C":
            continue
        gone.add(row)
        same = [
            debit for debit, other, _, _ in numbered
            if debit < row and debit not in gone and take(other, "0457") != "C"
            and all(take(other, one) == take(line, one) for one in ("0419", "0410", "0411", "0412"))
        ]  # fmt: skip
        if same:
            gone.add(same[0])
    trajectories, activities = [], []
    for row, line, who, done in numbered:
        if row in gone:
            continue
        number = words(take(line, "0419"))
        trajectories.append(
            (
                row, number, words(take(line, "0415")), digits(take(who, "0203")), filled(digits(take(line, "0439")), 4),
                code(take(line, "0431"), 4), code(take(line, "0427"), 2), day(take(line, "0411")), day(take(line, "0412")),
                filled(words(take(line, "0418")), 2), filled(words(take(line, "0414")), 9), words(take(line, "0410")),
                filled(digits(insurer), 4), year(take(who, "0207")),
                {"1": "M", "2": "V", "0": "O", "9": "O"}.get(take(who, "0208")), None, None,
            )
        )  # fmt: skip
        for at, one in done:
            quantity = take(one, "1614").strip(BLANK)
            count = int(quantity) if quantity.isascii() and quantity.isdigit() else None
            if count is not None and take(one, "1619") == "C":
                count = -count
            activities.append(
                (
                    at, number, code(take(one, "1611"), 6), day(take(one, "1612")), count,
                    filled(digits(take(one, "1618")), 4), None, None,
                )
            )  # fmt: skip
    return trajectories, activities


def year(text):
    found = digits(text[:4])
    return int(found) if found and len(found) == 4 else None


def split(content):
    """The records of a whole file, whatever its line ends."""
    content = content.rstrip(b"\r\n\x1a")
    if b"\n" not in content[: WIDTH + 2]:
        return [content[at : at + WIDTH] for at in range(0, len(content), WIDTH)]
    return [line.removesuffix(b"\r") for line in content.split(b"\n")]
