import { workerData } from 'node:worker_threads';
import { decodeBlockRecord } from '../block/index.js';
import { FactFinder } from '../chain/index.js';
import { answerQuestions } from './answer-questions.js';
import { release } from './release.js';
import type { BlockFacts, FactsWanted } from '../chain/index.js';
import type { RecordedBlocks } from './fact-pool.js';
import type { FinderNotice } from './finder-pool.js';

/** A thread of a `FactPool` that wants no more than Fabric's facts. */
const finder = new FactFinder(workerData as FactsWanted);

answerQuestions<FinderNotice<never>, RecordedBlocks, readonly BlockFacts[]>({
  hear(notice) {
    if ('consenters' in notice) finder.consenters = notice.consenters;
  },
  answer(records) {
    const batch = finder.newBatch();
    const facts = records.map((record) => finder.lookAt(decodeBlockRecord(record), batch));
    const answer = facts.map((found) => found());
    release(records);
    return answer;
  },
});
