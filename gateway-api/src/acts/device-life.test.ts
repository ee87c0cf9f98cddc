import { readStatement } from '@passage/domain';
import { expect } from 'chai';

import { at, nodesOf } from '../testing/read.js';
import type { Members } from '../testing/read.js';
import { act, fine, prepared, record, recordStatements } from '../testing/story.js';
import { TestDevice } from '../testing/test-device.js';
import { TestGateway, UCR, carrier, importer } from '../testing/test-gateway.js';

describe("the life of a device's key", () => {
  let gateway: TestGateway;
  let device: TestDevice;
  before(async () => {
    gateway = await (await TestGateway.open()).start();
    device = await prepared(gateway);
  });
  after(() => gateway.remove());

  const send = (...statements: readonly string[]): Promise<Members> => recordStatements(gateway, statements);

  it('refuses the statements of a suspended key at the door, and takes them when it is resumed', async () => {
    const { kid } = device;
    const { device: suspended } = await act(
      gateway,
      carrier,
      'suspendDevice',
      { kid, reason: 'repair' },
      'device { status suspension { by reason } act { party } }',
    );
    expect(suspended).to.deep.equal({
      status: 'suspended',
      suspension: { by: 'owner', reason: 'repair' },
      act: { party: 'CARRIER' },
    });
    const statement = device.statement(UCR);
    const { accepted, refused } = await send(statement);
    expect(accepted).to.deep.equal([]);
    expect(at(refused, '0')).to.include({ code: 'DEVICE_SUSPENDED', pointer: '/header/kid' });
    const { device: resumed } = await act(
      gateway,
      carrier,
      'resumeDevice',
      { kid },
      'device { status suspension { by } }',
    );
    expect(resumed).to.deep.equal({ status: 'active', suspension: null });
    await record(gateway, [statement]);
  });

  it('starts a new epoch after the last statement that the ledger holds', async () => {
    const { kid } = device;
    const { device: counted } = await act(
      gateway,
      carrier,
      'startEpoch',
      { kid, after: 1, firstSeq: 500 },
      'device { epoch { number firstSeq after { seq last } } }',
    );
    expect(at(counted, 'epoch')).to.deep.include({ number: 2, firstSeq: 500 });
    expect(at(counted, 'epoch.after')).to.include({ seq: 1 });
  });

  it('rotates a key, and shows each key the other', async () => {
    const next = new TestDevice();
    await record(gateway, [device.statement(UCR)]);
    const { device: fresh } = await act(
      gateway,
      carrier,
      'rotateDevice',
      {
        proof: next.proof({ owner: 'CARRIER', kind: 'xray_scanner' }),
        rotation: device.rotationTo(next.kid),
      },
      'device { kid status predecessor { kid seq last } }',
    );
    expect(fresh).to.deep.equal({
      kid: next.kid,
      status: 'active',
      predecessor: { kid: device.kid, seq: 2, last: device.last },
    });
    const query = '{ device(kid: "' + device.kid + '") { status successor { kid seq } } }';
    expect(at(fine(await gateway.ask(query)), 'device')).to.deep.equal({
      status: 'rotated',
      successor: { kid: next.kid, seq: 2 },
    });
    const { refused } = await send(device.statement(UCR));
    expect(at(refused, '0')).to.include({ code: 'DEVICE_ROTATED' });
    device = next;
  });

  it('keeps a proof of equivocation with both statements, and the key is suspended', async () => {
    const before = device.mark();
    const one = device.statement(UCR);
    device.returnTo(before);
    const other = device.statement(UCR, { bizStep: 'departing' });
    const { equivocation, device: accused } = await act(
      gateway,
      importer,
      'fileEquivocation',
      { statements: [one, other] },
      `equivocation { seq filedBy statements verification { checks } }
       device { status suspension { by } equivocations { nodes { seq } } }`,
    );
    expect(equivocation).to.deep.include({ seq: 1, filedBy: 'KRIMP01', statements: [one, other] });
    expect(at(equivocation, 'verification.checks')).not.to.be.empty;
    expect(accused).to.deep.equal({
      status: 'suspended',
      suspension: { by: 'equivocation' },
      equivocations: { nodes: [{ seq: 1 }] },
    });
    const again = await act(
      gateway,
      carrier,
      'fileEquivocation',
      { statements: [other, one] },
      'equivocation { filedBy }',
    );
    expect(at(again, 'equivocation.filedBy')).to.equal('KRIMP01');
  });

  it('shows late evidence of a revoked key as unproven', async () => {
    const { kid } = device;
    const late = device.statement(UCR);
    const { device: revoked } = await act(
      gateway,
      carrier,
      'revokeDevice',
      { kid, reason: 'stolen', compromisedSince: { block: 3 } },
      'device { status reason compromise { since { block time } confirmedAt } }',
    );
    expect(revoked).to.deep.equal({
      status: 'revoked',
      reason: 'stolen',
      compromise: { since: { block: 3, time: null }, confirmedAt: null },
    });
    const { statements } = await act(
      gateway,
      carrier,
      'fileLateEvidence',
      { statements: [late] },
      'statements { id duplicate }',
    );
    const { statementId } = readStatement(late);
    expect(statements).to.deep.equal([{ id: statementId, duplicate: false }]);
    const query = `{ trace(ucr: "${UCR}", first: 100) { edges { node {
      ... on Observation { statementId late verification { checks notChecked } } } } } }`;
    const nodes = nodesOf(at(fine(await gateway.ask(query)), 'trace')).filter(
      (node) => 'late' in Object(node),
    );
    const filed = nodes.find((node) => at(node, 'statementId') === statementId);
    expect(at(filed, 'late')).to.equal(true);
    expect(at(filed, 'verification.notChecked.0')).to.contain('unproven');
    expect(at(filed, 'verification.checks')).to.include('device signature of the statement');
    expect(nodes.filter((node) => at(node, 'late') === false)).to.have.length(2);
  });
});
