import { expect } from 'chai';

import { Refusal } from '../errors.js';
import { answerOf } from '../testing/answer.js';
import type { Answer } from '../testing/answer.js';
import { mutation } from '../testing/mutation.js';
import { at } from '../testing/read.js';
import { codeOf, fine, prepared, registerParty } from '../testing/story.js';
import { TestGateway, UCR, carrier } from '../testing/test-gateway.js';

describe('a request that rests on a block', () => {
  let gateway: TestGateway;
  beforeEach(async () => {
    gateway = await (await TestGateway.open()).start();
  });
  afterEach(() => gateway.remove());

  const ask = async (block: string, query: string, variables: object = {}): Promise<Answer> => {
    const headers = { 'content-type': 'application/json', 'passage-after-block': block };
    const body = JSON.stringify({ query, variables });
    return answerOf(await gateway.fetch({ method: 'POST', headers, body }, carrier));
  };
  const newest = (): number => gateway.ledger.chain.length - 1;

  it('is answered once the index has the block', async () => {
    const next = newest() + 1;
    const waiting = ask(String(next), '{ party(id: "LATER") { verification { asOfBlock } } }');
    await registerParty(gateway, 'LATER', 'carrier');
    expect(at(fine(await waiting), 'party.verification.asOfBlock')).to.equal(next);
  });

  it('is refused with a code of its own when the block does not come', async () => {
    const answer = await ask(String(newest() + 1), '{ ledgerStatus { indexedBlock } }');
    expect(answer.status).to.equal(503);
    expect(codeOf(answer)).to.equal('BLOCK_NOT_REACHED');
    expect(answer.errors?.[0]?.extensions).to.deep.include({
      retryable: true,
      details: { afterBlock: newest() + 1, indexedBlock: newest() },
    });
  });

  it('is refused when its header holds no number', async () => {
    for (const block of ['', 'newest', '-1', '1.5', '9'.repeat(16)]) {
      const answer = await ask(block, '{ ledgerStatus { height } }');
      expect([answer.status, codeOf(answer)], block).to.deep.equal([400, 'BAD_ARGUMENT']);
    }
  });

  it('is proposed again while peers of others have not come to the block yet', async () => {
    await prepared(gateway);
    let behind = 3;
    gateway.ledger.faults = {
      endorse: (command) => {
        if (command !== 'OfferHandover' || behind-- <= 0) return undefined;
        const endorsers = [{ mspId: 'CustomsMSP', address: 'localhost:0', message: 'SHIPMENT_UNKNOWN' }];
        return new Refusal('SHIPMENT_UNKNOWN', 'no', { endorsers });
      },
    };
    const offer = mutation('offerHandover', 'handover { number }');
    const input = { requestId: 'o', ucr: UCR, to: 'KRIMP01', place: 'KRPUS' };
    expect(codeOf(await gateway.ask(offer, carrier, { input }))).to.equal('SHIPMENT_UNKNOWN');
    expect(at(fine(await ask(String(newest()), offer, { input })), 'offerHandover.handover.number')).to.equal(
      1,
    );
  });
});
