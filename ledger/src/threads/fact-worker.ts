import { workerData } from 'node:worker_threads';
import { decodeBlockRecord } from '../block/index.js';
import { FactFinder } from '../chain/index.js';
import { answerQuestions } from './answer-questions.js';
import type { BlockFacts, FactsWanted } from '../chain/index.js';
import type { Consenter } from '../proto/index.js';
import type { RecordedBlocks } from './fact-pool.js';

/** A thread of a `FactPool`. */
const finder = new FactFinder(workerData as FactsWanted);

answerQuestions<readonly Consenter[], RecordedBlocks, readonly BlockFacts[]>({
  hear(consenters) {
    finder.consenters = consenters;
  },
  answer: (records) => records.map((record) => finder.factsOf(decodeBlockRecord(record))),
});
