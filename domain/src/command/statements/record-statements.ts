import { eventActWrites } from '../../acts/event-acts.js';
import { object } from '../../shape/composites.js';
import { readInput } from '../define.js';
import type { Operation } from '../operation.js';
import { actingParty, actingPartyReads } from '../registry.js';
import {
  batchActReads,
  batchActReadsThen,
  batchReads,
  batchTexts,
  decideBatch,
  readBatch,
} from './statement-batch.js';

type RecordStatementsInput = { readonly statements: readonly string[] };

const input = object<RecordStatementsInput>({ statements: batchTexts }, {});

/**
 * Any registered party brings statements of devices; each is judged by its own device, not by who brings it; an act needs
 * the permission of the device's owner. The batch behaves as if its statements ran one after another, and is recorded whole or not at all.
 */
export const recordStatements: Operation = {
  name: 'RecordStatements',
  by: 'party',
  writes: ['statement', ...eventActWrites],
  prepare(argument, caller) {
    const batch = readBatch(readInput('RecordStatements', input, argument).statements);
    return {
      reads: [...actingPartyReads(caller), ...batchReads(batch), ...batchActReads(batch)],
      readsThen: (view) => batchActReadsThen(batch, view),
      decide(view, tx) {
        actingParty(caller, view);
        const { writes, results } = decideBatch(batch, view, { tx });
        return { writes, response: { results } };
      },
    };
  },
};
