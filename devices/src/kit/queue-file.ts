import type { PublicJwk } from '@passage/domain';
import type { ChainEnd, SignedStatement } from '../statement/sign-statement.js';
import { DeviceError, messageOf } from '../errors/device-error.js';
import { LineLog } from './line-log.js';
import { doneLine, headLine, type QueueOwner, readQueue, statementLine } from './queue-state.js';

/** So many acknowledged statements may lie in the file before it is tidied. */
const tidyAfter = 200;

/** The statements that a device has signed and nobody has acknowledged yet, kept on disk. */
export class QueueFile {
  /** The device's keys before this one of which statements may wait. */
  readonly earlier: readonly PublicJwk[];
  readonly #log: LineLog;
  readonly #waiting: Map<string, SignedStatement>;
  #end: ChainEnd;
  #done = 0;

  /** @throws DeviceError QUEUE_DAMAGED when a line is not as the kit wrote it. */
  constructor(path: string, owner: QueueOwner) {
    const { log, lines } = openLog(path);
    try {
      const { end, waiting, earlier } = readQueue(lines, owner);
      this.earlier = earlier;
      this.#end = end;
      this.#waiting = new Map(waiting);
      this.#log = log;
    } catch (error) {
      log.close();
      throw new DeviceError('QUEUE_DAMAGED', `${path}, ${messageOf(error)}.`);
    }
  }

  /** The last number used and its statement. */
  get end(): ChainEnd {
    return this.#end;
  }

  get waiting(): readonly SignedStatement[] {
    return [...this.#waiting.values()];
  }

  /** Puts the chain's next statement on the disk; only then is its number used. */
  add(statement: SignedStatement): void {
    this.#log.append(statementLine(statement));
    this.#waiting.set(statement.statementId, statement);
    this.#end = { seq: statement.seq, last: statement.statementId };
  }

  /** Notes that these need not be sent again. What is not waiting (an answer that came twice) is passed over. */
  acknowledge(statementIds: readonly string[]): void {
    const known = statementIds.filter((id) => this.#waiting.has(id));
    if (known.length === 0) return;
    this.#log.append(doneLine(known));
    for (const id of known) this.#waiting.delete(id);
    this.#done += known.length;
    if (this.#done >= tidyAfter) this.#tidy();
  }

  close(): void {
    this.#log.close();
  }

  #tidy(): void {
    this.#log.replace([headLine(this.#end, this.waiting, this.earlier)]);
    this.#done = 0;
  }
}

function openLog(path: string): { log: LineLog; lines: string[] } {
  try {
    return LineLog.open(path);
  } catch (error) {
    throw new DeviceError('QUEUE_DAMAGED', `${path} cannot be read: ${messageOf(error)}.`);
  }
}
