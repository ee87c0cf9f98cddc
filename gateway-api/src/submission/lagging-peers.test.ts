import { expect } from 'chai';

import { Refusal, gatewayError } from '../errors.js';
import { whilePeersCatchUp } from './lagging-peers.js';

const OWN = 'BusinessMSP';

const refusal = (code: string, ...mspIds: readonly string[]): Refusal =>
  new Refusal(code, code, {
    endorsers: mspIds.map((mspId) => ({ mspId, address: 'localhost:0', message: code })),
  });

describe('peers that lag behind', () => {
  const { signal } = new AbortController();
  /** How often an act is proposed that is refused so at first, and twice at most. */
  const proposals = async (error: Error, patience?: number): Promise<number> => {
    let count = 0;
    const propose = () => (++count > 2 ? Promise.resolve() : Promise.reject(error));
    await whilePeersCatchUp(propose, OWN, signal, patience).catch((thrown: unknown) => {
      expect(thrown).to.equal(error);
    });
    return count;
  };

  it('are asked again while they alone refuse, or come to another result', async () => {
    expect(await proposals(refusal('HANDOVER_UNKNOWN', 'CustomsMSP'))).to.equal(3);
    expect(await proposals(refusal('ENDORSEMENT_MISMATCH', 'CustomsMSP', 'PortMSP'))).to.equal(3);
  });

  it('get so much time and no more', async () => {
    expect(await proposals(refusal('HANDOVER_UNKNOWN', 'CustomsMSP'), -1)).to.equal(1);
  });

  it('are not waited for when the own peer refuses, too, or nobody judged at all', async () => {
    expect(await proposals(refusal('HANDOVER_UNKNOWN', OWN))).to.equal(1);
    expect(await proposals(refusal('HANDOVER_UNKNOWN', 'CustomsMSP', OWN))).to.equal(1);
    expect(await proposals(refusal('LEDGER_UNAVAILABLE', 'CustomsMSP'))).to.equal(1);
    expect(await proposals(gatewayError('ENROLMENT_FAILED', 'no'))).to.equal(1);
  });
});
