import { createPublicKey, type KeyObject, verify } from 'node:crypto';

import { inTurn } from '../load.js';
import { cpuSeconds, processesOf } from '../process-usage.js';
import type { Measurement } from '../report.js';
import type { ActingParty, Stage } from '../stage.js';
import { enrolledParty, registeredDevice, statementsOf } from '../statements.js';
import { ratios, spread } from '../statistics.js';

const WHO: ActingParty = { party: 'BENCHBATCHES', role: 'warehouse' };

const PER_BATCH = 50;
const BATCHES = 100;
const WARM_UP = 60;
/** How large a statement of the measurement is, in bytes of its compact JWS. */
const KILOBYTE = 1000;

/** So many pallets bring a statement to its size. */
const PALLETS = 3;

interface SignedBytes {
  readonly input: Buffer;
  readonly signature: Buffer;
}

function signedBytes(jws: string): SignedBytes {
  const dot = jws.lastIndexOf('.');
  return {
    input: Buffer.from(jws.slice(0, dot)),
    signature: Buffer.from(jws.slice(dot + 1), 'base64url'),
  };
}

/** Milliseconds of our own processor time for the 50 signature checks of a batch and nothing else: the key is read once. */
function checksAlone(statements: readonly SignedBytes[], key: KeyObject): number {
  const before = process.cpuUsage();
  for (let batch = 0; batch < BATCHES; batch++) {
    for (const { input, signature } of statements) {
      if (!verify('sha256', input, { key, dsaEncoding: 'ieee-p1363' }, signature))
        throw new Error('a signature of the measurement does not hold');
    }
  }
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000 / BATCHES;
}

/**
 * What endorsing a batch costs the chaincode process beside its signature checks alone. The batch is evaluated, so that
 * it is new each time and the chaincode does exactly what one endorsing peer asks of it.
 */
export async function measureEndorse(stage: Stage, rounds: number): Promise<Measurement[]> {
  await enrolledParty(stage, WHO);
  const { plain } = await stage.party(WHO);
  const device = await registeredDevice(stage, WHO, 'endorsed');
  const key = createPublicKey({ key: { ...device.jwk }, format: 'jwk' });
  const statements = statementsOf(device, PER_BATCH, PALLETS).map(({ jws }) => jws);
  const size = statements.reduce((sum, { length }) => sum + length, 0) / PER_BATCH;
  if (Math.abs(size - KILOBYTE) > 50) throw new Error(`a statement has ${String(size)} bytes`);
  const pid = processesOf(stage.network.dir).get('chaincode');
  if (pid === undefined) throw new Error('no process of the name chaincode runs');
  const endorse = async (batches: number): Promise<number> => {
    const before = cpuSeconds(pid);
    const parts = Array.from({ length: batches }, () => ({ statements }));
    await inTurn(parts, 2, async (input) => {
      await plain.evaluate('RecordStatements', input);
    });
    return ((cpuSeconds(pid) - before) * 1000) / batches;
  };
  await endorse(WARM_UP);
  const bytes = statements.map(signedBytes);
  const taken: { readonly endorsed: number; readonly checks: number }[] = [];
  for (let round = 0; round < rounds; round++) {
    taken.push({ endorsed: await endorse(BATCHES), checks: checksAlone(bytes, key) });
  }
  const [ours, theirs] = [taken.map(({ endorsed }) => endorsed), taken.map(({ checks }) => checks)];
  return [
    {
      title: `Endorsing a batch of ${String(PER_BATCH)} statements of ${size.toFixed(0)} bytes, once`,
      ours: 'the chaincode process, everything',
      theirs: `${String(PER_BATCH)} signature checks alone`,
      rows: [
        {
          what: 'processor time',
          unit: 'ms/batch',
          ours: spread(ours),
          theirs: spread(theirs),
          ratio: ratios(ours, theirs),
          goal: { of: 'ratio', atMost: 3 },
        },
      ],
      notes: ['our aim is 2'],
    },
  ];
}
