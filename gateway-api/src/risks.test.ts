/* eslint-disable @typescript-eslint/no-unsafe-assignment, @typescript-eslint/no-unsafe-member-access -- a test reads the members it has just asked for */
import { expect } from 'chai';

import type { Caller } from './auth/caller.js';
import { fine, prepared } from './testing/story.js';
import { TestGateway, UCR, importer } from './testing/test-gateway.js';

const officer: Caller = {
  subject: 't',
  org: 'customs',
  party: 'OFFICER-7',
  role: 'customs_officer',
  admin: false,
};
const customsAdmin: Caller = { subject: 't', org: 'customs', admin: true };
const rules = { name: 'import', version: '2026.2' };

describe('risk assessments over GraphQL', () => {
  let business: TestGateway;
  let customs: TestGateway;

  before(async () => {
    business = await (await TestGateway.open()).start();
    await prepared(business);
    customs = await (await TestGateway.open({ ledger: business.ledger, org: 'customs' })).start();
    const input = { requestId: 'o', partyId: 'OFFICER-7', name: 'An officer', roles: ['customs_officer'] };
    const mutation =
      'mutation ($input: RegisterPartyInput!) { registerParty(input: $input) { party { id } } }';
    fine(await customs.ask(mutation, customsAdmin, { input }));
  });
  after(async () => {
    await customs.remove();
    await business.remove();
  });

  it('shows each with its rules, its reasons and its block', async () => {
    const mutation = `mutation ($input: AssessRiskInput!) {
      assessRisk(input: $input) { risk { number score declaration by verification { block } } receipt { block } }
    }`;
    const scores = [];
    for (const points of [30, -5]) {
      const contributions = [{ rule: 'origin.duty', points, reason: 'Anti-dumping duty' }];
      const input = { requestId: `r${String(points)}`, ucr: UCR, rules, score: points, contributions };
      const { risk, receipt } = fine(await customs.ask(mutation, officer, { input }))['assessRisk'];
      expect(risk.verification).to.deep.equal(receipt);
      scores.push([risk.number, risk.score, risk.declaration, risk.by]);
    }
    expect(scores).to.deep.equal([
      [1, 30, null, 'OFFICER-7'],
      [2, -5, null, 'OFFICER-7'],
    ]);
    const fields = 'rules { name version } score contributions { rule points reason } act { party }';
    const query = `{ shipment(ucr: "${UCR}") { risks { ${fields} } } }`;
    const [first, second] = fine(await customs.ask(query, officer)).shipment.risks;
    expect(first).to.deep.equal({
      rules,
      score: 30,
      contributions: [{ rule: 'origin.duty', points: 30, reason: 'Anti-dumping duty' }],
      act: { party: 'OFFICER-7' },
    });
    expect(second.score).to.equal(-5);
  });

  it('proposes a score by what is recorded', async () => {
    const query = `{ shipment(ucr: "${UCR}") { proposedRisk { rules { name version } score contributions { rule } } } }`;
    const proposal = async (): Promise<unknown> =>
      fine(await customs.ask(query, officer)).shipment.proposedRisk;
    const own = { name: 'passage', version: '1' };
    expect(await proposal()).to.deep.equal({ rules: own, score: 0, contributions: [] });
    const trust = 'mutation ($input: DecideAeoInput!) { decideAeo(input: $input) { receipt { block } } }';
    const given = { requestId: 'a', partyId: importer.party, status: 'given', reason: 'audited' };
    fine(await customs.ask(trust, officer, { input: given }));
    expect(await proposal()).to.deep.equal({
      rules: own,
      score: -30,
      contributions: [{ rule: 'trader.aeo' }],
    });
  });
});
