import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openLocalIssuer } from '@passage/gateway-api';
import { layout, up } from '@passage/network-control';
import { expect } from 'chai';
import { graphqlClient } from './graphql-client.js';
import { countWrites } from './testing/ledger-keys.js';
import { passage } from './testing/passage.js';
import { Terminal } from './testing/terminal.js';

interface Upgraded {
  readonly from: string;
  readonly to: string;
}

describe('upgrade of the chaincode, and a fifth organisation', function () {
  this.timeout(120_000);
  const options = {
    dir: mkdtempSync(join(tmpdir(), 'passage-upgrade-')),
    basePort: 21_900,
    network: 'embedded',
  } as const;
  const at = layout(options.dir, options.basePort);
  let terminal: Terminal;

  before(async () => {
    await up(options);
    terminal = await Terminal.open(at, 'upgrade');
  });
  after(async () => {
    await passage('network', 'down', '--dir', options.dir);
    rmSync(options.dir, { recursive: true, force: true });
  });

  /** A new version of the chaincode is its list of collections with one more. */
  function longerList(): string {
    const own = new URL('../../chaincode/collections.json', import.meta.url);
    const listed = readList(own);
    const file = join(options.dir, 'collections.json');
    const more = { name: 'upgraded', policy: "OR('CustomsMSP.member', 'PortMSP.member')" };
    writeFileSync(file, JSON.stringify([...listed, more]));
    return file;
  }

  function readList(file: URL): readonly object[] {
    try {
      return JSON.parse(readFileSync(file, 'utf8')) as readonly object[];
    } catch {
      return [];
    }
  }

  const json = async <T>(...args: readonly string[]): Promise<T> => {
    const outcome = await passage(...args, '--json', '--dir', options.dir);
    expect(outcome.code, outcome.stderr).to.equal(0);
    return JSON.parse(outcome.stdout.trimEnd().split('\n').at(-1) ?? '') as T;
  };

  const replayed = async (): Promise<number> => (await passage('replay', '--dir', options.dir)).code ?? -1;

  /** Every statement that was acknowledged stands on the ledger, once. */
  async function nothingIsLost(): Promise<void> {
    await terminal.allRecorded();
    const writes = await countWrites(options.dir, 'statement/');
    expect(writes.size).to.equal(terminal.acknowledged.size);
    for (const key of terminal.acknowledged.values()) expect(writes.get(key), key).to.equal(1);
  }

  it('goes on with the records of the old version and with what was on its way', async () => {
    await terminal.send(5);
    await terminal.allRecorded();
    // Accepted by the gateway, and not yet on the ledger when its chaincode and network stop.
    await terminal.send(20);
    const { from, to } = await json<Upgraded>('network', 'upgrade', '--collections', longerList());
    expect(to)
      .to.match(/^1-[0-9a-f]{64}$/)
      .and.not.equal(from);
    await terminal.send(5);
    await nothingIsLost();
    const definitions = await countWrites(options.dir, 'namespaces/fields/passage/Sequence');
    expect([...definitions.values()], 'sequence 1 and sequence 2').to.deep.equal([2]);
    expect(await replayed()).to.equal(0);
  });

  it('refuses a version without a collection that is defined, and goes on as it was', async () => {
    const file = join(options.dir, 'none.json');
    writeFileSync(file, '[]');
    const refused = await passage('network', 'upgrade', '--collections', file, '--dir', options.dir);
    expect(refused.code).to.equal(3);
    expect(refused.stderr).to.contain('does not contain previously defined collections');
    await terminal.send(5);
    await nothingIsLost();
  });

  it('lets a second customs administration join, with a gateway that shows what was recorded before', async () => {
    await json('network', 'add-organization', 'customs2', '--orderer');
    const issuer = await openLocalIssuer(at.dir);
    const url = `http://127.0.0.1:${String(at.port({ index: 4 }, 'gateway'))}/graphql`;
    const [id] = terminal.acknowledged.keys();
    const stateFor = async (org: string): Promise<string | undefined> => {
      const { statement } = await graphqlClient(url, await issuer.token({ org, admin: false }))<{
        statement: { state: string } | null;
      }>('query ($id: StatementId!) { statement(id: $id) { state } }', { id });
      return statement?.state;
    };
    expect(await stateFor('auditor')).to.equal('RECORDED');
    expect(await stateFor('customs2'), 'no consignment is in its territory').to.equal(undefined);
    await terminal.send(5);
    await nothingIsLost();
    const verdict = await passage('replay', '--dir', options.dir, '--org', 'customs2');
    expect(verdict.code, verdict.stdout).to.equal(0);
  });
});
