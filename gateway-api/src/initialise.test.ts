import { keys } from '@passage/domain';
import { expect } from 'chai';
import { pino } from 'pino';

import { gatewayError } from './errors.js';
import { initialiseLedger } from './initialise.js';
import { recordedLedger } from './recorded-ledger.js';
import { fakeIdentity } from './testing/fake-ledger.js';
import { TEST_LEDGER } from './testing/test-device.js';
import { TestGateway } from './testing/test-gateway.js';

describe('initialiseLedger', () => {
  let gateway: TestGateway;
  beforeEach(async () => {
    gateway = await (await TestGateway.open({ init: false })).start();
  });
  afterEach(() => gateway.remove());

  const state = (keys: readonly string[]) => gateway.gateway.services.whole.chain.values('passage', keys);

  const initialise = (mspId = 'CustomsMSP', recorded = () => recordedLedger(state)) =>
    initialiseLedger({
      // The ledger in memory keeps no policies; the guard's comes with its value.
      isDone: async () => (await state([keys.guard('CustomsMSP')])).size > 0,
      recorded,
      sender: gateway.gateway.sender,
      admin: fakeIdentity({ mspId, admin: true }),
      genesisHash: TEST_LEDGER,
      signal: AbortSignal.timeout(5_000),
      log: pino({ level: 'silent' }),
      pause: 1,
    });

  it('sends Init once, also when the peers come late', async () => {
    let away = 3;
    gateway.ledger.faults = {
      endorse: () =>
        away-- > 0 ? gatewayError('LEDGER_UNAVAILABLE', 'away', { retryable: true }) : undefined,
    };
    await initialise();
    await initialise();
    const inits = gateway.ledger.chain.flatMap((b) => b.transactions).filter((t) => t.command === 'Init');
    expect(inits).to.have.length(1);
    expect(away).to.equal(-1);
  });

  it('says the same again where an earlier version has said it without the guard', async () => {
    const roles = { customs_office: ['CustomsMSP'] };
    await initialise('CustomsMSP', () => Promise.resolve({ v: 1, ledger: 'cd'.repeat(32), roles }));
    const [init] = gateway.ledger.chain.flatMap((b) => b.transactions);
    expect(JSON.parse(init?.argument ?? '')).to.deep.equal({ ledger: 'cd'.repeat(32), roles });
  });

  it('hands on a refusal that stays', async () => {
    const refused: unknown = await initialise('PortMSP').catch((error: unknown) => error);
    expect(refused).to.have.property('code', 'NOT_ADMIN');
  });
});
