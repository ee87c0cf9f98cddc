import { execFile } from 'node:child_process';
import { accessSync, constants, cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';

import type { Organization } from '../network.js';
import type { NetworkPaths } from '../paths.js';

const run = promisify(execFile);

/** Where one of Fabric's programs lies, in FABRIC_BIN or on the PATH; undefined where it is not installed. */
export function fabricProgram(name: string): string | undefined {
  const folders = [process.env['FABRIC_BIN'] ?? '', ...(process.env['PATH'] ?? '').split(delimiter)];
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

/** The settings that every command of `peer` wants to find. */
const CORE_YAML = `peer:
  networkId: passage
  localMspType: bccsp
  BCCSP: { Default: SW, SW: { Hash: SHA2, Security: 256 } }
  tls: { enabled: true }
  client: { connTimeout: 3s }
`;

/** Fabric's command line as an organisation's admin uses it, in a folder of its own. */
export class PeerCommand {
  readonly #program: string;
  readonly #env: Readonly<Record<string, string>>;

  constructor(program: string, folder: string, organization: Organization, paths: NetworkPaths) {
    const files = paths.organization(organization.name);
    const msp = join(folder, organization.name, 'msp');
    const { cert, key } = files.pair('admin');
    cpSync(files.msp, msp, { recursive: true });
    for (const name of ['signcerts', 'keystore']) mkdirSync(join(msp, name));
    cpSync(cert, join(msp, 'signcerts', 'cert.pem'));
    cpSync(key, join(msp, 'keystore', 'key.pem'));
    writeFileSync(join(folder, 'core.yaml'), CORE_YAML);
    this.#program = program;
    this.#env = {
      FABRIC_CFG_PATH: folder,
      FABRIC_LOGGING_SPEC: 'error',
      CORE_PEER_LOCALMSPID: organization.mspId,
      CORE_PEER_MSPCONFIGPATH: msp,
      CORE_PEER_ADDRESS: `localhost:${organization.ports.peer}`,
      CORE_PEER_TLS_ENABLED: 'true',
      CORE_PEER_TLS_ROOTCERT_FILE: files.tlsCaCert,
    };
  }

  /** What the command prints; it throws what it says on stderr where it fails. */
  async run(...args: readonly string[]): Promise<string> {
    const options = { env: { ...process.env, ...this.#env }, timeout: 30_000 };
    const { stdout } = await run(this.#program, [...args], options);
    return stdout;
  }
}
