import { Worker } from 'node:worker_threads';

import { askThread } from '../index/ask-thread.js';
import type { AlertFinder } from './alert-finder.js';
import type { Noticed } from './find-noticed.js';

/** What the thread needs to open the index. */
export interface FinderThreadData {
  /** As `openIndex` takes it. */
  readonly place: string;
}

export type FinderQuestion = { readonly ucr: string } | { readonly from: number; readonly to: number };

/** The thread's answer to one question. */
export type FinderAnswer =
  | { readonly noticed: readonly Noticed[] }
  | { readonly touched: readonly string[] }
  | { readonly failed: string };

/**
 * Finds alerts in a thread of its own: a long journey takes long to look through, and no query waits for it. It is asked one question
 * at a time. The thread starts with the first one; a fault in it fails that one, and the next one gets a new thread.
 */
export function startFinderThread(data: FinderThreadData): AlertFinder {
  let thread: Worker | undefined;
  const ask = async (question: FinderQuestion): Promise<FinderAnswer> => {
    thread ??= new Worker(new URL('./finder-worker.js', import.meta.url), { workerData: data });
    try {
      return await askThread<FinderAnswer>(thread, question);
    } catch (error) {
      await thread.terminate();
      thread = undefined;
      throw error;
    }
  };
  return {
    async noticed(ucr) {
      const answer = await ask({ ucr });
      if ('noticed' in answer) return answer.noticed;
      throw failure(answer);
    },
    async touched(from, to) {
      const answer = await ask({ from, to });
      if ('touched' in answer) return answer.touched;
      throw failure(answer);
    },
    async close() {
      await thread?.terminate();
      thread = undefined;
    },
  };
}

function failure(answer: FinderAnswer): Error {
  return new Error('failed' in answer ? answer.failed : 'the thread answered another question');
}
