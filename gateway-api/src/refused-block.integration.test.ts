import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { expect } from 'chai';

import { openLocalIssuer } from './auth/local-issuer.js';
import type { LocalIssuer } from './auth/local-issuer.js';
import { EmbeddedNetwork } from './testing/embedded-network.js';

const BASE_PORT = 25_500;
const FAULTS = `http://127.0.0.1:${String(BASE_PORT + 5)}/faults`;

interface LedgerAnswer {
  readonly height: number;
  readonly indexedBlock: number;
  readonly connected: boolean;
  readonly refusedBlock: { readonly block: number; readonly check: string; readonly message: string } | null;
}

describe('a gateway whose peer serves a forged block', function () {
  this.timeout(120_000);
  let dir: string;
  let network: EmbeddedNetwork;
  let issuer: LocalIssuer;
  const urls = new Map<string, string>();

  before(async () => {
    dir = mkdtempSync(join(tmpdir(), 'passage-forged-'));
    network = new EmbeddedNetwork(dir, BASE_PORT);
    issuer = await openLocalIssuer(dir);
    await network.startNetwork('--faults');
    await network.startChaincode();
    for (const org of ['customs', 'port', 'business'] as const)
      urls.set(org, await network.startGateway(org));
  });
  after(async () => {
    await network.stop();
    rmSync(dir, { recursive: true, force: true });
  });

  async function ask<T>(org: string, query: string, variables: object = {}): Promise<T> {
    const token = await issuer.token({ org, admin: true }, 600);
    const response = await fetch(urls.get(org) ?? '', {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify({ query, variables }),
    });
    const { data, errors } = (await response.json()) as { data?: T; errors?: unknown };
    if (data === undefined || errors !== undefined) throw new Error(JSON.stringify(errors));
    return data;
  }
  const ledger = async (org: string): Promise<LedgerAnswer> =>
    (
      await ask<{ ledgerStatus: LedgerAnswer }>(
        org,
        '{ ledgerStatus { height indexedBlock connected refusedBlock { block check message } } }',
      )
    ).ledgerStatus;
  async function until(org: string, is: (status: LedgerAnswer) => boolean): Promise<LedgerAnswer> {
    for (;;) {
      const status = await ledger(org);
      if (is(status)) return status;
      await sleep(50);
    }
  }
  async function register(org: string, partyId: string): Promise<number> {
    const input = { requestId: randomUUID(), partyId, name: partyId, roles: ['terminal_operator'] };
    const query =
      'mutation ($input: RegisterPartyInput!) { registerParty(input: $input) { receipt { block } } }';
    const { registerParty } = await ask<{ registerParty: { receipt: { block: number } } }>(org, query, {
      input,
    });
    return registerParty.receipt.block;
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
    const party = (org: string, id: string): Promise<{ party: unknown }> =>
      ask(org, 'query ($id: PartyId!) { party(id: $id) { id } }', { id });
    expect(await party('business', 'TERMINAL1')).to.deep.equal({ party: { id: 'TERMINAL1' } });
    expect(await party('business', 'TERMINAL2')).to.deep.equal({ party: null });
    const health = await fetch((urls.get('business') ?? '').replace('/graphql', '/health'));
    expect(health.status).to.equal(503);
    expect(await health.text()).to.contain(`block ${String(block)} fails the check \\"data-hash\\"`);
    // Another organisation's peer is honest, and so its gateway goes on.
    expect(await party('port', 'TERMINAL2')).to.deep.equal({ party: { id: 'TERMINAL2' } });

    await switchFaults({});
    const mended = await until('business', ({ indexedBlock }) => indexedBlock >= block);
    expect(mended.refusedBlock).to.equal(null);
    expect(await party('business', 'TERMINAL2')).to.deep.equal({ party: { id: 'TERMINAL2' } });
  });
});
