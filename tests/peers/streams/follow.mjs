// Follows changes with `graphql-ws` or `graphql-sse` while they are made, loses the connection more
// than once, comes back with the last cursor, and holds what it saw against what was written.
// URL is the address of the server, TOKEN an access token for it, CLIENT is `ws` or `sse`.
import { createClient as createSseClient } from 'graphql-sse';
import { createClient as createWsClient } from 'graphql-ws';
import WebSocket from 'ws';

const { URL: url, TOKEN: token, CLIENT: kind } = process.env;
const CHANGES = 60;
const LOSSES = [7, 20, 41];
const DOCUMENT = `subscription($after: ChangeCursor) {
  changes(after: $after, types: [STUDENT]) { cursor entityId version node { id } }
}`;
const authorization = `Bearer ${token}`;
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

async function ask(query, variables) {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors } = await response.json();
  if (errors) throw new Error(JSON.stringify(errors));
  return data;
}

async function write(number) {
  const input = [{
    key: { externalId: { system: 'peer', value: `${kind}-${number % 10}` } },
    student: { givenName: 'Eva', familyName: `Lu ${number}` },
  }];
  const document = `mutation($input: [StudentUpsertInput!]!) {
    studentBulkUpsert(input: $input) { results { outcome student { id version } } }
  }`;
  const { studentBulkUpsert } = await ask(document, { input });
  const { id, version } = studentBulkUpsert.results[0].student;
  return `${id} ${version}`;
}

// Seen so far, and how the client is told to lose its connection.
const seen = [];
let last = null;
let lose = () => {};
let finish;
const finished = new Promise((resolve, reject) => { finish = { resolve, reject }; });

function take({ data, errors }) {
  if (errors) return finish.reject(new Error(JSON.stringify(errors)));
  const { cursor, entityId, version, node } = data.changes;
  if (node?.id !== entityId) return finish.reject(new Error(`${entityId} shows ${node?.id}`));
  seen.push(`${entityId} ${version}`);
  last = cursor;
  if (seen.length === CHANGES) finish.resolve();
  if (LOSSES.includes(seen.length)) lose();
}

function followByWs(after) {
  // The payload is read again at each reconnect: its cursor moves on with what was seen.
  const payload = { query: DOCUMENT, variables: { get after() { return last ?? after; } } };
  const client = createWsClient({
    url: `${url.replace('http', 'ws')}/graphql/ws`,
    webSocketImpl: WebSocket,
    connectionParams: { authorization },
    retryAttempts: 10,
    retryWait: () => pause(50),
    on: { opened: (socket) => { lose = () => socket.terminate(); } },
  });
  client.subscribe(payload, { next: take, error: finish.reject, complete: () => {} });
  return () => client.dispose();
}

function followBySse(after) {
  const client = createSseClient({
    url: `${url}/graphql/stream`,
    headers: () => ({ authorization, ...(last && { 'last-event-id': last }) }),
  });
  let stop;
  const open = () => {
    let isLost = false;
    const end = client.subscribe(
      { query: DOCUMENT, variables: { after } },
      { next: (event) => isLost || take(event), error: finish.reject, complete: () => {} },
    );
    lose = () => { isLost = true; end(); setTimeout(open, 50); };
    stop = end;
  };
  open();
  return () => { stop(); client.dispose(); };
}

const { changeCursorNow } = await ask('{ changeCursorNow }');
const written = [];
for (let number = 0; number < 5; number += 1) written.push(await write(number));
const stop = kind === 'ws' ? followByWs(changeCursorNow) : followBySse(changeCursorNow);
for (let number = 5; number < CHANGES; number += 1) {
  written.push(await write(number));
  if (number % 5 === 0) await pause(30);
}
const late = setTimeout(() => finish.reject(new Error(`${seen.length} of ${CHANGES} seen`)), 30_000);
await finished;
// What came twice would come now.
await pause(500);
clearTimeout(late);
stop();
const isSame = JSON.stringify(seen) === JSON.stringify(written);
console.log(JSON.stringify({ kind, seen: seen.length, losses: LOSSES.length, isSame }));
process.exit(isSame ? 0 : 1);
