import { readFileSync, statSync } from 'node:fs';
import { DeviceError, messageOf } from '../errors/device-error.js';

/** More than anybody judges at once; a mistaken path must not fill the memory. */
const MAX_BYTES = 268_435_456;

/** A file's bytes. @throws DeviceError FILE_UNUSABLE. */
export function readInputFile(path: string): Uint8Array {
  try {
    const found = statSync(path);
    if (found.isFile() && found.size > MAX_BYTES)
      throw new RangeError(`it is longer than ${MAX_BYTES} bytes`);
    return readFileSync(path);
  } catch (error) {
    throw new DeviceError('FILE_UNUSABLE', `${path} cannot be read: ${messageOf(error)}.`);
  }
}
