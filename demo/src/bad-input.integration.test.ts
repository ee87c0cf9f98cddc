import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readTrustFile } from '@passage/auditor';
import { SimulatedDevice } from '@passage/devices';
import { layout, up } from '@passage/network-control';
import { expect } from 'chai';
import { type Callers, openCallers } from './callers.js';
import { type GraphQLClient, RefusedError } from './graphql-client.js';
import { registerDevices, registerParties } from './register.js';
import { offer } from './send-statements.js';
import { passage } from './testing/passage.js';

const terminal = 'TERMINAL-KRPUS';

/** The event of a barcode reader; `mark` makes one differ from another. */
const event = (mark: number) => ({
  '@context': ['https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld'],
  type: 'ObjectEvent',
  eventTime: new Date(Date.UTC(2026, 0, 1) + mark * 1000).toISOString(),
  eventTimeZoneOffset: '+00:00',
  epcList: ['urn:epc:id:sscc:4012345.0000000111'],
  action: 'OBSERVE',
  bizStep: 'storing',
});

describe('bad input', () => {
  const options = {
    dir: mkdtempSync(join(tmpdir(), 'passage-bad-')),
    basePort: 21_800,
    network: 'embedded',
  } as const;
  const at = layout(options.dir, options.basePort);
  let callers: Callers;
  let gateway: GraphQLClient;

  /** A reader of the terminal, as its seed makes it; the same seed gives the same key, from its first number on. */
  const reader = (seed: string, aud = readTrustFile(at.trust)) =>
    new SimulatedDevice({
      seed,
      name: 'reader',
      alg: 'EdDSA',
      aud,
      description: { kind: 'barcode_reader', owner: terminal, place: 'KRPUS' },
    });

  const register = (device: SimulatedDevice) =>
    registerDevices(callers, new Map([[terminal, { host: 'port', role: 'terminal_operator' }]]), [device]);

  before(async () => {
    await up(options);
    callers = await openCallers(at);
    await registerParties(callers, [
      { partyId: terminal, name: 'Terminal', roles: ['terminal_operator'], host: 'port' },
    ]);
    gateway = callers.party('port', terminal, 'terminal_operator');
  });

  after(async () => {
    await passage('network', 'down', '--dir', options.dir);
    rmSync(options.dir, { recursive: true, force: true });
  });

  describe('in a statement is refused with its code, and the good one beside it is taken', () => {
    const good = () => reader('registered');
    const parts = (jws: string) => jws.split('.') as [string, string, string];

    before(() => register(good()));

    const cases: Readonly<Record<string, () => string | Promise<string>>> = {
      SIGNATURE_INVALID: () => {
        const [header, , signature] = parts(good().sign(event(0)).jws);
        const other = parts(reader('other').sign(event(1)).jws)[1];
        return [header, other, signature].join('.');
      },
      KEY_UNKNOWN: () => reader('stranger').sign(event(0)).jws,
      WRONG_LEDGER: () => reader('registered', '00'.repeat(32)).sign(event(0)).jws,
      INVALID_STATEMENT: () => 'this is no statement',
      INVALID_JSON: () => {
        const [header, , signature] = parts(good().sign(event(0)).jws);
        return [header, Buffer.from('{"type":').toString('base64url'), signature].join('.');
      },
      DEVICE_REVOKED: async () => {
        const device = reader('revoked');
        await register(device);
        const input = { requestId: 'revoke', kid: device.kid, reason: 'lost' };
        await gateway(
          'mutation ($input: RevokeDeviceInput!) { revokeDevice(input: $input) { receipt { block } } }',
          { input },
        );
        return device.sign(event(0)).jws;
      },
      SEQUENCE_USED: async () => {
        const device = reader('twice');
        await register(device);
        const { accepted } = await offer(gateway, [device.sign(event(0)).jws]);
        expect(accepted).to.have.length(1);
        for (let state = ''; state !== 'RECORDED';) {
          const { statement } = await gateway<{ statement: { state: string } }>(
            'query ($id: StatementId!) { statement(id: $id) { state } }',
            { id: accepted[0]?.id },
          );
          state = statement.state;
        }
        return reader('twice').sign(event(1)).jws;
      },
    };

    let seen = 0;
    const chain = { device: undefined as SimulatedDevice | undefined };
    for (const [code, bad] of Object.entries(cases)) {
      it(code, async () => {
        chain.device ??= good();
        const beside = chain.device.sign(event(100 + seen++)).jws;
        const { accepted, refused } = await offer(gateway, [await bad(), beside]);
        expect(refused.map((refusal) => [refusal.index, refusal.code])).to.deep.equal([[0, code]]);
        expect(accepted).to.have.length(1);
      });
    }
  });

  describe('about who acts is refused with its code', () => {
    const query =
      'mutation ($input: OfferHandoverInput!) { offerHandover(input: $input) { receipt { block } } }';
    const input = { requestId: 'who', ucr: '6KRNOBODY-1', to: terminal, place: 'KRPUS' };
    const refusal = async (caller: GraphQLClient): Promise<string> => {
      const error = await caller(query, { input }).catch((failure: unknown) => failure);
      return error instanceof RefusedError ? error.code : `not refused: ${String(error)}`;
    };

    it('a party that the registry does not know', async () => {
      expect(await refusal(callers.party('port', 'NOBODY', 'terminal_operator'))).to.equal('PARTY_UNKNOWN');
    });

    it('a role that the party does not hold', async () => {
      expect(await refusal(callers.party('port', terminal, 'carrier'))).to.equal('ROLE_NOT_HELD');
    });

    it('a shipment that is not there', async () => {
      expect(await refusal(gateway)).to.equal('SHIPMENT_UNKNOWN');
    });
  });

  describe('on the command line ends in one sentence and the right exit code', () => {
    const sentence = async (
      expected: { code: number; says: string },
      ...args: readonly string[]
    ): Promise<void> => {
      const { code, stderr } = await passage(...args);
      expect(stderr)
        .to.contain(expected.says)
        .and.not.to.match(/^\s+at /m);
      expect(code).to.equal(expected.code);
    };
    const dir = ['--dir', options.dir] as const;

    it('a file that is not there', async () => {
      await sentence(
        { code: 3, says: 'nothing.jws' },
        'submit',
        join(options.dir, 'nothing.jws'),
        ...dir,
        '--party',
        terminal,
        '--role',
        'terminal_operator',
        '--org',
        'port',
      );
      await sentence(
        { code: 3, says: 'SOURCE_NOT_FOUND' },
        'replay',
        ...dir,
        '--from',
        join(options.dir, 'nowhere'),
      );
      await sentence({ code: 3, says: 'TRUST' }, 'replay', '--dir', join(options.dir, 'nowhere'));
    });

    it('a statement that is refused', async () => {
      const file = join(options.dir, 'strangers.jws');
      writeFileSync(file, `${reader('stranger').sign(event(0)).jws}\n`);
      const { code, stdout } = await passage(
        'submit',
        file,
        ...dir,
        '--party',
        terminal,
        '--role',
        'terminal_operator',
        '--org',
        'port',
      );
      expect(stdout).to.contain('KEY_UNKNOWN');
      expect(code).to.equal(1);
    });

    it('an option that does not exist', () =>
      sentence({ code: 2, says: '--nonsense' }, 'replay', '--nonsense'));

    it('a port that another program holds', async () => {
      const other = createServer().listen(22_101, '127.0.0.1');
      await sentence(
        { code: 3, says: 'PORT_IN_USE' },
        'network',
        'up',
        '--embedded',
        '--dir',
        join(options.dir, 'second'),
        '--base-port',
        '22100',
      );
      other.close();
    });

    it('another network on the same ports', () =>
      sentence(
        { code: 3, says: 'PORT_IN_USE' },
        'network',
        'up',
        '--embedded',
        '--dir',
        join(options.dir, 'third'),
        '--base-port',
        String(options.basePort),
      ));
  });
});
