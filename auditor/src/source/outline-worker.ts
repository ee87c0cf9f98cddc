import { answerQuestions } from '@passage/ledger/threads';
import { OutlineReader } from './outline.js';
import type { Consenter } from '@passage/ledger';
import type { Outline, OutlineQuestion } from './outline.js';

/** A thread that reads blocks for itself, so that they need not be handed over. */
const reader = new OutlineReader();

answerQuestions<readonly Consenter[], OutlineQuestion, readonly (Outline | undefined)[]>({
  hear(consenters) {
    reader.consenters = consenters;
  },
  answer: (question) => reader.outlinesOf(question),
});
