import { once } from 'node:events';
import type { Worker } from 'node:worker_threads';
import type { BlockSource } from '../source/block-source.js';

/**
 * The same source, which gives no further block until every thread that was started meanwhile is ready: so that threads get their share
 * of a chain, too, that would be judged before they are.
 */
export function waitingForThreads(source: BlockSource): BlockSource {
  return {
    ...source,
    async *blocks(from) {
      const ready: Promise<unknown>[] = [];
      const note = (thread: Worker): void => void ready.push(once(thread, 'message'));
      process.on('worker', note);
      try {
        for await (const block of source.blocks(from)) {
          await Promise.all(ready);
          yield block;
        }
      } finally {
        process.off('worker', note);
      }
    },
  };
}
