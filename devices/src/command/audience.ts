import { readFileSync } from 'node:fs';
import { InvalidArgumentError } from 'commander';
import { DeviceError, messageOf } from '../errors/device-error.js';

/** Whether a text can be the hash of a genesis block: 64 lower-case hex digits. */
function isAudience(text: string): boolean {
  return /^[0-9a-f]{64}$/.test(text);
}

/** The value of an `--aud` option. */
export function audienceArgument(text: string): string {
  if (isAudience(text)) return text;
  throw new InvalidArgumentError('It must be 64 lower-case hex digits.');
}

/**
 * The ledger that a trust file names.
 *
 * @throws DeviceError FILE_UNUSABLE.
 */
export function audienceOfTrustFile(path: string): string {
  try {
    const trust = JSON.parse(readFileSync(path, 'utf8')) as { format?: unknown; genesisHash?: unknown };
    const { format, genesisHash } = trust;
    if (format === 'passage-trust-1' && typeof genesisHash === 'string' && isAudience(genesisHash)) {
      return genesisHash;
    }
  } catch (error) {
    throw new DeviceError('FILE_UNUSABLE', `The trust file ${path} cannot be read: ${messageOf(error)}.`);
  }
  throw new DeviceError('FILE_UNUSABLE', `${path} is not a trust file (format passage-trust-1).`);
}
