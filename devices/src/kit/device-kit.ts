import { join } from 'node:path';
import { checkEvent, type JsonObject, type PublicJwk, readStatement } from '@passage/domain';
import { DeviceError, messageOf } from '../errors/device-error.js';
import type { DeviceKey } from '../keys/device-key.js';
import { provePossession } from '../statement/prove-possession.js';
import { signStatement, type SignedStatement } from '../statement/sign-statement.js';
import { checkDescription, type DeviceDescription } from './device-description.js';
import { files, layDevice, makeFolder, readDevice, readKey } from './device-folder.js';
import { flush, type FlushOptions, type Send } from './flush.js';
import { type FolderLock, lockFolder } from './folder-lock.js';
import { QueueFile } from './queue-file.js';

/** What a new device is given. */
export type CreateOptions = DeviceDescription & { readonly folder: string };

/**
 * A device that signs what it sees. Its key, its place in its chain and what nobody has acknowledged yet lie in one
 * folder, and a process that dies at any moment leaves neither a gap in the numbers nor a number used twice: a statement
 * is on the disk before it leaves the kit. One process at a time has a folder open.
 *
 * A folder copied back from a backup is the one thing the kit cannot notice: it would use numbers again. Restore the key
 * never; register a new one.
 */
export class DeviceKit {
  readonly description: DeviceDescription;
  readonly #key: DeviceKey;
  readonly #queue: QueueFile;
  readonly #lock: FolderLock;
  #flushing: Promise<number> | undefined;

  private constructor(description: DeviceDescription, key: DeviceKey, queue: QueueFile, lock: FolderLock) {
    this.description = description;
    this.#key = key;
    this.#queue = queue;
    this.#lock = lock;
  }

  /**
   * Makes a device with a new key in an empty folder, and opens it.
   *
   * @throws DeviceError DEVICE_INVALID, DEVICE_EXISTS_HERE, DEVICE_LOCKED, FILE_UNUSABLE.
   */
  static create({ folder, ...description }: CreateOptions): DeviceKit {
    try {
      checkDescription(description);
    } catch (error) {
      throw new DeviceError('DEVICE_INVALID', `No such device can be made: ${messageOf(error)}.`);
    }
    makeFolder(folder);
    return DeviceKit.#openLocked(folder, () => layDevice(folder, description));
  }

  /**
   * Opens a device where it was left, whatever ended the last process.
   *
   * @throws DeviceError DEVICE_NOT_FOUND, DEVICE_LOCKED, DEVICE_DAMAGED, KEY_DAMAGED, KEY_EXPOSED, QUEUE_DAMAGED,
   *   FILE_UNUSABLE.
   */
  static open(folder: string): DeviceKit {
    readDevice(folder);
    return DeviceKit.#openLocked(folder, () => undefined);
  }

  static #openLocked(folder: string, prepare: () => void): DeviceKit {
    const lock = lockFolder(folder);
    try {
      prepare();
      const description = readDevice(folder);
      const key = readKey(folder);
      const queue = new QueueFile(join(folder, files.queue), { jwk: key.jwk, aud: description.aud });
      return new DeviceKit(description, key, queue, lock);
    } catch (error) {
      lock.release();
      throw error;
    }
  }

  /** Key id: what the ledger knows the device by. */
  get kid(): string {
    return this.#key.kid;
  }

  get jwk(): PublicJwk {
    return this.#key.jwk;
  }

  /** The last sequence number used; 0 before the first. */
  get seq(): number {
    return this.#queue.end.seq;
  }

  /** The proof that registers this device for `owner` (a party id), on the ledger it signs for. */
  proofOfPossession({ owner }: { readonly owner: string }): string {
    const { aud, kind, place } = this.description;
    return provePossession(this.#key, aud, { owner, kind, ...(place === undefined ? {} : { place }) });
  }

  /**
   * Signs an event as the next statement and puts it on the disk.
   *
   * @throws PassageError when no ledger would take the event (not strict JSON, no observation, too large): no number is used then.
   * @throws DeviceError QUEUE_WRITE_FAILED: neither then. QUEUE_CLOSED.
   */
  sign(event: JsonObject): SignedStatement {
    const statement = signStatement(this.#key, this.description.aud, this.#queue.end, event);
    checkEvent(readStatement(statement.jws).payload);
    this.#queue.add(statement);
    return statement;
  }

  /** What was signed and not acknowledged, oldest first. */
  queue(): readonly SignedStatement[] {
    return this.#queue.waiting;
  }

  /** Takes statements off the queue; ids that are not in it are passed over, so an answer may come twice. */
  acknowledge(statementIds: readonly string[]): void {
    this.#queue.acknowledge(statementIds);
  }

  /** Hands the queue over in order (see {@link flush}). A flush that is under way is joined, not doubled. */
  flush(send: Send, options?: FlushOptions): Promise<number> {
    this.#flushing ??= flush(this, send, options).finally(() => {
      this.#flushing = undefined;
    });
    return this.#flushing;
  }

  /** Lets go of the folder. */
  close(): void {
    this.#queue.close();
    this.#lock.release();
  }
}
