/* eslint-disable @typescript-eslint/no-unsafe-assignment, @typescript-eslint/no-unsafe-member-access, @typescript-eslint/no-unsafe-return, @typescript-eslint/no-unsafe-argument, @typescript-eslint/no-unsafe-call -- a test reads the members it has just asked for */
import { readStatement } from '@passage/domain';
import { expect } from 'chai';

import type { Caller } from './auth/caller.js';
import { fine, prepared, recordStatements, settled } from './testing/story.js';
import { TestDevice } from './testing/test-device.js';
import { TestGateway, UCR, carrier, importer } from './testing/test-gateway.js';

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- a test reads what it has just asked for
type Data = any;

describe("the life of a device's key", () => {
  let gateway: TestGateway;
  let device: TestDevice;
  let requests = 0;
  before(async () => {
    gateway = await (await TestGateway.open()).start();
    device = await prepared(gateway);
  });
  after(() => gateway.remove());

  const act = async (caller: Caller, name: string, input: object, fields: string): Promise<Data> => {
    const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
    const query = `mutation ($input: ${type}!) { ${name}(input: $input) { ${fields} receipt { block } } }`;
    requests += 1;
    const requestId = `life-${String(requests)}`;
    return fine(await gateway.ask(query, caller, { input: { requestId, ...input } }))[name];
  };
  const send = async (...statements: readonly string[]): Promise<Data> =>
    fine(await recordStatements(gateway, statements)).recordStatements;
  const record = async (...statements: readonly string[]): Promise<void> => {
    const { accepted, refused } = await send(...statements);
    expect(refused).to.deep.equal([]);
    for (const { id } of accepted) expect(await settled(gateway, id)).to.include({ state: 'RECORDED' });
  };

  it('refuses the statements of a suspended key at the door, and takes them when it is resumed', async () => {
    const { kid } = device;
    const { device: suspended } = await act(
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
    expect(refused[0]).to.include({ code: 'DEVICE_SUSPENDED', pointer: '/header/kid' });
    const { device: resumed } = await act(
      carrier,
      'resumeDevice',
      { kid },
      'device { status suspension { by } }',
    );
    expect(resumed).to.deep.equal({ status: 'active', suspension: null });
    await record(statement);
  });

  it('starts a new epoch after the last statement that the ledger holds', async () => {
    const { kid } = device;
    const { device: counted } = await act(
      carrier,
      'startEpoch',
      { kid, after: 1, firstSeq: 500 },
      'device { epoch { number firstSeq after { seq last } } }',
    );
    expect(counted.epoch).to.deep.include({ number: 2, firstSeq: 500 });
    expect(counted.epoch.after).to.include({ seq: 1 });
  });

  it('rotates a key, and shows each key the other', async () => {
    const next = new TestDevice();
    await record(device.statement(UCR));
    const { device: fresh } = await act(
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
    expect(fine(await gateway.ask(query)).device).to.deep.equal({
      status: 'rotated',
      successor: { kid: next.kid, seq: 2 },
    });
    const { refused } = await send(device.statement(UCR));
    expect(refused[0]).to.include({ code: 'DEVICE_ROTATED' });
    device = next;
  });

  it('keeps a proof of equivocation with both statements, and the key is suspended', async () => {
    const before = device.mark();
    const one = device.statement(UCR);
    device.returnTo(before);
    const other = device.statement(UCR, { bizStep: 'departing' });
    const { equivocation, device: accused } = await act(
      importer,
      'fileEquivocation',
      { statements: [one, other] },
      `equivocation { seq filedBy statements verification { checks } }
       device { status suspension { by } equivocations { seq } }`,
    );
    expect(equivocation).to.deep.include({ seq: 1, filedBy: 'KRIMP01', statements: [one, other] });
    expect(equivocation.verification.checks).not.to.be.empty;
    expect(accused).to.deep.equal({
      status: 'suspended',
      suspension: { by: 'equivocation' },
      equivocations: [{ seq: 1 }],
    });
    const again = await act(
      carrier,
      'fileEquivocation',
      { statements: [other, one] },
      'equivocation { filedBy }',
    );
    expect(again.equivocation.filedBy).to.equal('KRIMP01');
  });

  it('shows late evidence of a revoked key as unproven', async () => {
    const { kid } = device;
    const late = device.statement(UCR);
    const { device: revoked } = await act(
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
      carrier,
      'fileLateEvidence',
      { statements: [late] },
      'statements { id duplicate }',
    );
    const { statementId } = readStatement(late);
    expect(statements).to.deep.equal([{ id: statementId, duplicate: false }]);
    const query = `{ trace(ucr: "${UCR}", first: 100) { edges { node {
      ... on Observation { statementId late verification { checks notChecked } } } } } }`;
    const nodes = fine(await gateway.ask(query)).trace.edges.map((edge: Data) => edge.node);
    const filed = nodes.find((node: Data) => node.statementId === statementId);
    expect(filed.late).to.equal(true);
    expect(filed.verification.notChecked[0]).to.contain('unproven');
    expect(filed.verification.checks).to.include('device signature of the statement');
    expect(nodes.filter((node: Data) => node.late === false)).to.have.length(2);
  });
});
