// Judges deliveries with the packages that receivers use: JSON of requests on standard input, what they make of them on
// standard output. Damaged on purpose, none may pass.
import { HTTP } from 'cloudevents';
import { readFileSync } from 'node:fs';
import { Webhook } from 'standardwebhooks';

const { secret, old, wrong, requests } = JSON.parse(readFileSync(0, 'utf8'));
const mine = new Webhook(secret);
const tolerance = 5 * 60 * 1000;

/** Events of a request, by the order of the parser; it throws when one breaks a rule. */
function events(headers, body) {
  const made = HTTP.toEvent({ headers, body });
  const all = Array.isArray(made) ? made : [made];
  all.forEach((event) => event.validate());
  return all;
}

const refusals = {};
function refused(name, attempt, pattern) {
  let message = null;
  try {
    attempt();
  } catch (error) {
    message = String(error.message || error);
  }
  if (message === null) throw new Error(`not refused: ${name}`);
  if (!pattern.test(message)) throw new Error(`${name}: refused for another reason: ${message}`);
  refusals[name] = (refusals[name] || 0) + 1;
}

/** The same headers with a signature of the package's own for another moment. */
function signedAt(headers, body, moment) {
  const id = headers['webhook-id'];
  return { ...headers, 'webhook-timestamp': String(Math.floor(moment / 1000)), 'webhook-signature': mine.sign(id, new Date(moment), body) };
}

function damage(headers, body) {
  const middle = Math.floor(body.length / 2);
  const changed = body.slice(0, middle) + (body[middle] === 'a' ? 'b' : 'a') + body.slice(middle + 1);
  refused('a changed byte', () => mine.verify(changed, headers), /No matching signature/);
  refused('a byte more', () => mine.verify(`${body} `, headers), /No matching signature/);
  refused('another id', () => mine.verify(body, { ...headers, 'webhook-id': 'another' }), /No matching signature/);
  const later = { ...headers, 'webhook-timestamp': String(Number(headers['webhook-timestamp']) + 1) };
  refused('another time', () => mine.verify(body, later), /No matching signature/);
  refused('an old delivery', () => mine.verify(body, signedAt(headers, body, Date.now() - 2 * tolerance)), /too old/);
  refused('one of tomorrow', () => mine.verify(body, signedAt(headers, body, Date.now() + 2 * tolerance)), /too new/);
  refused('a wrong secret', () => new Webhook(wrong).verify(body, headers), /No matching signature/);
  const { 'webhook-signature': _, ...unsigned } = headers;
  refused('no signature', () => mine.verify(body, unsigned), /Missing required headers/);
}

function damageEvent(headers, body) {
  const parsed = JSON.parse(body);
  const change = (edit) => {
    const copy = structuredClone(parsed);
    edit(Array.isArray(copy) ? copy[copy.length - 1] : copy);
    return JSON.stringify(copy);
  };
  refused('an event without a type', () => events(headers, change((event) => delete event.type)), /required property 'type'/);
  refused('an event without a source', () => events(headers, change((event) => delete event.source)), /required property 'source'/);
  refused('an attribute with a capital', () => events(headers, change((event) => { event.Upper = 'x'; })), /invalid (attribute|extension) name/);
  refused('a body that is no JSON', () => events(headers, body.slice(0, -1)), /JSON|Unexpected|Unterminated|end/i);
}

const seen = [];
let both = 0;
for (const { headers: sent, body } of requests) {
  const headers = Object.fromEntries(Object.entries(sent).map(([name, value]) => [name.toLowerCase(), value]));
  mine.verify(body, headers);
  if (old) {
    new Webhook(old).verify(body, headers);
    both += 1;
  }
  for (const event of events(headers, body)) seen.push(event.toJSON());
  damage(headers, body);
  damageEvent(headers, body);
}
process.stdout.write(JSON.stringify({ seen, both, refusals }));
