import { checkTreeHead } from '../head/index.js';
import { organisationsIn } from '../signing/index.js';
import { fails, holds } from './verdict.js';
import type { ChannelConfig } from '@passage/ledger';
import type { EvidenceBundle } from '../bundle/index.js';
import type { TreeHead } from '../head/index.js';
import type { SignatureVerdict } from '../signing/index.js';
import type { VerdictLine } from './verdict.js';

/** The configuration in force below a height that is shown to have been reached. */
export type ConfigBelow = (height: number) => ChannelConfig | undefined;

/** A head that somebody stands by. */
export interface GoodHead {
  readonly head: TreeHead;
  readonly organisations: readonly string[];
}

/** The head that proofs lead to: of this ledger, at a height that is shown, signed by at least one organisation. */
export function verifyTreeHead(
  bundle: EvidenceBundle,
  configBelow: ConfigBelow,
): { readonly lines: readonly VerdictLine[]; readonly good?: GoodHead } {
  if (bundle.head === undefined) return { lines: [] };
  const { head } = bundle.head;
  if (head.genesisHash !== bundle.genesisHash || head.network !== bundle.network) {
    return { lines: [fails('tree-head', 'HEAD_OF_ANOTHER', 'the tree head is of another ledger')] };
  }
  const config = configBelow(head.height);
  if (config === undefined) return { lines: [unproven('tree-head', head.height)] };
  const bad = badSignature(checkTreeHead(bundle.head, config.msps));
  if (bad !== undefined) return { lines: [fails('tree-head', 'HEAD_UNSIGNED', bad)] };
  const organisations = organisationsIn(checkTreeHead(bundle.head, config.msps));
  const older = (bundle.statement?.statement.height ?? 0) > head.height;
  if (older) {
    const text = `the tree head is of height ${head.height}, older than the shipment statement`;
    return { lines: [fails('tree-head', 'HEAD_OLDER', text)] };
  }
  const text = `${organisations.join(', ')} signed the tree of ${head.size} events at height ${head.height}`;
  return { lines: [holds('tree-head', text)], good: { head, organisations } };
}

/** A height without the header of the block below it. */
export function unproven(check: 'tree-head' | 'completeness', height: number): VerdictLine {
  const text = `the bundle does not show block ${height - 1}, so nobody knows who could sign at height ${height}`;
  return fails(check, 'HEIGHT_UNPROVEN', text);
}

/** A sentence on the first signature that does not count: none such has any business in a bundle. */
export function badSignature(verdicts: readonly SignatureVerdict[]): string | undefined {
  const bad = verdicts.find(({ holds: good }) => !good);
  return bad && !bad.holds
    ? `the signature in the name of ${bad.mspId} does not count: ${REASONS[bad.fault]}`
    : undefined;
}

const REASONS = {
  unreadable: 'it cannot be read',
  stranger: 'the organisation does not stand by the certificate',
  'not-its-speaker': 'only an administrator or a peer speaks for an organisation',
  'wrong-signature': 'the key did not sign this',
} as const;
