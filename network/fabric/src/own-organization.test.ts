import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import {
  type Founding,
  foundOrganization,
  needMember,
  ownOrganization,
  readOrganization,
} from './own-organization.js';
import { fabricPaths } from './paths.js';
import { peersOf } from './topology.js';

describe('the folder of one organisation', () => {
  const dir = mkdtempSync(join(tmpdir(), 'passage-member-'));
  const paths = fabricPaths(dir);
  const port: Founding = { name: 'port', host: '198.51.100.2', basePort: 7400 };

  after(() => {
    rmSync(dir, { recursive: true, force: true });
  });

  const refusal = (work: () => unknown): unknown => {
    try {
      return work();
    } catch (error) {
      return error;
    }
  };

  it('is nobody’s before it is founded, and that organisation’s from then on', () => {
    expect(ownOrganization(paths)).to.equal(undefined);
    expect(refusal(() => needMember(paths))).to.have.property('code', 'MEMBER_UNKNOWN');
    const founded = foundOrganization(paths, port);
    expect(founded).to.deep.include({ mspId: 'PortMSP', host: '198.51.100.2', tlsName: '198.51.100.2' });
    expect(founded.port).to.include({ orderer: 7400, peer: 7401, ca: 7402, caOperations: 7409 });
    expect(foundOrganization(paths, port)).to.deep.equal(founded);
    expect(needMember(paths)).to.deep.equal(founded);
    expect(refusal(() => foundOrganization(paths, { ...port, host: '198.51.100.3' }))).to.have.property(
      'code',
      'MEMBER_EXISTS',
    );
  });

  it('may have a second peer, a hundred ports above the first', () => {
    const customs = readOrganization({
      ...{ name: 'customs', host: '198.51.100.1', port: { orderer: 9000 } },
      second: { host: '198.51.100.11' },
    });
    expect(
      peersOf(customs).map(({ name, host, port: at }) => [name, host, at.peer, at.chaincode]),
    ).to.deep.equal([
      ['peer', '198.51.100.1', 9001, 9003],
      ['peer2', '198.51.100.11', 9101, 9103],
    ]);
  });

  it('is refused for names, addresses and ports that cannot be', () => {
    const wrong: readonly Partial<Founding>[] = [
      { name: 'nobody' },
      { host: '' },
      { host: "x', Port: 1 }" },
      { host: '::1' },
      { basePort: 80 },
      { basePort: Number.NaN },
      { secondHost: 'second.example' },
      { host: 'first.example', secondHost: '198.51.100.1' },
    ];
    for (const part of wrong)
      expect(
        refusal(() => foundOrganization(paths, { ...port, ...part })),
        JSON.stringify(part),
      ).to.have.property('code', 'USAGE');
  });
});
