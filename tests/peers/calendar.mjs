// Reads a calendar with ical.js: the text on standard input, what it understood on standard output.
import ICAL from 'ical.js';
import { readFileSync } from 'node:fs';

const { text } = JSON.parse(readFileSync(0, 'utf8'));

/** Strict: a line or a value that the parser would repair is an error. */
function read(calendar) {
  ICAL.design.strict = true;
  const component = new ICAL.Component(ICAL.parse(calendar));
  if (component.name !== 'vcalendar') throw new Error(`it is a ${component.name}`);
  return component;
}

function eventOf(component) {
  const event = new ICAL.Event(component);
  return {
    uid: event.uid,
    summary: event.summary,
    sequence: event.sequence,
    start: event.startDate.toString(),
    end: event.endDate.toString(),
    wholeDays: event.startDate.isDate && event.endDate.isDate,
    days: event.duration.toSeconds() / 86400,
    status: component.getFirstPropertyValue('status'),
    stamp: component.getFirstPropertyValue('dtstamp').toJSDate().getTime() / 1000,
    stampZone: component.getFirstPropertyValue('dtstamp').zone.tzid,
    alarms: component.getAllSubcomponents('valarm').map((alarm) => ({
      action: alarm.getFirstPropertyValue('action'),
      at: alarm.getFirstPropertyValue('trigger').toSeconds() / 3600,
    })),
  };
}

function refused(name, spoiled) {
  if (spoiled === text) throw new Error(`${name}: nothing was spoiled`);
  try {
    read(spoiled).getAllSubcomponents('vevent').forEach(eventOf);
  } catch {
    return name;
  }
  throw new Error(`not refused: ${name}`);
}

const calendar = read(text);
// Written by the other side and read again, it says the same.
const again = read(calendar.toString());
if (JSON.stringify(again) !== JSON.stringify(calendar)) throw new Error('read, written and read again it is another calendar');

process.stdout.write(JSON.stringify({
  version: calendar.getFirstPropertyValue('version'),
  name: calendar.getFirstPropertyValue('name'),
  refresh: calendar.getFirstPropertyValue('refresh-interval').toSeconds?.() ?? null,
  events: calendar.getAllSubcomponents('vevent').map(eventOf),
  refusals: [
    refused('no end', text.replace('END:VCALENDAR\r\n', '')),
    refused('a day that is none', text.replace(/DTSTART;VALUE=DATE:\d{4}/, 'DTSTART;VALUE=DATE:year')),
    refused('a line without a name', text.replace('SUMMARY:', '')),
    refused('an event that does not end', text.replace('END:VEVENT\r\n', '')),
  ],
}));
