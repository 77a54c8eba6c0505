// Reads a stream with the client that NATS has for JavaScript: nats.mjs SERVER STREAM COUNT. Events of binary CloudEvents on
// standard output. Then it publishes the last message again, with its own id and with another one.
import { HTTP } from 'cloudevents';
import { connect, headers as makeHeaders } from 'nats';

const [server, stream, count] = process.argv.slice(2);
const connection = await connect({ servers: server, timeout: 20_000 });
const jetstream = connection.jetstream();
const manager = await connection.jetstreamManager();
const { state, config } = await manager.streams.info(stream);

const events = [];
let last = null;
const consumer = await jetstream.consumers.get(stream);
while (events.length < Number(count)) {
  const batch = await consumer.fetch({ max_messages: 100, expires: 30_000 });
  const before = events.length;
  for await (const message of batch) {
    const headers = {};
    for (const [name, values] of message.headers) headers[name.toLowerCase()] = decodeURIComponent(values[0]);
    const event = HTTP.toEvent({ headers, body: message.string() });
    event.validate();
    events.push({ ...event.toJSON(), subject_of_message: message.subject, message_id: message.headers.get('Nats-Msg-Id') });
    last = message;
    if (events.length === Number(count)) break;
  }
  if (events.length === before) break;
}

async function publishAgain(id) {
  const headers = makeHeaders();
  for (const [name, values] of last.headers) headers.set(name, values[0]);
  headers.set('Nats-Msg-Id', id);
  const { duplicate } = await jetstream.publish(last.subject, last.data, { headers });
  return duplicate;
}
const repeated = await publishAgain(last.headers.get('Nats-Msg-Id'));
const fresh = await publishAgain('another');
await connection.close();
process.stdout.write(JSON.stringify({ events, messages: state.messages, subjects: config.subjects, repeated, fresh }));
