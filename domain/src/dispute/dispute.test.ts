import { expect } from 'chai';
import { disputeRef } from '../testing/dispute-stage.js';
import { disputeStages, disputeStatus, disputeSteps, requireStep, speaksAgainst } from './dispute.js';
import type { DisputeRecord, RulingRecord } from './dispute-record.js';

describe('the stages of a dispute', () => {
  const at = '2026-01-01T00:00:00.000Z';
  const open: DisputeRecord = {
    v: 1,
    ...disputeRef,
    event: { act: { by: 'IMPORTER1', requestId: 'open-1', command: 'OpenShipment' } },
    reason: 'r',
    raisedAt: at,
  };
  const said = { finding: 'dismissed', by: 'CARRIER1', at } as const;
  const word: RulingRecord = {
    v: 1,
    ...disputeRef,
    finding: 'upheld',
    by: 'OFFICER1',
    role: 'customs_officer',
    at,
  };
  const cells = {
    open: [open, undefined, ['answer', 'rule', 'withdraw'], 'open', true],
    answered: [{ ...open, answer: said }, undefined, ['rule'], 'dismissed', false],
    ruled: [{ ...open, answer: said }, word, [], 'upheld', true],
    withdrawn: [{ ...open, withdrawn: { at, reason: 'w' } }, undefined, [], 'withdrawn', false],
  } as const;

  for (const stage of disputeStages) {
    const [dispute, ruled, taken, status, against] = cells[stage];
    it(`${stage}: stands as ${status} and takes ${taken.join(', ') || 'no step'}`, () => {
      expect(disputeStatus(dispute, ruled)).to.equal(status);
      expect(speaksAgainst(status)).to.equal(against);
      for (const step of disputeSteps) {
        const go = (): void => {
          requireStep(dispute, ruled, step);
        };
        if ((taken as readonly string[]).includes(step)) expect(go).to.not.throw();
        else expect(go, step).to.throw().with.property('code', 'DISPUTE_CLOSED');
      }
    });
  }
});
