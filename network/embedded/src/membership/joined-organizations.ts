import { existsSync, readFileSync } from 'node:fs';

import { writeFileDurably } from '../durable-file.js';
import { NetworkError } from '../errors.js';
import { ORGANIZATIONS, type OrganizationNames } from '../organizations.js';

/** An organisation that joined, or is to join, after the channel was founded. */
export interface Joining {
  readonly name: string;
  readonly mspId: string;
  /** Whether it runs an orderer: a BFT consenter more. */
  readonly orders: boolean;
}

/** One of them with its place among all. */
export type Joined = Joining & OrganizationNames;

/** Names become folders, and parts of process names; MSP ids are Fabric's. */
const NAME = /^[a-z][a-z0-9]{0,30}$/;
const MSP_ID = /^[A-Za-z][A-Za-z0-9.-]{0,62}$/;

/**
 * Reads what the command line says of an organisation that is to join: `name:mspId`, or `name:mspId:orderer`.
 *
 * @throws NetworkError ORGANIZATION_REFUSED
 */
export function parseJoining(text: string): Joining {
  const [name = '', mspId = '', role, ...rest] = text.split(':');
  const isSound = NAME.test(name) && MSP_ID.test(mspId) && rest.length === 0;
  if (isSound && (role === undefined || role === 'orderer'))
    return { name, mspId, orders: role !== undefined };
  throw refused(`'${text}' is not <name>:<MSP id> or <name>:<MSP id>:orderer`);
}

/**
 * Notes who joined the channel, in the order in which they came, and gives all of them. Whoever is noted stays; one that did
 * not order may begin to.
 *
 * @throws NetworkError ORGANIZATION_REFUSED for a name or MSP id that another organisation has
 */
export function noteJoined(file: string, joining: readonly Joining[]): readonly Joined[] {
  const known = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Joining[]) : [];
  const all = joining.reduce<readonly Joining[]>(withOne, known);
  if (JSON.stringify(all) !== JSON.stringify(known))
    writeFileDurably(file, `${JSON.stringify(all, null, 2)}\n`);
  return all.map((one, position) => ({ ...one, index: ORGANIZATIONS.length + position }));
}

function withOne(known: readonly Joining[], joining: Joining): readonly Joining[] {
  const { name, mspId, orders } = joining;
  const same = known.find((one) => one.name === name && one.mspId === mspId);
  if (same !== undefined)
    return known.map((one) => (one === same ? { ...one, orders: one.orders || orders } : one));
  const other = [...ORGANIZATIONS, ...known].find((one) => one.name === name || one.mspId === mspId);
  if (other !== undefined)
    throw refused(`${name} with ${mspId} cannot join: ${other.name} with ${other.mspId} is a member already`);
  return [...known, joining];
}

function refused(why: string): NetworkError {
  return new NetworkError('ORGANIZATION_REFUSED', why);
}
