"""python-icalendar prints the entries of calendars as libical.c does."""

import datetime
import sys

import icalendar


def show(prop):
    time = prop.dt
    if not isinstance(time, datetime.datetime):
        return time.strftime("%Y%m%d")
    if time.tzinfo is None:
        return "floating:" + time.strftime("%Y%m%dT%H%M%S")
    return time.astimezone(datetime.timezone.utc).strftime("%Y%m%dT%H%M%SZ")


def errors(component):
    yield from component.errors
    for inside in component.subcomponents:
        yield from errors(inside)


for path in sys.argv[1:]:
    print(path)
    try:
        with open(path, "rb") as file:
            calendar = icalendar.Calendar.from_ical(file.read())
        for error in errors(calendar):
            print("ERR", *error)
        for entry in calendar.walk("VEVENT"):
            print(entry["UID"], show(entry["DTSTART"]), show(entry["DTEND"]))
    except Exception as error:
        print("ERR", type(error).__name__, error)
