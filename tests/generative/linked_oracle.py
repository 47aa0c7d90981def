"""The rules of HiX and of the extract in lists and dictionaries, one row at a time. Nothing here is imported from the program."""

from collections import Counter
from datetime import date


def clean(cell, words=("NULL",)):
    text = cell.strip()
    return None if text == "" or text in words else text


def day(text):
    return text and date.fromisoformat(text[:10])


def pad(text, width):
    return text and text.rjust(width, "0")


def first_of(rows, key):
    found = {}
    for row in rows:
        if row[key] is not None:
            found.setdefault(row[key], row)
    return found


def hix(tables):
    """Tables as lists of dictionaries of text → trajectories, activities (each with its row) and what was counted."""
    rows = {
        name: [{"row": at, **{key: clean(cell) for key, cell in row.items()}} for at, row in enumerate(table, 2)]
        for name, table in tables.items()
    }
    count = Counter()
    for name, key in (
        ("CSZISLIB_SPEC", "SPECCODE"),
        ("CSZISLIB_ARTS", "ARTSCODE"),
        ("EPISODE_EPISODE", "EPISODE"),
        ("PATIENT_PATIENT", "PATIENTNR"),
        ("FAKTUUR_VERRICHT", "ID"),
    ):
        given = [row[key] for row in rows[name] if row[key] is not None]
        count["key_twice"] += len(given) - len(set(given))
    agb = {code: row["COTGCODE"] for code, row in first_of(rows["CSZISLIB_SPEC"], "SPECCODE").items()}
    doctor = {code: agb.get(row["SPECIALISM"]) for code, row in first_of(rows["CSZISLIB_ARTS"], "ARTSCODE").items()}
    trajectories, kept, gone = _hix_trajectories(rows, agb, count)
    sessions = first_of(rows["FAKTUUR_VERRICHT"], "ID")
    activities = _hix_activities(rows, sessions, doctor, gone - kept, count)
    return trajectories, activities, {check: number for check, number in count.items() if number}


def _hix_trajectories(rows, agb, count):
    path = first_of(rows["EPISODE_EPISODE"], "EPISODE")
    patients = first_of(rows["PATIENT_PATIENT"], "PATIENTNR")
    found, kept, gone = [], set(), set()
    for row in rows["EPISODE_DBCPER"]:
        count["hix_flag_unknown"] += row["VERVALLEN"] not in ("0", "1", None)
        if row["VERVALLEN"] == "1" or row["ZORGTYPE"] in ("W", "w"):
            count["hix_cancelled" if row["VERVALLEN"] == "1" else "hix_local_type"] += 1
            gone.add(row["DBCNUMMER"])
            continue
        kept.add(row["DBCNUMMER"])
        count["hix_path_not_found"] += row["EPISODE"] is not None and row["EPISODE"] not in path
        patient = path.get(row["EPISODE"], {}).get("PATIENTNR")
        count["patient_not_found"] += patient is not None and patient not in patients
        who = patients.get(patient, {})
        specialism = agb.get(row["SPECIALISM"])
        count["hix_specialism_unknown"] += row["SPECIALISM"] is not None and specialism is None
        year = who.get("GEBDAT") and int(who["GEBDAT"][:4])
        codes = (pad(specialism, 4), pad(row["HOOFDDIAG"], 4), row["ZORGTYPE"])
        days = (day(row["BEGINDAT"]), day(row["EINDDAT"]))
        found.append((row["row"], row["DBCNUMMER"], row["EPISODE"], patient, *codes, *days, year, who.get("GESLACHT")))
    return found, kept, gone


def _hix_activities(rows, sessions, doctor, gone, count):
    coded = {row["ID"] for row in rows["FAKTUUR_VERRSEC"]}
    nameless = [row for row in rows["FAKTUUR_VERRICHT"] if row["ID"] is None]
    for row in [*sessions.values(), *nameless]:
        count["hix_session_without_code"] += row["ID"] is None or row["ID"] not in coded
        count["activity_without_trajectory"] += row["CASENR"] is None
        count["hix_of_left_out"] += row["CASENR"] is not None and row["CASENR"] in gone
    found, counted = [], set()
    for line in rows["FAKTUUR_VERRSEC"]:
        session = sessions.get(line["ID"])
        count["hix_code_without_session"] += session is None
        flags = line["CORRECTIE"] or ""
        count["hix_flag_unknown"] += 0 < len(flags) < 4 and flags != "0"
        code = line["CTGCODE"]
        if flags[3:4] == "1":
            count["hix_correction"] += 1
        elif code is not None and _claims(code):
            count["hix_claim_line"] += 1
        elif code is None:
            count["hix_local_code"] += 1
        elif session is not None and session["CASENR"] is not None and session["CASENR"] not in gone:
            who = [doctor.get(session[key]) for key in ("UITVOERDER", "AANVRAGER")]
            if session["ID"] not in counted:
                counted.add(session["ID"])
                count["hix_executor_unknown"] += session["UITVOERDER"] is not None and who[0] is None
                count["hix_requester_unknown"] += session["AANVRAGER"] is not None and who[1] is None
            what = (pad(code, 6), day(session["DATUM"]), int(line["AANTAL"]))
            found.append((session["row"], session["CASENR"], *what, *(pad(each, 4) for each in who)))
    return found


def _claims(code):
    """Six characters: 14 to 17, a capital or a digit, three digits."""
    letter = code[2:3].isdigit() or code[2:3].isupper()
    return len(code) == 6 and code[:2] in ("14", "15", "16", "17") and letter and code[3:].isdigit()


def care_paths(trajectories):
    """(row, number, patient, specialism, diagnosis, care type, opened) each → row → the rows of its care path."""
    path = {}
    for row, _, *who, kind, opened in trajectories:
        key = ("own", row)
        if None not in who and kind == "21":
            before = [
                (each[6], each[1], each[0])
                for each in trajectories
                if list(each[2:5]) == who and each[5] == "11" and each[6] <= opened
            ]
            key = ("own", max(before)[2]) if before else ("ongoing", *who)
        path[row] = key
    return {row: frozenset(each for each in path if path[each] == key) for row, key in path.items()}
