import { delimiter, dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

import type { FabricPaths } from './paths.js';
import type { Programs } from './programs.js';
import type { Organization } from './topology.js';

/** One process or one step of the network, as `network/control` runs it; the form in which `prepare` prints it. */
export interface Planned {
  readonly name: string;
  /** A compiled program of ours, which Node runs, or one of Fabric's. */
  readonly program: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** Loopback ports that it takes. */
  readonly ports: readonly number[];
  /** Names, or what they begin with before the dash, of what has to be ready first. */
  readonly after: readonly string[];
  /** What it writes to its log when it serves; a step has none: it is ready when it has ended well. */
  readonly readyText?: string;
}

const MAIN = fileURLToPath(new URL('./main.js', import.meta.url));

/** The steps of a bring-up, in order: subcommands of `main.js`. */
export type StepName = 'identities' | 'channel' | 'membership' | 'definition';

/** Lines without colours, which a log file is not made for. */
const FABRIC_LOGGING_FORMAT = '%{time:2006-01-02 15:04:05.000 MST} %{level} [%{module}] %{message}';

const STEP_NEEDS: Readonly<Record<StepName, readonly string[]>> = {
  identities: ['ca'],
  channel: ['orderer', 'peer'],
  membership: ['channel', 'orderer', 'peer'],
  definition: ['channel', 'membership', 'orderer', 'peer', 'chaincode'],
};

/**
 * Fabric's processes and the steps between them. Chaincode servers and gateways, which are not Fabric's, are planned by
 * `network/control`; `definition` waits for the chaincode servers.
 *
 * @param steps the steps that are not done yet
 * @param stepArgs the arguments of every step
 */
export function plan(
  paths: FabricPaths,
  organizations: readonly Organization[],
  programs: Programs,
  steps: readonly StepName[],
  stepArgs: readonly string[],
): readonly Planned[] {
  return [
    ...organizations.flatMap((organization) => [
      ca(paths, organization, programs),
      ...(organization.orders ? [orderer(paths, organization, programs)] : []),
      peer(paths, organization, programs),
    ]),
    ...steps.map((name) => ({
      name,
      program: MAIN,
      args: [name, ...stepArgs],
      env: {},
      ports: [],
      after: STEP_NEEDS[name],
    })),
  ];
}

function ca(paths: FabricPaths, { name, host, port }: Organization, programs: Programs): Planned {
  const { caHome } = paths.organization(name);
  return {
    name: `ca-${name}`,
    program: programs['fabric-ca-server'],
    args: [
      'start',
      '--home',
      `${caHome}/ca`,
      '--address',
      host,
      '--cafiles',
      `${caHome}/tlsca/fabric-ca-server-config.yaml`,
    ],
    env: {},
    ports: [port.ca, port.caOperations],
    after: [],
    readyText: 'Listening on https',
  };
}

function orderer(paths: FabricPaths, { name, port }: Organization, programs: Programs): Planned {
  return {
    name: `orderer-${name}`,
    program: programs.orderer,
    args: ['start'],
    env: {
      FABRIC_CFG_PATH: paths.organization(name).member('orderer').folder,
      FABRIC_LOGGING_FORMAT,
      FABRIC_LOGGING_SPEC: 'warning:orderer.common.server=info',
    },
    ports: [port.orderer, port.ordererAdmin, port.ordererOperations],
    after: ['identities'],
    readyText: 'Beginning to serve requests',
  };
}

function peer(paths: FabricPaths, { name, port }: Organization, programs: Programs): Planned {
  const files = paths.organization(name);
  return {
    name: `peer-${name}`,
    program: programs.peer,
    args: ['node', 'start'],
    env: {
      FABRIC_CFG_PATH: files.member('peer').folder,
      FABRIC_LOGGING_FORMAT,
      FABRIC_LOGGING_SPEC: 'warning:nodeCmd=info',
      PASSAGE_CHAINCODE_SERVER: files.chaincodeServer,
      // The peer runs the external builder, which is written for Node.
      PATH: `${dirname(process.execPath)}${delimiter}${process.env.PATH ?? ''}`,
    },
    ports: [port.peer, port.peerChaincode, port.peerOperations],
    after: ['identities'],
    readyText: 'Started peer with ID',
  };
}
