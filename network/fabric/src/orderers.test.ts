import { expect } from 'chai';

import { orderersOf, throughOrderers } from './orderers.js';
import { fabricPaths } from './paths.js';
import type { ProgramResult } from './run-program.js';
import { topology } from './topology.js';

const refused = (stderr: string): ProgramResult => ({ ok: false, stdout: '', stderr });
const ordered: ProgramResult = { ok: true, stdout: 'ordered', stderr: '' };
const never = (): Promise<boolean> => Promise.resolve(false);

/** What `peer` says when the orderer is at fault, as Fabric's programs print it. */
const ORDERER_TROUBLE = [
  'Error: failed to retrieve broadcast client: orderer client failed to connect to 127.0.0.1:7400: failed to create new connection: context deadline exceeded',
  'Error: failed to send transaction: got unexpected status: SERVICE_UNAVAILABLE -- failed to submit request: request already processed',
  'Error: timed out waiting for txid on all peers',
  'Error: got unexpected status: SERVICE_UNAVAILABLE -- no leader',
  'Error: EOF',
  'Error: error receiving from deliver filtered at 127.0.0.1:7401: rpc error: code = DeadlineExceeded desc = context finished before block retrieved: context deadline exceeded',
];

describe('throughOrderers', () => {
  const asked: string[] = [];
  const orderers = ['customs', 'port', 'business'];
  const answers = (results: Readonly<Record<string, ProgramResult>>) => (orderer: string) => {
    asked.push(orderer);
    return Promise.resolve(results[orderer] ?? ordered);
  };

  beforeEach(() => {
    asked.length = 0;
  });

  it('stays with the first that orders', async () => {
    expect(await throughOrderers(orderers, answers({}), never)).to.equal(ordered);
    expect(asked).to.deep.equal(['customs']);
  });

  for (const words of ORDERER_TROUBLE)
    it(`goes on to the next after "${words}"`, async () => {
      expect(await throughOrderers(orderers, answers({ customs: refused(words) }), never)).to.equal(ordered);
      expect(asked).to.deep.equal(['customs', 'port']);
    });

  it('does not send again what is found done', async () => {
    const late = answers({ customs: refused('Error: timed out waiting for txid on all peers') });
    const result = await throughOrderers(orderers, late, () => Promise.resolve(true));
    expect(result.ok).to.equal(true);
    expect(asked).to.deep.equal(['customs']);
  });

  it('takes the refusal of a second copy for success when the first is found done', async () => {
    const answersOfBoth = answers({
      customs: refused('Error: timed out waiting for txid on all peers'),
      port: refused('Error: transaction invalidated with status (MVCC_READ_CONFLICT)'),
    });
    const result = await throughOrderers(orderers, answersOfBoth, () => Promise.resolve(asked.length === 2));
    expect(result.ok).to.equal(true);
    expect(asked).to.deep.equal(['customs', 'port']);
  });

  it("does not bother other orderers with a peer's refusal", async () => {
    const refusal = refused('Error: proposal failed with status: 500 - requested sequence is 3');
    const always = (): Promise<boolean> => Promise.resolve(true);
    expect(await throughOrderers(orderers, answers({ customs: refusal }), always)).to.equal(refusal);
    expect(asked).to.deep.equal(['customs']);
  });

  it('gives the last answer when none orders', async () => {
    const failures = orderers.map((name) => [name, refused(`Error: timed out waiting for txid ${name}`)]);
    const results = Object.fromEntries(failures) as Record<string, ProgramResult>;
    expect(await throughOrderers(orderers, answers(results), never)).to.equal(results.business);
    expect(asked).to.deep.equal(orderers);
  });
});

describe('orderersOf', () => {
  const paths = fabricPaths('/nowhere');
  const programs = {} as Parameters<typeof orderersOf>[0]['programs'];
  const joined = [{ name: 'customs2', mspId: 'Customs2MSP', orders: true }];
  const organizations = topology(7400, joined);

  it('names the founders, in the fixed order', () => {
    const together = { paths, programs, organizations, own: organizations, together: true };
    expect(orderersOf(together).map(({ name }) => name)).to.deep.equal([
      'customs',
      'port',
      'business',
      'auditor',
    ]);
  });

  it("begins with one's own", () => {
    const own = organizations.filter(({ name }) => name === 'business');
    const alone = { paths, programs, organizations, own, together: false };
    expect(orderersOf(alone).map(({ name }) => name)).to.deep.equal([
      'business',
      'customs',
      'port',
      'auditor',
    ]);
  });
});
