"""python-icalendar prints the entries of any calendars: UID, start, end, a line each."""

import datetime
import sys

import icalendar


def first(entry, name):
    prop = entry[name]
    return getattr(prop[0] if isinstance(prop, list) else prop, "dt", None)


def show(entry, name):
    if name in entry:
        time = first(entry, name)
    elif name == "DTEND" and "DURATION" in entry:
        time = first(entry, "DTSTART") + first(entry, "DURATION")
    else:
        return "-"
    if time is None:
        return "?"
    if not isinstance(time, datetime.datetime):
        return time.strftime("%Y%m%d")
    if time.tzinfo is None:
        return "floating:" + time.strftime("%Y%m%dT%H%M%S")
    return time.astimezone(datetime.timezone.utc).strftime("%Y%m%dT%H%M%SZ")


for path in sys.argv[1:]:
    print("FILE", path)
    try:
        with open(path, "rb") as file:
            calendars = icalendar.Calendar.from_ical(file.read(), multiple=True)
    except Exception as error:
        print("ERR", type(error).__name__, str(error)[:100])
        continue
    for calendar in calendars:
        for entry in calendar.walk("VEVENT"):
            print(entry.get("UID", "-"), show(entry, "DTSTART"), show(entry, "DTEND"))
