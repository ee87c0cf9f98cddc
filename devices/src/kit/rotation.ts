import { assembleStatement, deviceRotationSigningInput, type PublicJwk } from '@passage/domain';
import { readFileSync, rmSync } from 'node:fs';
import { DeviceError, messageOf } from '../errors/device-error.js';
import { deviceKey, type DeviceKey, generatePrivateJwk } from '../keys/device-key.js';
import { provePossession } from '../statement/prove-possession.js';
import type { ChainEnd, SignedStatement } from '../statement/sign-statement.js';
import { type DeviceDescription, writeDescription } from './device-description.js';
import { pathsOf } from './device-folder.js';
import { replaceFile } from './durable-file.js';
import { headLine } from './queue-state.js';

/** What a ledger has to be told of a new key (`RotateDevice`) before it takes a statement of it. */
export interface Rotation {
  /** By the new key: that it is there. */
  readonly proof: string;
  /** By the old key: that the new one takes its place, and where its own chain ended. */
  readonly rotation: string;
}

/** The old key and what it leaves behind. */
export interface Outgoing {
  readonly key: DeviceKey;
  readonly end: ChainEnd;
  /** The keys before it of which statements may still wait. */
  readonly earlier: readonly PublicJwk[];
  readonly waiting: readonly SignedStatement[];
}

/**
 * Lays a new key into a device's folder, with a queue that takes over what waits. The description is replaced last: a process
 * that dies before leaves the device with its old key, one that dies after, with the new one and with its rotation.
 *
 * @param owner the party id that the old key is registered for.
 * @returns the description from now on.
 * @throws DeviceError FILE_UNUSABLE: the device has its old key then.
 */
export function layRotation(
  folder: string,
  description: DeviceDescription,
  { key: old, end, earlier, waiting }: Outgoing,
  owner: string,
): DeviceDescription {
  const { alg, aud, kind, place } = description;
  const next = { ...description, generation: (description.generation ?? 1) + 1 };
  const paths = pathsOf(folder, next);
  const privateJwk = generatePrivateJwk(alg);
  const key = deviceKey(privateJwk);
  const claim = { successor: key.kid, ...end };
  const signingInput = deviceRotationSigningInput(old.jwk, aud, claim);
  const rotation: Rotation = {
    proof: provePossession(key, aud, { owner, kind, ...(place === undefined ? {} : { place }) }),
    rotation: assembleStatement(signingInput, old.sign(Buffer.from(signingInput))),
  };
  try {
    replaceFile(paths.key, `${JSON.stringify(privateJwk)}\n`, 0o600);
    replaceFile(paths.rotation, `${JSON.stringify(rotation)}\n`);
    replaceFile(paths.queue, `${headLine({ seq: 0 }, waiting, [...earlier, old.jwk])}\n`);
    replaceFile(paths.description, writeDescription(next));
  } catch (error) {
    throw new DeviceError('FILE_UNUSABLE', `No key can be laid into ${folder}: ${messageOf(error)}.`);
  }
  return next;
}

/** The rotation that the ledger has not confirmed yet, if there is one. @throws DeviceError DEVICE_DAMAGED. */
export function readRotation(folder: string, description: DeviceDescription): Rotation | undefined {
  const path = pathsOf(folder, description).rotation;
  try {
    const { proof, rotation } = JSON.parse(readFileSync(path, 'utf8')) as Partial<Rotation>;
    if (typeof proof === 'string' && typeof rotation === 'string') return { proof, rotation };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
  }
  throw new DeviceError('DEVICE_DAMAGED', `${path} is not as the kit wrote it.`);
}

/** Removes the private key and the queue that the present ones have taken the place of. */
export function forgetEarlier(folder: string, description: DeviceDescription): void {
  const { generation = 1 } = description;
  if (generation === 1) return;
  const { key, queue, rotation } = pathsOf(folder, { generation: generation - 1 });
  for (const path of [key, queue, rotation]) rmSync(path, { force: true });
}
