// ical.js prints the entries of any calendars: UID, start, end, a line each; then, for
// those that repeat until an end, every start as the clocks show it.
const fs = require("fs");
const module_ = require("ical.js");
const ICAL = module_.default ?? module_;

const show = (time) => {
  if (!time) return "-";
  if (time.isDate) return time.toICALString();
  if (time.zone.tzid === "floating") return "floating:" + time.toICALString();
  return new Date(time.toUnixTime() * 1000).toISOString().replace(/[-:]|\.\d+/g, "");
};

// starts prints every start of a component that is repeated by a rule with an end.
const starts = (component) => {
  const rule = component.getFirstPropertyValue("rrule");
  if (!rule || component.hasProperty("recurrence-id") || !(rule.count || rule.until)) return;
  const all = component.getFirstProperty("dtstart").getFirstValue();
  const expansion = new ICAL.RecurExpansion({ component, dtstart: all });
  const list = [];
  for (let next = expansion.next(); next && list.length < 400; next = expansion.next()) list.push(next.toICALString());
  console.log("STARTS", component.getFirstPropertyValue("uid"), list.join(" "));
};

for (const path of process.argv.slice(2)) {
  console.log("FILE", path);
  let calendars;
  try {
    calendars = ICAL.parse(fs.readFileSync(path, "utf8"));
  } catch (error) {
    console.log("ERR", error.message.slice(0, 100));
    continue;
  }
  if (typeof calendars[0] === "string") calendars = [calendars];
  for (const one of calendars) {
    ICAL.TimezoneService.reset();
    const calendar = new ICAL.Component(one);
    calendar.getAllSubcomponents("vtimezone").forEach((zone) => ICAL.TimezoneService.register(zone));
    for (const component of calendar.getAllSubcomponents("vevent")) {
      const time = (name) => {
        try {
          const length = component.getFirstPropertyValue("duration");
          if (name === "dtend" && length) {
            const end = component.getFirstPropertyValue("dtstart").clone();
            end.addDuration(length);
            return show(end);
          }
          return show(component.getFirstPropertyValue(name));
        } catch {
          return "?";
        }
      };
      console.log(component.getFirstPropertyValue("uid") ?? "-", time("dtstart"), time("dtend"));
      starts(component);
    }
  }
}
