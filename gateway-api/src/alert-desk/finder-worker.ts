import { parentPort, workerData } from 'node:worker_threads';

import { reasonOf } from '../files/disk-full.js';
import { openIndex } from '../index/index-database.js';
import { IndexReader } from '../index/reader.js';
import { alertFinder } from './alert-finder.js';
import type { FinderAnswer, FinderQuestion, FinderThreadData } from './finder-thread.js';

/** The thread's own side: opens the index once, then answers. */
const { place } = workerData as FinderThreadData;
const finder = alertFinder(new IndexReader((await openIndex(place)).rows));

async function answer(question: FinderQuestion): Promise<FinderAnswer> {
  try {
    if ('ucr' in question) return { noticed: await finder.noticed(question.ucr) };
    return { touched: await finder.touched(question.from, question.to) };
  } catch (error) {
    return { failed: reasonOf(error) };
  }
}

parentPort?.on('message', (question: FinderQuestion) => {
  void answer(question).then((found) => parentPort?.postMessage(found));
});
