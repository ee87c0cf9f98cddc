import { parseArgs } from 'node:util';

import { readConfig } from './config.js';
import type { GatewayConfig } from './config.js';
import { Refusal, messageOf } from './errors.js';
import { diskFull, isDiskFull } from './files/disk-full.js';
import { startGateway } from './gateway.js';
import { openLog } from './log.js';

/** Exit codes as everywhere: 2 wrong use, 3 could not be done. */
const WRONG_USE = 2;
const COULD_NOT = 3;

const USAGE = 'usage: main.js --org NAME [--dir FOLDER] [--port NUMBER]   (or PASSAGE_… in the environment)';

/** One line that says why, as the last words for whoever reads the log. */
function give(up: string, exitCode: number): never {
  process.stderr.write(`${up.replaceAll('\n', ' ')}\n`);
  process.exit(exitCode);
}

function configuration(): GatewayConfig {
  try {
    const { values } = parseArgs({
      options: { org: { type: 'string' }, dir: { type: 'string' }, port: { type: 'string' } },
    });
    const { org, dir, port } = values;
    return readConfig({
      ...process.env,
      ...(org !== undefined && { PASSAGE_ORG: org }),
      ...(dir !== undefined && { PASSAGE_DIR: dir }),
      ...(port !== undefined && { PASSAGE_GATEWAY_PORT: port }),
    });
  } catch (error) {
    if (error instanceof Refusal) return give(sentence(error), COULD_NOT);
    return give(`${messageOf(error)}; ${USAGE}`, WRONG_USE);
  }
}

function sentence(error: unknown): string {
  if (isDiskFull(error)) return sentence(diskFull(error));
  if (!(error instanceof Refusal)) return `INTERNAL: ${messageOf(error)}`;
  return `${error.code}: ${error.message} ${error.facts.next ?? ''}`;
}

const config = configuration();
const log = openLog(config.logLevel, config.organization.name);
process.on('unhandledRejection', (error) => {
  log.fatal({ reason: messageOf(error) }, 'a promise failed and nobody was listening');
  give(sentence(error), COULD_NOT);
});
try {
  const gateway = await startGateway(config, log);
  process.stdout.write(`${JSON.stringify({ ready: true, url: gateway.url })}\n`);
  const stop = (): void => {
    log.info('stopping');
    gateway.stop().then(
      () => process.exit(0),
      (error: unknown) => give(sentence(error), COULD_NOT),
    );
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
} catch (error) {
  give(sentence(error), COULD_NOT);
}
