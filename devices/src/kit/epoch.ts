import { isStatementId } from '@passage/domain';
import { copyFileSync, existsSync } from 'node:fs';
import { DeviceError, messageOf } from '../errors/device-error.js';
import type { DeviceDescription } from './device-description.js';
import { pathsOf, readKey } from './device-folder.js';
import { readIfThere, replaceFile } from './durable-file.js';
import { headLine, type QueueOwner, type QueueState, readQueue } from './queue-state.js';

/** Where a device goes on that has lost its memory, as the ledger's answer to `StartEpoch` says it. */
export interface NewEpoch {
  /** The next number: above every one that the device can have used. */
  readonly firstSeq: number;
  /** The statement that the next one names as the one before it: the last that the ledger holds. */
  readonly prev: string;
}

/**
 * Gives a device a queue that goes on where a new epoch starts. A queue that cannot be read is kept beside the new one, for the
 * auditor; what waits in one that can be read goes on waiting. Doing it again changes nothing.
 *
 * @throws DeviceError EPOCH_INVALID, KEY_DAMAGED, KEY_EXPOSED, FILE_UNUSABLE.
 */
export function layEpoch(folder: string, description: DeviceDescription, { firstSeq, prev }: NewEpoch): void {
  if (!Number.isSafeInteger(firstSeq) || firstSeq < 2 || !isStatementId(prev)) {
    throw new DeviceError('EPOCH_INVALID', 'An epoch has a first number from 2 and the id of a statement.');
  }
  const path = pathsOf(folder, description).queue;
  const known = stateOf(path, { jwk: readKey(folder, description).jwk, aud: description.aud });
  if (known !== undefined && known.end.seq >= firstSeq) {
    const message = `The device has used its numbers up to ${String(known.end.seq)}.`;
    throw new DeviceError('EPOCH_INVALID', message);
  }
  const waiting = known === undefined ? [] : [...known.waiting.values()];
  try {
    if (known === undefined && existsSync(path)) copyFileSync(path, `${path}.before-${String(firstSeq)}`);
    replaceFile(path, `${headLine({ seq: firstSeq - 1, last: prev }, waiting, known?.earlier)}\n`);
  } catch (error) {
    throw new DeviceError('FILE_UNUSABLE', `No epoch can be laid into ${folder}: ${messageOf(error)}.`);
  }
}

/** What a queue says, or undefined where it is lost. */
function stateOf(path: string, owner: QueueOwner): QueueState | undefined {
  const text = readIfThere(path);
  if (text === undefined) return undefined;
  try {
    return readQueue(
      text
        .slice(0, text.lastIndexOf('\n') + 1)
        .split('\n')
        .slice(0, -1),
      owner,
    );
  } catch {
    return undefined;
  }
}
