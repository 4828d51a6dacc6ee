// Print UID and start in UTC of each entry of a calendar file, as ical.js or node-ical reads them.
import fs from "node:fs";

const [library, path] = process.argv.slice(2);
const text = fs.readFileSync(path, "utf8");
const utc = (date) => date.toISOString().replace(/[-:]|\.\d+/g, "");

function byIcalJs(ICAL) {
  ICAL.design.strict = true;
  const calendar = new ICAL.Component(ICAL.parse(text));
  for (const component of calendar.getAllSubcomponents("vtimezone")) {
    const tzid = component.getFirstPropertyValue("tzid");
    ICAL.TimezoneService.register(new ICAL.Timezone({ component, tzid }));
  }
  return calendar.getAllSubcomponents("vevent").map((one) => {
    const event = new ICAL.Event(one);
    return [event.uid, utc(event.startDate.toJSDate())];
  });
}

function byNodeIcal(ical) {
  return Object.values(ical.sync.parseICS(text))
    .filter((one) => one.type === "VEVENT")
    .map((one) => [one.uid, utc(one.start)]);
}

const module = await import(library);
const read = library === "ical.js" ? byIcalJs : byNodeIcal;
console.log(JSON.stringify(read(module.default ?? module)));
