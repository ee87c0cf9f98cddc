import { rmSync } from 'node:fs';

import { readDefinition } from '@passage/ledger';
import { expect } from 'chai';

import type { OrganizationName } from '../network.js';
import { CHANNEL } from '../organizations.js';
import { temporaryFolder } from '../pki/organizations-fixture.js';
import { replayDifferences } from '../testing/orderer-port.js';
import { TestNetwork } from '../testing/test-network.js';
import { fabricProgram, PeerCommand } from './fabric-programs-fixture.js';

describe('Fabric’s own command line', function () {
  this.timeout(120_000);
  let network: TestNetwork;
  let folder = '';
  const commands = new Map<OrganizationName, PeerCommand>();

  before(async function () {
    const program = fabricProgram('peer');
    if (program === undefined) {
      this.test?.parent?.tests.forEach(
        (test) => (test.title += ' (peer is neither on the PATH nor in FABRIC_BIN)'),
      );
      this.skip();
    }
    folder = temporaryFolder();
    network = await TestNetwork.start();
    for (const organization of network.organizations)
      commands.set(organization.name, new PeerCommand(program, folder, organization, network.paths));
  });
  after(async () => {
    if (folder === '') return;
    await network.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const chaincode = ['--channelID', CHANNEL, '--name', 'basket', '--version', '1.0', '--sequence', '1'];
  const policy = ['--signature-policy', "OR('CustomsMSP.peer','PortMSP.peer')"];

  function lifecycle(name: OrganizationName, command: string, ...args: readonly string[]): Promise<string> {
    const found = commands.get(name);
    if (found === undefined) throw new TypeError(`no command for ${name}`);
    return found.run('lifecycle', 'chaincode', command, ...args);
  }

  function orderer(): string[] {
    const { ports, name } = network.organization('customs');
    return [
      '-o',
      `localhost:${ports.orderer}`,
      '--tls',
      '--cafile',
      network.paths.organization(name).tlsCaCert,
    ];
  }

  function peers(...names: readonly OrganizationName[]): string[] {
    return names.flatMap((name) => {
      const address = `localhost:${network.organization(name).ports.peer}`;
      return ['--peerAddresses', address, '--tlsRootCertFiles', network.paths.organization(name).tlsCaCert];
    });
  }

  async function refusal(command: Promise<string>): Promise<string> {
    const outcome = await command.catch((error: unknown) => String(error));
    return outcome;
  }

  it('approves, sees who has approved, commits and asks, as against a real network', async () => {
    const approve = (name: OrganizationName): Promise<string> =>
      lifecycle(
        name,
        'approveformyorg',
        ...orderer(),
        ...chaincode,
        ...policy,
        '--package-id',
        'basket:1234',
      );
    await approve('customs');
    expect(await refusal(approve('customs'))).to.contain(
      'attempted to redefine uncommitted sequence (1) for namespace basket with unchanged content',
    );
    await approve('port');
    const ready = async (): Promise<unknown> =>
      (
        JSON.parse(
          await lifecycle('port', 'checkcommitreadiness', ...chaincode, ...policy, '--output', 'json'),
        ) as { approvals: unknown }
      ).approvals;
    expect(await ready()).to.deep.equal({
      CustomsMSP: true,
      PortMSP: true,
      BusinessMSP: false,
      AuditorMSP: false,
    });

    const commit = (...names: OrganizationName[]): Promise<string> =>
      lifecycle('customs', 'commit', ...orderer(), ...chaincode, ...policy, ...peers(...names));
    expect(await refusal(commit('customs', 'port', 'business'))).to.contain(
      'chaincode definition not agreed to by this org (BusinessMSP)',
    );
    expect(await refusal(commit('customs', 'port'))).to.contain('ENDORSEMENT_POLICY_FAILURE');
    await approve('business');
    await commit('customs', 'port', 'business');

    const committed = JSON.parse(
      await lifecycle(
        'auditor',
        'querycommitted',
        '--channelID',
        CHANNEL,
        '--name',
        'basket',
        '--output',
        'json',
      ),
    ) as Record<string, unknown>;
    expect(committed).to.deep.include({ sequence: 1, version: '1.0', endorsement_plugin: 'escc' });
    const all = JSON.parse(
      await lifecycle('port', 'querycommitted', '--channelID', CHANNEL, '--output', 'json'),
    ) as { chaincode_definitions: { name: string }[] };
    expect(all.chaincode_definitions.map(({ name }) => name)).to.deep.equal(['basket', 'passage']);
    const approved = await lifecycle(
      'port',
      'queryapproved',
      '--channelID',
      CHANNEL,
      '--name',
      'basket',
      '--output',
      'json',
    );
    expect(JSON.parse(approved)).to.deep.include({ sequence: 1, version: '1.0' });
    expect(approved).to.contain('basket:1234');
    expect(await refusal(approve('port'))).to.contain(
      'attempted to redefine the current committed sequence (1)',
    );
    expect(readDefinition(network.embedded.ledger.state, 'basket')?.sequence).to.equal(1);
    expect(replayDifferences(network.embedded.ledger)).to.deep.equal([]);
  });

  it('fetches the configuration and blocks', async () => {
    const file = `${folder}/config.block`;
    await commands.get('customs')?.run('channel', 'fetch', 'config', file, '-c', CHANNEL, ...orderer());
    await commands.get('customs')?.run('channel', 'fetch', '1', file, '-c', CHANNEL, ...orderer());
  });
});
