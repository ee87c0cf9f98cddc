import { workerData } from 'node:worker_threads';

import type { PublicJwk } from '@passage/domain';
import { StatementSignatures } from '@passage/evidence/statements';
import { FactFinder, decodeBlockRecord } from '@passage/ledger';
import { answerQuestions } from '@passage/ledger/threads';
import type { FinderNotice, RecordedBlocks } from '@passage/ledger/threads';

import type { IndexFacts, IndexFactsWanted } from './index-facts.js';
import { yieldToOthers } from './yield-to-others.js';

/** A thread that checks the signatures of Fabric's members and of devices, ahead of the one that writes the index. */
const wanted = workerData as IndexFactsWanted;
const finder = new FactFinder(wanted);
const statements = new StatementSignatures(wanted.chaincode);

yieldToOthers();
answerQuestions<FinderNotice<PublicJwk>, RecordedBlocks, readonly IndexFacts[]>({
  hear(notice) {
    if ('consenters' in notice) finder.consenters = notice.consenters;
    else statements.know(notice.keys);
  },
  answer(records) {
    const batch = finder.newBatch();
    const found = records.map((record) => {
      const block = decodeBlockRecord(record);
      return { facts: finder.lookAt(block, batch), signed: statements.goodIn(block.envelopes, batch) };
    });
    return found.map(({ facts, signed }) => ({ ...facts(), signedStatements: signed() }));
  },
});
