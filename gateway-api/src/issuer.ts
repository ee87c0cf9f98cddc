import { parseArgs } from 'node:util';

import { issuerServer } from './auth/issuer-server.js';
import { nameLocalIssuer, openLocalIssuer } from './auth/local-issuer.js';

/*
 * The local issuer as a process, for development and demonstration: `issuer.js --dir FOLDER --port NUMBER`. It listens on loopback, and is
 * called by its URL from then on.
 */
const { values } = parseArgs({ options: { dir: { type: 'string' }, port: { type: 'string' } } });
const dir = values.dir ?? '.passage';
const port = Number(values.port);
const url = `http://127.0.0.1:${String(port)}`;

nameLocalIssuer(dir, url);
const { jwksPath } = await openLocalIssuer(dir);
const server = issuerServer(url, jwksPath);
server.once('error', (error) => {
  process.stderr.write(`the local issuer cannot listen: ${error.message}\n`);
  process.exit(3);
});
server.listen(port, '127.0.0.1', () => {
  process.stdout.write(`${JSON.stringify({ ready: true, url })}\n`);
});
const stop = (): void => {
  server.close(() => process.exit(0));
  server.closeAllConnections();
};
process.once('SIGTERM', stop);
process.once('SIGINT', stop);
