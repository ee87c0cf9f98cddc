import { rmSync } from 'node:fs';
import { checkEvent, type JsonObject, type PublicJwk, readStatement } from '@passage/domain';
import { DeviceError, messageOf } from '../errors/device-error.js';
import type { DeviceKey } from '../keys/device-key.js';
import { provePossession } from '../statement/prove-possession.js';
import { signStatement, type SignedStatement } from '../statement/sign-statement.js';
import { checkDescription, type DeviceDescription } from './device-description.js';
import { layDevice, makeFolder, pathsOf, readDevice, readKey } from './device-folder.js';
import { layEpoch, type NewEpoch } from './epoch.js';
import { flush, type FlushOptions, type Outbox, type Send } from './flush.js';
import { type FolderLock, lockFolder } from './folder-lock.js';
import { QueueFile } from './queue-file.js';
import { forgetEarlier, layRotation, readRotation, type Rotation } from './rotation.js';

/** What is open of a device: its present key with its queue. */
interface Opened {
  readonly description: DeviceDescription;
  readonly key: DeviceKey;
  readonly queue: QueueFile;
  readonly rotation?: Rotation;
}

function openDevice(folder: string, description: DeviceDescription): Opened {
  const key = readKey(folder, description);
  const rotation = readRotation(folder, description);
  const queue = new QueueFile(pathsOf(folder, description).queue, { jwk: key.jwk, aud: description.aud });
  return { description, key, queue, ...(rotation !== undefined && { rotation }) };
}

/** What a new device is given. */
export type CreateOptions = Omit<DeviceDescription, 'generation'> & { readonly folder: string };

/**
 * A device that signs what it sees. Its key, its place in its chain and what nobody has acknowledged yet lie in one
 * folder, and a process that dies at any moment leaves neither a gap in the numbers nor a number used twice: a statement
 * is on the disk before it leaves the kit. One process at a time has a folder open.
 *
 * A folder copied back from a backup is the one thing the kit cannot notice: it would use numbers again. Register a new key
 * then, or start a new epoch above every number that the device can have used.
 */
export class DeviceKit {
  readonly #folder: string;
  readonly #lock: FolderLock;
  #opened: Opened;
  #closed = false;
  #flushing: Promise<number> | undefined;

  private constructor(folder: string, lock: FolderLock, opened: Opened) {
    this.#folder = folder;
    this.#lock = lock;
    this.#opened = opened;
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

  /**
   * Opens a device that has lost its memory, but not its key, where its new epoch starts: its queue was damaged, removed or
   * copied back from a backup. The owner has asked the ledger before (`StartEpoch`), whose answer this is.
   *
   * @throws DeviceError EPOCH_INVALID, and as `open`.
   */
  static startEpoch(folder: string, epoch: NewEpoch): DeviceKit {
    const description = readDevice(folder);
    return DeviceKit.#openLocked(folder, () => layEpoch(folder, description, epoch));
  }

  static #openLocked(folder: string, prepare: () => void): DeviceKit {
    const lock = lockFolder(folder);
    try {
      prepare();
      const description = readDevice(folder);
      const opened = openDevice(folder, description);
      forgetEarlier(folder, description);
      return new DeviceKit(folder, lock, opened);
    } catch (error) {
      lock.release();
      throw error;
    }
  }

  get description(): DeviceDescription {
    return this.#opened.description;
  }

  /** Key id: what the ledger knows the device by. */
  get kid(): string {
    return this.#opened.key.kid;
  }

  get jwk(): PublicJwk {
    return this.#opened.key.jwk;
  }

  /** The last sequence number used; 0 before the first. */
  get seq(): number {
    return this.#opened.queue.end.seq;
  }

  /** The proof that registers this device for `owner` (a party id), on the ledger it signs for. */
  proofOfPossession({ owner }: { readonly owner: string }): string {
    const { aud, kind, place } = this.description;
    return provePossession(this.#opened.key, aud, { owner, kind, ...(place === undefined ? {} : { place }) });
  }

  /**
   * Signs an event as the next statement and puts it on the disk.
   *
   * @throws PassageError when no ledger would take the event (not strict JSON, no observation, too large): no number is used then.
   * @throws DeviceError QUEUE_WRITE_FAILED: neither then. QUEUE_CLOSED.
   */
  sign(event: JsonObject): SignedStatement {
    const statement = signStatement(this.#opened.key, this.description.aud, this.#opened.queue.end, event);
    checkEvent(readStatement(statement.jws).payload);
    this.#opened.queue.add(statement);
    return statement;
  }

  /**
   * Gives the device a new key, whose statements count from 1; the old one is removed once it has signed where its own chain
   * ends. The answer has to reach the ledger (`RotateDevice`) and be confirmed here before statements of the new key are handed
   * over; until then the same answer is given again, after a crash as well.
   *
   * @param owner the party id that the device is registered for.
   * @throws DeviceError FILE_UNUSABLE: the device has its old key then. QUEUE_CLOSED.
   */
  rotate({ owner }: { readonly owner: string }): Rotation {
    const { description, key, queue, rotation } = this.#opened;
    if (this.#closed) throw new DeviceError('QUEUE_CLOSED', `${this.#folder} was closed.`);
    if (rotation !== undefined) return rotation;
    const { end, earlier, waiting } = queue;
    const next = layRotation(this.#folder, description, { key, end, earlier, waiting }, owner);
    // From here on the old key must sign nothing, whatever happens.
    queue.close();
    this.#closed = true;
    this.#opened = openDevice(this.#folder, next);
    this.#closed = false;
    forgetEarlier(this.#folder, next);
    return this.rotate({ owner });
  }

  /** The rotation that the ledger has not confirmed yet. */
  get rotation(): Rotation | undefined {
    return this.#opened.rotation;
  }

  /** Notes that the ledger knows the new key: its statements are handed over from now on. */
  confirmRotation(): void {
    rmSync(pathsOf(this.#folder, this.description).rotation, { force: true });
    const { rotation: confirmed, ...opened } = this.#opened;
    if (confirmed !== undefined) this.#opened = opened;
  }

  /** What was signed and not acknowledged, oldest first. */
  queue(): readonly SignedStatement[] {
    return this.#opened.queue.waiting;
  }

  /** Takes statements off the queue; ids that are not in it are passed over, so an answer may come twice. */
  acknowledge(statementIds: readonly string[]): void {
    this.#opened.queue.acknowledge(statementIds);
  }

  /**
   * Hands the queue over in order (see {@link flush}); of a key that the ledger does not know yet, nothing. A flush that is under
   * way is joined, not doubled.
   */
  flush(send: Send, options?: FlushOptions): Promise<number> {
    const outbox: Outbox = {
      queue: () => this.#deliverable(),
      acknowledge: (statementIds) => this.acknowledge(statementIds),
    };
    this.#flushing ??= flush(outbox, send, options).finally(() => {
      this.#flushing = undefined;
    });
    return this.#flushing;
  }

  #deliverable(): readonly SignedStatement[] {
    if (this.rotation === undefined) return this.queue();
    return this.queue().filter(({ jws }) => readStatement(jws).header.kid !== this.kid);
  }

  /** Lets go of the folder. */
  close(): void {
    if (!this.#closed) this.#opened.queue.close();
    this.#closed = true;
    this.#lock.release();
  }
}
