import { execFile, spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { accessSync, constants, cpSync, mkdirSync, openSync, writeFileSync } from 'node:fs';
import { once } from 'node:events';
import { delimiter, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

import type { Organization } from '../network.js';
import type { NetworkPaths } from '../paths.js';

const FABRIC = fileURLToPath(new URL('../../../fabric/', import.meta.url));
const run = promisify(execFile);

/** One of Fabric's own programs, in FABRIC_BIN or on the PATH; undefined where it is not installed. */
export function findFabricProgram(
  name: 'peer' | 'configtxlator' | 'ledgerutil',
  environment: NodeJS.ProcessEnv = process.env,
): string | undefined {
  const folders = [environment['FABRIC_BIN'] ?? '', ...(environment['PATH'] ?? '').split(delimiter)];
  return folders
    .filter((folder) => folder !== '')
    .map((folder) => join(folder, name))
    .find(isExecutable);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/**
 * A peer of Fabric's own program, with the identity of one organisation's peer, that follows the embedded channel from its
 * orderers and validates every block by itself.
 */
export class RealPeer {
  readonly #child: ChildProcess;

  private constructor(child: ChildProcess) {
    this.#child = child;
  }

  /** Starts the program in `folder` on `port` and the two after it, and has it join the channel of the genesis block. */
  static async start(
    program: string,
    { mspId, name }: Organization,
    paths: NetworkPaths,
    { folder, port, genesis }: { folder: string; port: number; genesis: Uint8Array },
  ): Promise<RealPeer> {
    const files = paths.organization(name);
    const mspOf = (identity: 'peer' | 'admin'): string => {
      const msp = join(folder, identity);
      cpSync(files.msp, msp, { recursive: true });
      for (const part of ['signcerts', 'keystore']) mkdirSync(join(msp, part), { recursive: true });
      cpSync(files.pair(identity).cert, join(msp, 'signcerts', 'cert.pem'));
      cpSync(files.pair(identity).key, join(msp, 'keystore', 'key.pem'));
      return msp;
    };
    const address = `127.0.0.1:${port}`;
    const tls = files.pair('server');
    const environment = {
      ...process.env,
      FABRIC_CFG_PATH: join(FABRIC, 'config'),
      FABRIC_LOGGING_SPEC: 'info',
      CORE_PEER_ID: 'real',
      CORE_PEER_ADDRESS: address,
      CORE_PEER_LISTENADDRESS: address,
      CORE_PEER_CHAINCODELISTENADDRESS: `127.0.0.1:${port + 1}`,
      CORE_OPERATIONS_LISTENADDRESS: `127.0.0.1:${port + 2}`,
      CORE_PEER_LOCALMSPID: mspId,
      CORE_PEER_MSPCONFIGPATH: mspOf('peer'),
      CORE_PEER_FILESYSTEMPATH: join(folder, 'data'),
      CORE_LEDGER_SNAPSHOTS_ROOTDIR: join(folder, 'data', 'snapshots'),
      CORE_PEER_TLS_ENABLED: 'true',
      CORE_PEER_TLS_CERT_FILE: tls.cert,
      CORE_PEER_TLS_KEY_FILE: tls.key,
      CORE_PEER_TLS_ROOTCERT_FILE: files.tlsCaCert,
      CORE_PEER_TLS_CLIENTROOTCAS_FILES: files.tlsCaCert,
      CORE_PEER_GOSSIP_BOOTSTRAP: address,
      CORE_PEER_GOSSIP_ENDPOINT: address,
      CORE_PEER_GOSSIP_EXTERNALENDPOINT: address,
      // Nobody answers for private data: the peer records it as missing and goes on.
      CORE_PEER_GOSSIP_PVTDATA_PULLRETRYTHRESHOLD: '0s',
      CORE_VM_ENDPOINT: '',
      CORE_CHAINCODE_EXTERNALBUILDERS: `[{name: ccaas, path: ${join(FABRIC, 'builder')}, propagateEnvironment: []}]`,
    };
    const log = openSync(join(folder, 'peer.log'), 'a');
    const child = spawn(program, ['node', 'start'], { env: environment, stdio: ['ignore', log, log] });
    const genesisFile = join(folder, 'genesis.block');
    writeFileSync(genesisFile, genesis);
    const peer = new RealPeer(child);
    await peer.#join(program, genesisFile, { ...environment, CORE_PEER_MSPCONFIGPATH: mspOf('admin') });
    return peer;
  }

  async stop(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const ended = once(this.#child, 'exit');
    this.#child.kill('SIGKILL');
    await ended;
  }

  /** The peer listens some time after its start. */
  async #join(program: string, genesisFile: string, env: NodeJS.ProcessEnv): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      try {
        await run(program, ['channel', 'join', '-b', genesisFile], { env, timeout: 20_000 });
        return;
      } catch (error) {
        if (attempt === 15) throw error;
        await sleep(1000);
      }
    }
  }
}
