import { MessageChannel, Worker, receiveMessageOnPort } from 'node:worker_threads';

import type {
  ConnectionAnswer,
  ConnectionCall,
  ConnectionThreadData,
  Statement,
} from './connection-thread.js';

/** Longer than any statement of the index takes, in milliseconds. */
const PATIENCE = 600_000;

/** Asks the thread that talks to the server; made with the first connection, and shared by all of a thread. */
let ask: ((call: ConnectionCall) => ConnectionAnswer) | undefined;
let newest = 0;

/**
 * A connection to PostgreSQL whose answers are waited for: the caller's thread stands still while another one talks to the server. For
 * the thread that writes the index, whose rules look things up at once; `pg` itself answers later.
 */
export class SyncConnection {
  readonly #connection = (newest += 1);
  readonly #url: string;

  constructor(url: string) {
    this.#url = url;
  }

  /** Connects where there is no connection, then carries out statements on it, as `run` does. */
  open(...statements: readonly Statement[]): readonly unknown[] {
    return this.#ask({ url: this.#url, statements });
  }

  /** Carries out statements in order, and gives the rows of the last. Throws where one fails, or where there is no connection. */
  run(statements: readonly Statement[]): readonly unknown[] {
    return this.#ask({ statements });
  }

  close(): void {
    this.#ask({ close: true });
  }

  #ask(call: Omit<ConnectionCall, 'connection'>): readonly unknown[] {
    ask ??= startThread();
    const answer = ask({ connection: this.#connection, ...call });
    if ('rows' in answer) return answer.rows;
    const { message, code } = answer.error;
    throw Object.assign(new Error(message), { code });
  }
}

function startThread(): (call: ConnectionCall) => ConnectionAnswer {
  const { port1: port, port2 } = new MessageChannel();
  const answers = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
  const workerData: ConnectionThreadData = { port: port2, answers };
  new Worker(new URL('./connection-thread.js', import.meta.url), {
    workerData,
    transferList: [port2],
  }).unref();
  port.unref();
  let taken = 0;
  return (call) => {
    port.postMessage(call);
    const waited = Atomics.wait(answers, 0, taken, PATIENCE);
    const received = receiveMessageOnPort(port) as { readonly message: ConnectionAnswer } | undefined;
    if (waited === 'timed-out' || received === undefined) {
      // What it may answer yet belongs to nobody.
      ask = undefined;
      throw new Error('the database does not answer');
    }
    taken += 1;
    return received.message;
  };
}
