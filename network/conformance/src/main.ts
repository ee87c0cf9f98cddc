import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { parseArgs } from 'node:util';

import { fabricPrograms, layout, type NetworkKind } from '@passage/network-control';

import { page } from './report/page.js';
import { FABRIC_OBSERVATIONS, REPORT } from './report/paths.js';
import { keepRecord, makeRecord, type Run } from './report/record.js';
import { runSuite } from './run.js';

/** From the first port of the network of Fabric's programs to that of the embedded one. */
const PORTS_BETWEEN = 50;

const say = (text: string): void => void process.stdout.write(`${text}\n`);

function run(kind: NetworkKind, basePort: number): Promise<Run> {
  say(`${kind}: starting`);
  return runSuite({
    kind,
    basePort,
    tell: (scenario, seconds) => {
      say(`${kind}: ${scenario} (${seconds.toFixed(1)} s)`);
    },
  });
}

/** `npm run conformance`: both networks, the record, the page; exit code 1 if they differ, 3 without Fabric's programs. */
async function main(): Promise<number> {
  const { values } = parseArgs({ options: { 'base-port': { type: 'string', default: '23800' } } });
  const basePort = Number(values['base-port']);
  const { missing, versions } = await fabricPrograms(layout('.', basePort), true);
  if (missing.length > 0) {
    say(`not run: ${missing.join(', ')} of Fabric neither on the PATH nor in FABRIC_BIN`);
    return 3;
  }
  // One after the other: on a busy machine the two would only wait for each other.
  const fabric = await run('fabric', basePort);
  const embedded = await run('embedded', basePort + PORTS_BETWEEN);
  const record = makeRecord(fabric, embedded, versions?.['peer'] ?? 'unknown', new Date());
  mkdirSync(dirname(FABRIC_OBSERVATIONS), { recursive: true });
  writeFileSync(FABRIC_OBSERVATIONS, `${fabric.observations.map((one) => JSON.stringify(one)).join('\n')}\n`);
  writeFileSync(REPORT, page(record));
  const file = keepRecord(record);
  say(`${String(record.differences.length)} differences; written: ${file}, ${REPORT}`);
  for (const { scenario, step } of record.differences) say(`  ${scenario}: ${step}`);
  return record.differences.length === 0 ? 0 : 1;
}

process.exitCode = await main();
