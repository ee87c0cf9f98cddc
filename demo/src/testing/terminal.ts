import { setTimeout as sleep } from 'node:timers/promises';
import { readTrustFile } from '@passage/auditor';
import { SimulatedDevice, type SignedStatement } from '@passage/devices';
import type { Layout } from '@passage/network-control';
import { type Callers, openCallers } from '../callers.js';
import type { GraphQLClient } from '../graphql-client.js';
import { registerDevices, registerParties } from '../register.js';

const party = {
  partyId: 'TERMINAL-KRPUS',
  name: 'Terminal',
  roles: ['terminal_operator'],
  host: 'port',
} as const;

/** The event of a barcode reader; `n` makes one differ from another. */
const event = (n: number) => ({
  '@context': ['https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld'],
  type: 'ObjectEvent',
  eventTime: new Date(Date.UTC(2026, 0, 1) + n * 1000).toISOString(),
  eventTimeZoneOffset: '+00:00',
  epcList: ['urn:epc:id:sscc:4012345.0000000111'],
  action: 'OBSERVE',
  bizStep: 'storing',
});

/** A terminal with one registered reader at a running network: what a test sends statements with. */
export class Terminal {
  readonly callers: Callers;
  readonly gateway: GraphQLClient;
  readonly #device: SimulatedDevice;
  /** Key on the ledger of each statement that the gateway has acknowledged, by statement id. */
  readonly acknowledged = new Map<string, string>();
  #signed = 0;

  private constructor(callers: Callers, device: SimulatedDevice) {
    this.callers = callers;
    this.gateway = callers.party(party.host, party.partyId, 'terminal_operator');
    this.#device = device;
  }

  static async open(at: Layout, seed: string): Promise<Terminal> {
    const callers = await openCallers(at);
    const device = new SimulatedDevice({
      seed,
      name: 'reader',
      alg: 'EdDSA',
      aud: readTrustFile(at.trust),
      description: { kind: 'barcode_reader', owner: party.partyId, place: 'KRPUS' },
    });
    await registerParties(callers, [{ ...party, roles: [...party.roles] }]);
    await registerDevices(callers, new Map([[party.partyId, { host: 'port', role: 'terminal_operator' }]]), [
      device,
    ]);
    return new Terminal(callers, device);
  }

  /** Signs `count` statements and hands them to the gateway in one request. @throws RefusedError; none counts then */
  async send(count: number): Promise<void> {
    await this.#hand(Array.from({ length: count }, () => this.#sign()));
  }

  /** Signs one statement and hands it in until the gateway acknowledges it, as a device's kit does, or `over` aborts. */
  async insist(over: AbortSignal): Promise<void> {
    const signed = this.#sign();
    const before = this.acknowledged.size;
    while (!over.aborted && this.acknowledged.size === before) {
      // The gateway or what stands behind it may be dead at the moment.
      await this.#hand([signed]).catch(() => sleep(20));
    }
  }

  #sign(): SignedStatement {
    return this.#device.sign(event(this.#signed++));
  }

  async #hand(signed: readonly SignedStatement[]): Promise<void> {
    const input = { requestId: 'terminal', statements: signed.map(({ jws }) => jws) };
    const { recordStatements } = await this.gateway<{
      recordStatements: { accepted: readonly { index: number; id: string }[] };
    }>(
      'mutation ($input: RecordStatementsInput!) { recordStatements(input: $input) { accepted { index id } } }',
      { input },
    );
    for (const { index, id } of recordStatements.accepted)
      this.acknowledged.set(id, `statement/${this.#device.kid}/${String(signed[index]?.seq)}`);
  }

  /** Waits until the gateway shows every acknowledged statement as recorded. */
  async allRecorded(): Promise<void> {
    for (const id of this.acknowledged.keys()) {
      for (let state = ''; state !== 'RECORDED';) {
        const { statement } = await this.gateway<{ statement: { state: string; code?: string } | null }>(
          'query ($id: StatementId!) { statement(id: $id) { state code } }',
          { id },
        );
        state = statement?.state ?? 'LOST';
        if (state === 'PENDING') await sleep(50);
        else if (state !== 'RECORDED')
          throw new Error(`the acknowledged statement ${id} is ${state} ${statement?.code ?? ''}`);
      }
    }
  }
}
