import { workerData } from 'node:worker_threads';
import type { SignatureMethod } from '@passage/ledger';
import { answerQuestions, type FinderNotice } from '@passage/ledger/threads';
import { OutlineReader } from './outline.js';
import type { Outline, OutlineQuestion } from './outline.js';

/** A thread that reads blocks for itself, so that they need not be handed over. */
const reader = new OutlineReader(workerData as SignatureMethod | undefined);

answerQuestions<FinderNotice<never>, OutlineQuestion, readonly (Outline | undefined)[]>({
  hear(notice) {
    if ('consenters' in notice) reader.consenters = notice.consenters;
  },
  answer: (question) => reader.outlinesOf(question),
});
