import { workerData } from 'node:worker_threads';
import { decodeBlockRecord, FactFinder } from '@passage/ledger';
import { answerQuestions, release, type FinderNotice, type RecordedBlocks } from '@passage/ledger/threads';
import type { StatementSignatures } from '@passage/evidence/statements';
import type { AuditFacts, AuditFactsWanted, DeviceKey } from './audit-facts.js';

/** A thread that checks Fabric's signatures and, as soon as it knows a device, those of devices. */
const wanted = workerData as AuditFactsWanted;
const finder = new FactFinder(wanted);
let statements: StatementSignatures | undefined;

answerQuestions<FinderNotice<DeviceKey>, RecordedBlocks, readonly AuditFacts[]>({
  hear(notice) {
    if ('consenters' in notice) finder.consenters = notice.consenters;
    else if (notice.keys.length > 0) void know(notice.keys);
  },
  answer(records) {
    const batch = finder.newBatch();
    const found = records.map((record) => {
      const block = decodeBlockRecord(record);
      return { facts: finder.lookAt(block, batch), statements: statements?.goodIn(block.envelopes, batch) };
    });
    const answer = found.map(({ facts, statements: signed }) =>
      signed === undefined ? facts() : { ...facts(), signedStatements: signed() },
    );
    release(records);
    return answer;
  },
});

/** The rules of the domain are loaded only where there are devices: on a chain of others they would take longest of all. */
async function know(keys: readonly DeviceKey[]): Promise<void> {
  const { StatementSignatures: Signatures } = await import('@passage/evidence/statements');
  statements ??= new Signatures(wanted.chaincode);
  statements.know(keys);
}
