import { workerData } from 'node:worker_threads';

import { StatementSignatures } from '@passage/evidence/statements';
import { FactFinder, decodeBlockRecord, restoreHead } from '@passage/ledger';
import { answerQuestions } from '@passage/ledger/threads';
import type { FinderNotice, RecordedBlocks } from '@passage/ledger/threads';

import { blockReader } from '../reading/block-reader.js';
import type { ReadBy } from '../reading/block-reader.js';
import type { IndexFacts, IndexFactsWanted, Told } from './index-facts.js';
import { yieldToOthers } from './yield-to-others.js';

/** A thread that checks the signatures of Fabric's members and of devices, or reads blocks, ahead of the one that writes the index. */
const wanted = workerData as IndexFactsWanted;
const finder = new FactFinder(wanted);
const statements = new StatementSignatures(wanted.chaincode);
const read = wanted.reading && blockReader(wanted.chaincode, wanted.reading);
let readBy: ReadBy | undefined;

function hear(told: Told): void {
  if ('device' in told) statements.know([told.device]);
  else readBy = restoreHead(told.head);
}

if (wanted.yields) yieldToOthers();
answerQuestions<FinderNotice<Told>, RecordedBlocks, readonly IndexFacts[]>({
  hear(notice) {
    if ('consenters' in notice) finder.consenters = notice.consenters;
    else notice.keys.forEach(hear);
  },
  answer(records) {
    const batch = finder.newBatch();
    const found = records.map((record) => {
      const block = decodeBlockRecord(record);
      const facts = finder.lookAt(block, batch);
      const signed = read === undefined ? statements.goodIn(block.envelopes, batch) : undefined;
      return { facts, signed, reading: readBy && read?.(block, readBy) };
    });
    return found.map(({ facts, signed, reading }) => ({
      ...facts(),
      ...(signed && { signedStatements: signed() }),
      ...(reading && { reading }),
    }));
  },
});
