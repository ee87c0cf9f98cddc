import { expect } from 'chai';

import { at } from '../testing/read.js';
import type { Members } from '../testing/read.js';
import { act, fine, prepared, record } from '../testing/story.js';
import type { TestDevice } from '../testing/test-device.js';
import { TestGateway, UCR, carrier, importer } from '../testing/test-gateway.js';

describe('handovers over GraphQL', () => {
  let gateway: TestGateway;
  let device: TestDevice;
  before(async () => {
    gateway = await (await TestGateway.open()).start();
    device = await prepared(gateway);
  });
  after(() => gateway.remove());

  const hand = (name: string, who: typeof carrier, input: object, fields: string): Promise<Members> =>
    act(gateway, who, name, { ucr: UCR, ...input }, fields);

  it('show both sides, the witness and how it fits, and the release that they used up', async () => {
    const jws = device.statement(UCR);
    const [id] = await record(gateway, [jws]);

    const offer = {
      requestId: 'o1',
      to: importer.party,
      place: 'KRPUS',
      stated: { count: 40, seals: ['KR1'] },
    };
    await hand('offerHandover', carrier, offer, 'handover { number }');
    const answer = {
      requestId: 'a1',
      handover: 1,
      differences: { count: 39 },
      witness: { kid: device.kid, seq: 1 },
    };
    const { handover } = await hand(
      'acceptHandover',
      importer,
      answer,
      `handover { status expiresAt stated { count seals weight { value } } differences { count condition }
         witnesses { nodes { statementId atPlace secondsOff attachedBy verification { checks } } } }`,
    );
    expect(handover).to.deep.include({
      status: 'accepted',
      stated: { count: 40, seals: ['KR1'], weight: null },
      differences: { count: 39, condition: null },
    });
    expect(at(handover, 'expiresAt')).to.be.a('string');
    const witness = at(handover, 'witnesses.nodes.0');
    expect(witness).to.include({ statementId: id, attachedBy: importer.party });
    expect(at(witness, 'secondsOff')).to.be.a('number');

    const release = {
      requestId: 'gate-1',
      carrier: carrier.party,
      plateCommitment: 'A'.repeat(43),
      place: 'KRPUS',
    };
    const made = await hand('releaseToCarrier', importer, release, 'release { release status carrier from }');
    expect(made['release']).to.deep.equal({
      release: 'gate-1',
      status: 'open',
      carrier: carrier.party,
      from: importer.party,
    });
    const gate = { requestId: 'o2', to: carrier.party, place: 'KRPUS', release: 'gate-1' };
    await hand('offerHandover', importer, gate, 'handover { number }');
    await hand('acceptHandover', carrier, { requestId: 'a2', handover: 2 }, 'custody { custodian }');
    const query = `{ shipment(ucr: "${UCR}") { custody { custodian } carrierReleases { nodes { status handover act { party } } } } }`;
    expect(at(fine(await gateway.ask(query)), 'shipment')).to.deep.equal({
      custody: { custodian: carrier.party },
      carrierReleases: { nodes: [{ status: 'used', handover: 2, act: { party: carrier.party } }] },
    });
  });

  it('are withdrawn by the party that offered', async () => {
    const offer = { requestId: 'o3', to: importer.party, place: 'KRPUS' };
    await hand('offerHandover', carrier, offer, 'handover { number }');
    const withdrawal = { requestId: 'w3', handover: 3, reason: 'wrong party' };
    const { handover, custody } = await hand(
      'withdrawHandover',
      carrier,
      withdrawal,
      'handover { status reason } custody { custodian open { number } }',
    );
    expect(handover).to.deep.equal({ status: 'withdrawn', reason: 'wrong party' });
    expect(custody).to.deep.equal({ custodian: carrier.party, open: null });
    const trace = fine(await gateway.ask(`{ trace(ucr: "${UCR}") { edges { node { __typename } } } }`));
    expect(JSON.stringify(trace).match(/HandoverStep/g)).to.have.length(6);
  });
});
