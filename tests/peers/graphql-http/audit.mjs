// Runs the server audits of `graphql-http` against a live server: one JSON line per audit.
// URL is the address of the GraphQL endpoint, TOKEN an access token for it.
import { serverAudits } from 'graphql-http';

const AUDITS = 61;
const { URL: url, TOKEN: token } = process.env;
if (!url || !token) {
  console.error('URL and TOKEN must be set');
  process.exit(2);
}

const fetchFn = (address, init = {}) =>
  fetch(address, { ...init, headers: { ...init.headers, authorization: `Bearer ${token}` } });

let ok = 0;
for (const audit of serverAudits({ url, fetchFn })) {
  const result = await audit.fn();
  ok += result.status === 'ok' ? 1 : 0;
  const { id, name, status, reason } = result;
  console.log(JSON.stringify({ id, status, name, reason }));
}
console.error(`${ok} of ${AUDITS} audits are ok`);
process.exit(ok === AUDITS ? 0 : 1);
