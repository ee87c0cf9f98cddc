import { setTimeout as sleep } from 'node:timers/promises';

import { expect } from 'chai';

import type { Caller } from './auth/caller.js';
import { at } from './testing/read.js';
import type { Members } from './testing/read.js';
import { RunningGateways } from './testing/running-gateways.js';
import { act, fine } from './testing/story.js';

const BASE_PORT = 25_500;
const FAULTS = `http://127.0.0.1:${String(BASE_PORT + 5)}/faults`;

interface LedgerAnswer {
  readonly height: number;
  readonly indexedBlock: number;
  readonly connected: boolean;
  readonly agreeing: number;
  readonly refusedBlock: { readonly block: number; readonly check: string; readonly message: string } | null;
}

describe('a gateway whose peer serves a forged block', function () {
  this.timeout(120_000);
  let gateways: RunningGateways;
  const admin = (org: string): Caller => ({ subject: 't', org, admin: true });

  before(async () => {
    gateways = await RunningGateways.open(BASE_PORT, ['customs', 'port', 'business'], '--faults');
  });
  after(() => gateways.remove());

  async function ledger(org: string): Promise<LedgerAnswer> {
    const query =
      '{ ledgerStatus { height indexedBlock connected agreeing refusedBlock { block check message } } }';
    return at(fine(await gateways.ask(query, admin(org))), 'ledgerStatus') as LedgerAnswer;
  }
  async function until(org: string, is: (status: LedgerAnswer) => boolean): Promise<LedgerAnswer> {
    for (;;) {
      const status = await ledger(org);
      if (is(status)) return status;
      await sleep(50);
    }
  }
  async function register(org: string, partyId: string): Promise<number> {
    const input = { partyId, name: partyId, roles: ['terminal_operator'] };
    return Number(at(await act(gateways, admin(org), 'registerParty', input), 'receipt.block'));
  }
  async function switchFaults(state: object): Promise<void> {
    const response = await fetch(FAULTS, { method: 'PUT', body: JSON.stringify(state) });
    expect(response.status).to.equal(200);
  }

  it('stops indexing there, says which block and which check, answers on, and goes on with the true one', async () => {
    const known = await register('port', 'TERMINAL1');
    await until('business', ({ indexedBlock }) => indexedBlock >= known);
    await switchFaults({ delivery: { business: { forge: known + 1 } } });

    const block = await register('port', 'TERMINAL2');
    expect(block).to.equal(known + 1);
    const stopped = await until('business', ({ refusedBlock }) => refusedBlock !== null);
    expect(stopped.refusedBlock).to.deep.include({ block, check: 'data-hash' });
    expect(stopped.indexedBlock).to.equal(known);
    const party = async (org: string, id: string): Promise<Members> =>
      fine(await gateways.ask(`{ party(id: "${id}") { id } }`, admin(org)));
    expect(await party('business', 'TERMINAL1')).to.deep.equal({ party: { id: 'TERMINAL1' } });
    expect(await party('business', 'TERMINAL2')).to.deep.equal({ party: null });
    const { status, body } = await gateways.health('business');
    expect(status).to.equal(503);
    expect(JSON.stringify(body)).to.contain(`block ${String(block)} fails the check \\"data-hash\\"`);
    // Another organisation's peer is honest, and so its gateway goes on.
    expect(await party('port', 'TERMINAL2')).to.deep.equal({ party: { id: 'TERMINAL2' } });

    await switchFaults({});
    const mended = await until('business', ({ indexedBlock }) => indexedBlock >= block);
    expect(mended.refusedBlock).to.equal(null);
    expect(await party('business', 'TERMINAL2')).to.deep.equal({ party: { id: 'TERMINAL2' } });

    // Every organisation's peer is asked for its headers as a member of the channel; the forged block is kept.
    expect((await until('business', ({ agreeing }) => agreeing === 4)).agreeing).to.equal(4);
    const kept = fine(
      await gateways.ask('{ ledgerAlerts { nodes { kind block theirs } } }', admin('business')),
    );
    expect(at(kept, 'ledgerAlerts.nodes.0')).to.include({ kind: 'block_refused', block });
    expect(at(kept, 'ledgerAlerts.nodes.0.theirs')).to.be.a('string');
  });
});
