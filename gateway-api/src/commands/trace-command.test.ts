import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { expect } from 'chai';
import { decodeJwt } from 'jose';

import { commandStage, run } from '../testing/command-stage.js';
import { traceCommand } from './trace-command.js';

describe('passage trace', () => {
  const stage = commandStage();

  const verification = {
    checks: ['data-hash', 'versions'],
    notChecked: ['a second source'],
    asOfBlock: 9,
    block: 4,
    position: 0,
    transactionId: 't',
    embedded: true,
  };
  const act = { party: 'IMP', role: 'importer', mspId: 'BusinessMSP', keyHeldBy: 'gateway' };
  const opened = {
    __typename: 'ShipmentOpened',
    id: 't/0',
    recordedAt: '2026-01-01T00:00:00.000Z',
    place: null,
    verification,
    custodian: 'CAR',
    act,
  };
  const seen = {
    ...opened,
    __typename: 'Observation',
    statementId: 's',
    seq: 1,
    eventTime: '2026-01-02T00:00:00.000Z',
    bizStep: 'vehicle_inspecting',
    place: { id: 'x#KRPUS', unlocode: 'KRPUS' },
    device: { kid: 'abcdefghijkl', kind: 'xray_scanner', owner: 'TER' },
    verification: {
      ...verification,
      checks: [...verification.checks, 'device signature of the statement'],
    },
  };
  const handed = {
    ...opened,
    __typename: 'HandoverStep',
    step: 'rejected',
    handover: { number: 1, from: 'CAR', to: 'IMP', place: 'KRPUS', reason: 'broken seal' },
  };
  const page = (nodes: object[], next: string | null) => ({
    shipment: {
      ucr: '6KRIMP-1',
      opener: 'IMP',
      importer: 'IMP',
      declarant: null,
      seller: null,
      origin: 'CN',
      departure: 'CN',
      transportMode: '1',
      openedAt: opened.recordedAt,
      goods: [{ hs: '850760', hsEdition: '2022' }],
      verification,
    },
    custody: { custodian: 'CAR', since: opened.recordedAt, verification },
    where: { id: 'x#KRPUS', unlocode: 'KRPUS' },
    seenBy: {
      nodes: [{ kid: 'abcdefghijkl', kind: 'xray_scanner', owner: 'TER', status: 'active' }],
    },
    totalCount: 3,
    pageInfo: { hasNextPage: next !== null, endCursor: next },
    edges: nodes.map((node) => ({ node })),
  });
  const pages = () => {
    stage.answer = ({ variables }) => ({
      data: { trace: 'after' in variables ? page([handed], null) : page([opened, seen], 'c1') },
    });
  };

  it('tells the story of all pages, and claims only checks that hold for all of it', async () => {
    pages();
    const ran = await run(traceCommand(), '6KRIMP-1', '--url', stage.url, '--token', 'T');
    expect(ran.code).to.equal(0);
    for (const words of [
      'HS 850760 (2022) from CN, departed CN by sea',
      'opened by IMP (importer, key held by gateway); CAR has the goods',
      'vehicle inspecting: xray_scanner abcdefgh… at KRPUS',
      'does not take the goods from CAR: broken seal',
      'Now with CAR',
      'Checked of every transaction above, as of block 9: data-hash; versions\n',
      'Not checked: a second source',
      'one machine holds every key',
    ]) {
      expect(ran.out).to.contain(words);
    }
  });

  it('asks for the story as known at a block', async () => {
    const asked: unknown[] = [];
    stage.answer = ({ variables }) => {
      asked.push((variables as { asKnownAt?: number }).asKnownAt);
      return { data: { trace: page([opened, seen], null) } };
    };
    const args = ['6KRIMP-1', '--url', stage.url, '--token', 'T'];
    expect(await run(traceCommand(), ...args, '--as-known-at', '7')).to.include({ code: 0 });
    expect(await run(traceCommand(), ...args)).to.include({ code: 0 });
    expect(asked).to.deep.equal([7, undefined]);
    expect(await run(traceCommand(), ...args, '--as-known-at', 'x')).to.include({ code: 2 });
  });

  it('prints one JSON object on demand', async () => {
    pages();
    const ran = await run(traceCommand(), '6KRIMP-1', '--url', stage.url, '--token', 'T', '--json');
    expect(JSON.parse(ran.out)).to.have.property('events').with.length(3);
  });

  it('exits 1 when no block holds the shipment, and 2 when the UCR is none', async () => {
    stage.answer = () => ({ data: { trace: null } });
    expect(await run(traceCommand(), '6KRIMP-1', '--url', stage.url, '--token', 'T')).to.include({ code: 1 });
    stage.answer = () => ({ errors: [{ message: 'no UCR', extensions: { code: 'BAD_ARGUMENT' } }] });
    expect(await run(traceCommand(), 'x', '--url', stage.url, '--token', 'T')).to.include({ code: 2 });
  });

  it('takes the address from the profile, and a token from the local issuer', async () => {
    pages();
    const profile = { organizations: [{ name: 'customs', gateway: { url: stage.url } }] };
    writeFileSync(join(stage.dir, 'profile.json'), JSON.stringify(profile));
    expect(await run(traceCommand(), '6KRIMP-1', '--dir', stage.dir)).to.include({ code: 0 });
    expect(decodeJwt(stage.asked[0]?.authorization?.slice('Bearer '.length) ?? '')).to.include({
      org: 'customs',
      admin: false,
    });
    const none = await run(traceCommand(), '6KRIMP-1', '--dir', join(stage.dir, 'none'));
    expect(none.code).to.equal(3);
    expect(none.err).to.contain('profile.json cannot be read');
  });
});
