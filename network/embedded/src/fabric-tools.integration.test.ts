import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { decode, Envelope, HeaderType, Payload, readBlock, readEnvelope, toHex } from '@passage/ledger';
import { expect } from 'chai';

import { CHANNEL } from './organizations.js';
import { connectTo } from './testing/client.js';
import { findFabricProgram, RealPeer } from './testing/real-peer.js';
import { TestNetwork } from './testing/test-network.js';
import { verdicts } from './testing/verdicts.js';

const run = promisify(execFile);

/** From the network's first port to the three of Fabric's peer, behind those of the organisations. */
const REAL_PEER_OFFSET = 81;

type Tool = 'peer' | 'configtxlator' | 'ledgerutil';

/** What `configtxlator` makes of a message: JSON with bytes in base64 and numbers of 64 bits as text. */
interface DecodedBlock {
  readonly header: {
    readonly number?: string;
    readonly previous_hash?: string | null;
    readonly data_hash: string;
  };
  readonly data: { readonly data: readonly DecodedEnvelope[] };
}

interface DecodedEnvelope {
  readonly payload: {
    readonly header: { readonly channel_header: { readonly type: number; readonly tx_id?: string } };
    readonly data: {
      readonly config?: { readonly channel_group: { readonly groups: DecodedGroups } };
      readonly last_update?: object | null;
    };
  };
}

type DecodedGroups = Readonly<Record<string, { readonly groups: Readonly<Record<string, unknown>> }>>;

/** A chain with two configuration updates: a fifth organisation joins, then orders, which raises the quorum. */
describe("embedded blocks in the hands of Fabric's own programs", function () {
  this.timeout(120_000);
  let network: TestNetwork;
  let folder: string;

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'passage-fabric-tools-'));
    network = await TestNetwork.start();
    await network.contract().submitTransaction('put', 'before', '1');
    for (const orders of [false, true]) {
      await network.stopServices();
      await network.startServices({ joining: [{ name: 'customs2', mspId: 'Customs2MSP', orders }] });
      // The chaincode dials nobody: its server is called by whoever runs a peer, the new organisation as well.
      await network.stopChaincode('customs');
      await network.startChaincode('customs');
      await network.contract().submitTransaction('put', `with customs2 ${String(orders)}`, '1');
    }
  });
  after(async () => {
    await network.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  /** The program, or a line that says that it is missing; then the test is pending. */
  function need(test: Mocha.Context, tool: Tool): string {
    const program = findFabricProgram(tool);
    if (program !== undefined) return program;
    console.log(`      not run: Fabric’s program ${tool} is neither on the PATH nor in FABRIC_BIN`);
    return test.skip();
  }

  const blocks = (): Uint8Array[] =>
    Array.from(
      { length: network.embedded.ledger.height() },
      (_, number) => network.embedded.ledger.getBlock(number) ?? new Uint8Array(),
    );

  async function protoDecode(program: string, type: string, message: Uint8Array): Promise<unknown> {
    const [input, output] = [join(folder, 'message'), join(folder, 'message.json')];
    writeFileSync(input, message);
    await run(program, ['proto_decode', '--type', type, '--input', input, '--output', output]);
    return JSON.parse(readFileSync(output, 'utf8'));
  }

  async function protoEncode(program: string, type: string, message: unknown): Promise<Uint8Array> {
    const [input, output] = [join(folder, 'message.json'), join(folder, 'message')];
    writeFileSync(input, JSON.stringify(message));
    await run(program, ['proto_encode', '--type', type, '--input', input, '--output', output]);
    return readFileSync(output);
  }

  it('configtxlator reads every block, down to the last field of each transaction', async function () {
    const program = need(this, 'configtxlator');
    const configured: string[][] = [];
    for (const [number, bytes] of blocks().entries()) {
      const { header, data } = (await protoDecode(program, 'common.Block', bytes)) as DecodedBlock;
      const block = readBlock(bytes);
      expect(Number(header.number ?? 0)).to.equal(number);
      expect(Buffer.from(header.data_hash, 'base64').toString('hex')).to.equal(toHex(block.header.dataHash));
      expect(data.data).to.have.length(block.envelopes.length);
      for (const { payload } of data.data) {
        if (payload.header.channel_header.type !== HeaderType.CONFIG) continue;
        const groups = payload.data.config?.channel_group.groups ?? {};
        configured.push(
          ['Application', 'Orderer'].map((name) => Object.keys(groups[name]?.groups ?? {}).join(' ')),
        );
      }
    }
    const founders = 'AuditorMSP BusinessMSP CustomsMSP PortMSP';
    const five = 'AuditorMSP BusinessMSP Customs2MSP CustomsMSP PortMSP';
    expect(configured.map((names) => names.map((list) => list.split(' ').sort().join(' ')))).to.deep.equal([
      [founders, founders],
      [five, founders],
      [five, five],
    ]);
  });

  it('configtxlator reads the configuration updates, and writes the same message again', async function () {
    const program = need(this, 'configtxlator');
    const updates = blocks().flatMap((bytes) =>
      readBlock(bytes).envelopes.filter(
        (envelope) => readEnvelope(envelope).channelHeader?.type === HeaderType.CONFIG,
      ),
    );
    expect(updates).to.have.length(3);
    for (const envelope of updates.slice(1)) {
      const { data } = decode(Payload, decode(Envelope, envelope).payload);
      const json = (await protoDecode(program, 'common.ConfigEnvelope', data)) as { last_update: object };
      expect(json.last_update).to.be.an('object');
      const again = await protoDecode(
        program,
        'common.ConfigEnvelope',
        await protoEncode(program, 'common.ConfigEnvelope', json),
      );
      expect(again).to.deep.equal(json);
    }
  });

  it('ledgerutil verifies the block files as they lie on disk, and notices an edited one', async function () {
    const program = need(this, 'ledgerutil');
    const stored = network.paths.ledger;
    const files = readdirSync(stored).filter((name) => name.startsWith('blockfile_'));
    const verify = async (name: string, edit?: (file: Buffer) => void): Promise<string> => {
      const peer = join(folder, name);
      const chain = join(peer, 'ledgersData', 'chains', 'chains', CHANNEL);
      mkdirSync(chain, { recursive: true });
      for (const file of files) cpSync(join(stored, file), join(chain, file));
      if (edit !== undefined) {
        const path = join(chain, 'blockfile_000000');
        const file = readFileSync(path);
        edit(file);
        writeFileSync(path, file);
      }
      // It ends with an exit code other than 0 where it finds an error.
      return run(program, ['verify', peer, '--outputDir', peer]).then(
        ({ stdout }) => stdout,
        (error: unknown) => (error as { readonly stdout: string }).stdout,
      );
    };
    expect(await verify('whole')).to.contain('No error is found');
    const edited = await verify('edited', (file) => {
      const at = file.lastIndexOf('with customs2 false');
      file.write('With', at);
    });
    expect(edited).to.contain('Some error(s) are found');
  });

  it('a peer follows the channel through its configuration updates to the same commit hashes', async function () {
    const program = need(this, 'peer');
    const auditor = network.organization('auditor');
    const port = network.basePort + REAL_PEER_OFFSET;
    const peerFolder = join(folder, 'peer');
    mkdirSync(peerFolder);
    const [genesis = new Uint8Array(), ...others] = blocks();
    const real = await RealPeer.start(program, auditor, network.paths, { folder: peerFolder, port, genesis });
    try {
      const height = others.length + 1;
      const atReal = connectTo(
        { ...auditor, ports: { ...auditor.ports, peer: port } },
        network.user('auditor'),
      );
      const [theirs, ours] = [
        await verdicts(atReal, height),
        await verdicts(network.connect('auditor'), height),
      ];
      atReal.close();
      expect(theirs).to.deep.equal(ours);
    } finally {
      await real.stop();
    }
  });
});
