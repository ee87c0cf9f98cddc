import { existsSync, mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { DeviceError, messageOf } from '../errors/device-error.js';
import { deviceKey, type DeviceKey, generatePrivateJwk, type PrivateJwk } from '../keys/device-key.js';
import { readIfThere, replaceFile } from './durable-file.js';
import { headLine } from './queue-state.js';
import { type DeviceDescription, readDescription, writeDescription } from './device-description.js';

/** What lies in a device's folder. */
export interface DevicePaths {
  /** What the device is; its presence says that creating the device was finished, its content which files count. */
  readonly description: string;
  /** The private key, a JWK, readable by its owner alone. */
  readonly key: string;
  readonly queue: string;
  /** The rotation to this key, as long as the ledger has not confirmed it. */
  readonly rotation: string;
}

/** The files of a device with so many keys so far: `key.json` of the first, `key-2.json` of the second. */
export function pathsOf(
  folder: string,
  { generation }: Pick<DeviceDescription, 'generation'> = {},
): DevicePaths {
  const which = generation === undefined || generation === 1 ? '' : `-${String(generation)}`;
  return {
    description: join(folder, 'device.json'),
    key: join(folder, `key${which}.json`),
    queue: join(folder, `queue${which}.jsonl`),
    rotation: join(folder, `rotation${which}.json`),
  };
}

/**
 * Lays a new device into a folder. The description is written last: a folder where the process died before it holds no
 * device, and creating one there again is safe, because its key has signed nothing.
 *
 * @throws DeviceError DEVICE_EXISTS_HERE, FILE_UNUSABLE.
 */
export function layDevice(folder: string, description: DeviceDescription): void {
  const paths = pathsOf(folder);
  if (existsSync(paths.description)) {
    throw new DeviceError('DEVICE_EXISTS_HERE', `${folder} holds a device already.`);
  }
  try {
    const key = JSON.stringify(generatePrivateJwk(description.alg));
    replaceFile(paths.key, `${key}\n`, 0o600);
    replaceFile(paths.queue, `${headLine({ seq: 0 })}\n`);
    replaceFile(paths.description, writeDescription(description));
  } catch (error) {
    throw new DeviceError('FILE_UNUSABLE', `No device can be laid into ${folder}: ${messageOf(error)}.`);
  }
}

/** Makes the folder if need be. @throws DeviceError FILE_UNUSABLE. */
export function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw new DeviceError('FILE_UNUSABLE', `The folder ${folder} cannot be made: ${messageOf(error)}.`);
  }
}

/** @throws DeviceError DEVICE_NOT_FOUND, DEVICE_DAMAGED. */
export function readDevice(folder: string): DeviceDescription {
  const path = pathsOf(folder).description;
  const text = readIfThere(path);
  if (text === undefined) throw new DeviceError('DEVICE_NOT_FOUND', `There is no device in ${folder}.`);
  try {
    return readDescription(text);
  } catch (error) {
    throw new DeviceError('DEVICE_DAMAGED', `${path}: ${messageOf(error)}.`);
  }
}

/** @throws DeviceError KEY_DAMAGED, KEY_EXPOSED. */
export function readKey(folder: string, description: DeviceDescription): DeviceKey {
  const path = pathsOf(folder, description).key;
  const text = readIfThere(path);
  if (text === undefined) throw new DeviceError('KEY_DAMAGED', `${path} is missing.`);
  // Windows has no such bits: there the folder's own rights decide.
  if (process.platform !== 'win32' && (statSync(path).mode & 0o077) !== 0) {
    throw new DeviceError('KEY_EXPOSED', `${path} can be read by other users.`);
  }
  try {
    return deviceKey(JSON.parse(text) as PrivateJwk);
  } catch (error) {
    throw new DeviceError('KEY_DAMAGED', `${path}: ${messageOf(error)}.`);
  }
}
