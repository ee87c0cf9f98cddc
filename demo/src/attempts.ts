import { join } from 'node:path';
import { replay, openRecorded } from '@passage/auditor';
import type { JsonObject } from '@passage/domain';
import { SimulatedDevice, type SimulatedStatement, type Simulation } from '@passage/devices';
import type { Callers } from './callers.js';
import type { Directory } from './register.js';
import { offer, type Tally } from './send-statements.js';
import { tamperWithStoredBlock } from './tampered-block.js';

/** What an attempt was, and what stopped it. */
export interface Attempt {
  readonly what: string;
  readonly stoppedBy: string;
  readonly tally: Tally;
}

/** An attempt that goes through is a fault of the program: there is nothing else to tell then. */
function notStopped(what: string): Error {
  return new Error(`${what} was not refused. Please report it.`);
}

interface Field {
  readonly callers: Callers;
  readonly directory: Directory;
  readonly simulation: Simulation;
}

/** The signed bytes with another disposition in the payload, under the old signature. */
function tampered({ jws }: SimulatedStatement): string {
  const [header = '', payload = '', signature = ''] = jws.split('.');
  const event = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')) as JsonObject;
  const changed = Buffer.from(JSON.stringify({ ...event, disposition: 'damaged' })).toString('base64url');
  return [header, changed, signature].join('.');
}

async function attempt(field: Field, device: SimulatedDevice, what: string, jws: string): Promise<Attempt> {
  const { owner } = device.description;
  const home = field.directory.get(owner);
  if (home === undefined) throw new Error(`nobody registered the owner ${owner}`);
  const { refused } = await offer(field.callers.party(home.host, owner, home.role), [jws]);
  const [refusal] = refused;
  if (refusal === undefined) throw notStopped(what);
  const tally = { sent: 1, accepted: 0, refused: { [refusal.code]: 1 } };
  return { what, stoppedBy: `${refusal.code}: ${refusal.message}`, tally };
}

/** A statement whose payload was changed on its way, and one by a key that nobody registered. */
export async function attemptForgeries(field: Field): Promise<readonly Attempt[]> {
  const [statement] = field.simulation.statements;
  const device = field.simulation.devices.find(({ kid }) => kid === statement?.kid);
  if (statement === undefined || device === undefined) throw new Error('the simulation has no statement');
  const stranger = new SimulatedDevice({
    seed: 'stranger',
    name: device.name,
    alg: 'ES256',
    aud: device.aud,
    description: device.description,
  });
  const [, payload = ''] = statement.jws.split('.');
  const event = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')) as JsonObject;
  return [
    await attempt(field, device, 'a statement tampered with on its way', tampered(statement)),
    await attempt(field, device, 'a statement by a forged device', stranger.sign(event).jws),
  ];
}

/**
 * Edits a stored block in a copy of the network's block files, as somebody with the peer's disk could, and lets the auditor
 * replay the copy.
 */
export async function attemptOnStoredBlock(
  files: { blocks: string; scratch: string },
  ucr: string,
  genesisHash: string,
): Promise<string> {
  const copy = join(files.scratch, 'tampered-blocks');
  if (!tamperWithStoredBlock(files.blocks, copy, ucr)) throw new Error(`no stored block names ${ucr}`);
  const { differences } = await replay(openRecorded(copy), { genesisHash });
  const [first] = differences;
  if (first === undefined) throw notStopped('an edited block');
  return `block ${String(first.block)}: ${first.check} does not fit (expected ${first.expected.slice(0, 16)}…, found ${first.found.slice(0, 16)}…)`;
}
