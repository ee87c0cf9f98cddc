import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { ControlError } from './errors.js';
import { type FabricPrograms, fabricPrograms } from './fabric.js';
import type { JoinedOrganization } from './joined-organization.js';
import type { Layout } from './layout.js';
import type { ChaincodePackage } from './package-chaincode.js';

/** The embedded network, or Fabric's own programs. */
export type NetworkKind = 'embedded' | 'fabric';

/** What a folder holds, from before the first process starts. */
export interface HeldNetwork {
  readonly network: NetworkKind;
  /** Fabric's channel configuration names the ports: they stay. */
  readonly basePort: number;
  /** One chaincode process for each organisation; Fabric's own programs know no other way. */
  readonly faithful: boolean;
  /** The chaincode that was brought up last: what runs is repaired with the same code. */
  readonly chaincode: ChaincodePackage;
  readonly joined?: readonly JoinedOrganization[];
}

/** Which network to take, and why. */
export interface Choice {
  readonly network: NetworkKind;
  readonly why: string;
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}

/** What `up` noted here; undefined where it never ran. */
export function heldNetwork(at: Layout): HeldNetwork | undefined {
  return readJson(at.held) as HeldNetwork | undefined;
}

/** Notes what runs here from now on, whole or not at all. */
export function holdNetwork(at: Layout, held: HeldNetwork): void {
  const fresh = `${at.held}.new`;
  writeFileSync(fresh, `${JSON.stringify(held, null, 2)}\n`);
  renameSync(fresh, at.held);
}

/** The kind of network in the folder; the trust file tells it too, when the network was started by itself. */
export function heldKind(at: Layout): NetworkKind | undefined {
  return heldNetwork(at)?.network ?? (readJson(at.trust) as { network: NetworkKind } | undefined)?.network;
}

/** What of a connection profile tells the ports. */
interface ProfilePorts {
  readonly organizations: readonly { readonly orderer: { readonly address: string } }[];
}

/** First of the ports that the folder was started with; a network that was started by itself tells it in its profile. */
export function heldBasePort(at: Layout): number | undefined {
  const held = heldNetwork(at)?.basePort;
  if (held !== undefined) return held;
  const profile = readJson(at.profile) as Partial<ProfilePorts> | undefined;
  const address = profile?.organizations?.[0]?.orderer.address;
  return address === undefined ? undefined : Number(address.slice(address.lastIndexOf(':') + 1));
}

function byWhatIsThere({ missing }: FabricPrograms): Choice {
  if (missing.length === 0) return { network: 'fabric', why: "all of Fabric's programs were found" };
  return {
    network: 'embedded',
    why: `of Fabric's programs, ${missing.join(', ')} ${missing.length === 1 ? 'is' : 'are'} neither on the PATH nor in FABRIC_BIN`,
  };
}

/**
 * Chooses the network: what the folder holds, else what was asked for, else Fabric where all of its programs are found.
 *
 * @throws ControlError OTHER_NETWORK when the folder holds another than was asked for; NOT_BUILT, FABRIC_UNUSABLE
 */
export async function chooseNetwork(at: Layout, asked: NetworkKind | undefined): Promise<Choice> {
  const held = heldKind(at);
  if (held !== undefined && asked !== undefined && held !== asked)
    throw new ControlError('OTHER_NETWORK', `${at.dir} holds ${described[held]}, not ${described[asked]}.`);
  if (held !== undefined) return { network: held, why: 'the folder holds one' };
  if (asked !== undefined) return { network: asked, why: `--${asked}` };
  return byWhatIsThere(await fabricPrograms(at));
}

const described: Readonly<Record<NetworkKind, string>> = {
  embedded: 'an embedded network',
  fabric: "a network of Fabric's own programs",
};
