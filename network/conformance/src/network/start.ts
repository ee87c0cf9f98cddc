import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { type ChaincodePackage, down, type NetworkKind, type Started, up } from '@passage/network-control';
import { createSigner, type Signer } from '@passage/network-embedded/testing';

import { Certifier } from './certifier.js';
import { packageFixture } from './fixture-package.js';
import type { NetworkUnderTest, OrganizationName, TestedOrganization } from './under-test.js';

/** Both networks cut blocks at about the same pace, so that a pair sent at once shares a block on either. */
const BATCH_INTERVAL_MS = 50;

/** What of a connection profile (network/schemas/profile.schema.json) is used here. */
interface Profile {
  readonly channel: string;
  readonly chaincode: string;
  readonly organizations: readonly {
    readonly name: OrganizationName;
    readonly mspId: string;
    readonly peer: Node;
    readonly orderer: Node;
    readonly admin: { readonly cert: string; readonly key: string };
  }[];
}

interface Node {
  readonly address: string;
  readonly tlsRootCert: string;
}

/** Files of an organisation below `network/orgs/<name>`: either network has its own order. */
const FILES = {
  embedded: { peer: ['peer/cert.pem', 'peer/key.pem'], ca: ['ca-cert.pem', '.'] },
  fabric: {
    peer: ['peer/msp/signcerts/cert.pem', 'peer/msp/keystore/key.pem'],
    ca: ['ca/ca/ca-cert.pem', 'ca/ca/msp/keystore'],
  },
} as const;

export interface RunningUnderTest extends NetworkUnderTest {
  /** Seconds from nothing to ready. */
  readonly seconds: number;
  stop(): Promise<void>;
}

/** What of a network may be otherwise. */
interface Otherwise {
  /** Which chaincode, in place of the fixture. */
  readonly chaincode?: ChaincodePackage;
  /** False has one process of the embedded network's chaincode act for all organisations. */
  readonly faithful?: boolean;
}

/** Brings up a network from nothing in an empty folder, with the fixture in a process for each organisation. */
export async function startUnderTest(
  kind: NetworkKind,
  dir: string,
  basePort: number,
  { chaincode: other, faithful = true }: Otherwise = {},
): Promise<RunningUnderTest> {
  const chaincode = other ?? (await packageFixture(dir));
  const started = await up({
    dir,
    basePort,
    network: kind,
    faithful,
    batchInterval: BATCH_INTERVAL_MS,
    gateways: false,
    chaincode,
  });
  try {
    return await describe(kind, dir, chaincode.packageId, started);
  } catch (error) {
    await down(started.layout);
    throw error;
  }
}

async function describe(
  kind: NetworkKind,
  dir: string,
  packageId: string,
  started: Started,
): Promise<RunningUnderTest> {
  const profile = JSON.parse(readFileSync(started.layout.profile, 'utf8')) as Profile;
  const organizations = await Promise.all(
    profile.organizations.map((described) => organizationOf(kind, dir, described)),
  );
  return {
    kind,
    channel: profile.channel,
    chaincode: profile.chaincode,
    packageId,
    organizations,
    organization: (name) => {
      const found = organizations.find((one) => one.name === name);
      if (found === undefined) throw new TypeError(`there is no organisation ${name}`);
      return found;
    },
    seconds: started.seconds,
    stop: async () => {
      await down(started.layout);
    },
  };
}

async function organizationOf(
  kind: NetworkKind,
  dir: string,
  { name, mspId, peer, orderer, admin }: Profile['organizations'][number],
): Promise<TestedOrganization> {
  const folder = join(dir, 'network', 'orgs', name);
  const files = FILES[kind];
  const signer = (cert: string, key: string): Signer =>
    createSigner(mspId, readFileSync(cert, 'utf8'), readFileSync(key, 'utf8'));
  return {
    name,
    mspId,
    peerAddress: peer.address,
    ordererAddress: orderer.address,
    tlsRoot: readFileSync(join(dir, peer.tlsRootCert)),
    admin: signer(join(dir, admin.cert), join(dir, admin.key)),
    peer: signer(join(folder, files.peer[0]), join(folder, files.peer[1])),
    certifier: await Certifier.open(mspId, join(folder, files.ca[0]), join(folder, files.ca[1])),
  };
}
