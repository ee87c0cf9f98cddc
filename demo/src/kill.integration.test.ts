import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { readTrustFile } from '@passage/auditor';
import { SimulatedDevice } from '@passage/devices';
import { layout, up } from '@passage/network-control';
import { expect } from 'chai';
import { type Callers, openCallers } from './callers.js';
import type { GraphQLClient } from './graphql-client.js';
import { registerDevices, registerParties } from './register.js';
import { countWrites } from './testing/ledger-keys.js';
import { passage } from './testing/passage.js';

/** Each process of fast mode; none of them may lose or double what was acknowledged when it is killed. */
const victims = ['gateway-port', 'chaincode', 'network', 'gateway-customs', 'gateway-business'];

describe('kill -9 of each process under load', () => {
  const options = {
    dir: mkdtempSync(join(tmpdir(), 'passage-kill-')),
    basePort: 21_600,
    network: 'embedded',
  } as const;
  const at = layout(options.dir, options.basePort);
  const owner = {
    partyId: 'TERMINAL-KRPUS',
    name: 'Terminal',
    roles: ['terminal_operator'],
    host: 'port',
  } as const;
  let callers: Callers;
  let device: SimulatedDevice;
  let gateway: GraphQLClient;
  /** Aborted when the test is over, also when it fails: nothing goes on sending then. */
  const over = new AbortController();

  before(async () => {
    await up(options);
    callers = await openCallers(at);
    device = new SimulatedDevice({
      seed: 'kill',
      name: 'reader',
      alg: 'EdDSA',
      aud: readTrustFile(at.trust),
      description: { kind: 'barcode_reader', owner: owner.partyId, place: 'KRPUS' },
    });
    await registerParties(callers, [{ ...owner, roles: [...owner.roles] }]);
    await registerDevices(callers, new Map([[owner.partyId, { host: 'port', role: 'terminal_operator' }]]), [
      device,
    ]);
    gateway = callers.party('port', owner.partyId, 'terminal_operator');
  });

  after(async () => {
    over.abort();
    await passage('network', 'down', '--dir', options.dir);
    rmSync(options.dir, { recursive: true, force: true });
  });

  const event = (n: number) => ({
    '@context': ['https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld'],
    type: 'ObjectEvent',
    eventTime: new Date(Date.UTC(2026, 0, 1) + n * 1000).toISOString(),
    eventTimeZoneOffset: '+00:00',
    epcList: ['urn:epc:id:sscc:4012345.0000000111'],
    action: 'OBSERVE',
    bizStep: 'storing',
  });

  interface Answer {
    readonly recordStatements: { readonly accepted: readonly { readonly id: string }[] };
  }

  interface Fate {
    readonly statement: { readonly state: string; readonly code?: string; readonly message?: string } | null;
  }

  /** Sends one statement until a gateway acknowledges it, as a device's kit does; its id counts from then on. */
  async function send(jws: string): Promise<string | undefined> {
    while (!over.signal.aborted) {
      try {
        const { recordStatements } = await gateway<Answer>(
          'mutation ($input: RecordStatementsInput!) { recordStatements(input: $input) { accepted { id } } }',
          { input: { requestId: 'kill', statements: [jws] } },
        );
        const [accepted] = recordStatements.accepted;
        if (accepted !== undefined) return accepted.id;
      } catch {
        // The gateway or what stands behind it is dead at the moment.
      }
      await sleep(20);
    }
    return undefined;
  }

  async function kill(name: string): Promise<void> {
    const { pid } = JSON.parse(readFileSync(at.runFile(name), 'utf8')) as { pid: number };
    process.kill(pid, 'SIGKILL');
    await sleep(200);
    await up(options);
  }

  it('keeps every acknowledged statement, once', async () => {
    const acknowledged = new Map<string, number>();
    let load = true as boolean;
    const sending = (async () => {
      while (load) {
        const { jws, seq } = device.sign(event(acknowledged.size));
        const id = await send(jws);
        if (id === undefined) return;
        acknowledged.set(id, seq);
      }
    })();
    for (const victim of victims) {
      await sleep(400);
      await kill(victim);
    }
    await sleep(400);
    load = false;
    await sending;

    for (const id of acknowledged.keys()) {
      for (;;) {
        const { statement }: Fate = await gateway<Fate>(
          'query ($id: StatementId!) { statement(id: $id) { state code message } }',
          { id },
        ).catch(() => ({
          statement: { state: 'PENDING' },
        }));
        if (statement?.state === 'RECORDED') break;
        expect(statement?.state, `${id}: ${statement?.code ?? ''} ${statement?.message ?? ''}`).to.equal(
          'PENDING',
        );
        await sleep(50);
      }
    }
    const writes = await countWrites(options.dir, 'statement/');
    expect(acknowledged.size).to.be.above(victims.length);
    expect(writes.size).to.equal(acknowledged.size);
    for (const seq of acknowledged.values())
      expect(writes.get(`statement/${device.kid}/${String(seq)}`)).to.equal(1);
  });
});
