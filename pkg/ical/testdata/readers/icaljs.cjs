// ical.js, which Thunderbird reads calendars with, prints their entries as libical.c does.
// It knows no time zones but those of the file.
const fs = require("fs");
const module_ = require("ical.js");
const ICAL = module_.default ?? module_;

const show = (time) => {
  if (time.isDate) return time.toICALString();
  if (time.zone.tzid === "floating") return "floating:" + time.toICALString();
  return new Date(time.toUnixTime() * 1000).toISOString().replace(/[-:]|\.\d+/g, "");
};

for (const path of process.argv.slice(2)) {
  console.log(path);
  try {
    ICAL.TimezoneService.reset();
    const calendar = new ICAL.Component(ICAL.parse(fs.readFileSync(path, "utf8")));
    calendar.getAllSubcomponents("vtimezone").forEach((zone) => ICAL.TimezoneService.register(zone));
    for (const component of calendar.getAllSubcomponents("vevent")) {
      const entry = new ICAL.Event(component);
      console.log(entry.uid, show(entry.startDate), show(entry.endDate));
    }
  } catch (error) {
    console.log("ERR", error.message);
  }
}
