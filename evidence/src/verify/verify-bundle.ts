import { readBundle } from '../bundle/index.js';
import { verifyBlocks, verifyTips } from './blocks.js';
import { notInABundle, revealsLine, validityLine } from './closing-lines.js';
import { verifyCompleteness } from './completeness.js';
import { rememberedConfigurations } from './remembered-configurations.js';
import { verifyDeviceStatus } from './device-status.js';
import { verifyEvents } from './events.js';
import { verifyOpenings } from './openings.js';
import { verifyRecords } from './records.js';
import { verifySurplus } from './surplus.js';
import { verifyTreeHead } from './tree-head.js';
import { fails, VERDICT_FORMAT } from './verdict.js';
import type { EvidenceBundle } from '../bundle/index.js';
import type { Configurations } from './configurations.js';
import type { GoodStatement } from './completeness.js';
import type { BundleVerdict, VerdictLine } from './verdict.js';

/** What a verifier trusts: this, and nothing in the bundle. */
export interface BundleTrust {
  /** Header hash of block 0: 64 lower-case hex digits, got from somewhere else than the bundle. */
  readonly genesisHash: string;
}

/**
 * Verifies a bundle with nothing but the hash of the genesis block: no network, no clock, no account. Line by line it says what
 * holds, what does not, and what was not checked.
 *
 * @throws EvidenceError BUNDLE_TOO_LARGE, BUNDLE_VERSION or BUNDLE_MALFORMED where there is nothing to verify
 */
export function verifyBundle(bytes: Uint8Array, { genesisHash }: BundleTrust): BundleVerdict {
  const bundle = readBundle(bytes);
  const { lines, configurations } = rememberedConfigurations(bundle, genesisHash);
  if (bundle.genesisHash !== genesisHash) {
    const text = `the bundle says that it is of the ledger ${bundle.genesisHash}`;
    return verdictOf(bundle, [fails('genesis', 'GENESIS_OTHER', text)]);
  }
  if (configurations === undefined) return verdictOf(bundle, lines);
  const { lines: found, good } = verifyContents(bundle, configurations);
  return verdictOf(bundle, [...lines, ...found], good);
}

/** Everything that stands on the configurations. */
function verifyContents(
  bundle: EvidenceBundle,
  configurations: Configurations,
): { readonly lines: readonly VerdictLine[]; readonly good?: GoodStatement } {
  const tips = verifyTips(bundle, configurations);
  const configBelow = (height: number): ReturnType<Configurations['below']> =>
    tips.good.has(height - 1) ? configurations.below(height) : undefined;
  const msps = (height: number) => configBelow(height)?.config;
  const head = verifyTreeHead(bundle, msps);
  const blocks = verifyBlocks(bundle, configurations);
  const events = verifyEvents({ bundle, configurations, blocks, ...(head.good && { head: head.good }) });
  const { line, good } = verifyCompleteness(bundle, msps);
  const lines = [
    ...tips.lines.map((each) => ({ ...each, check: 'height' as const })),
    ...head.lines,
    ...blocks.lines,
    ...events.flatMap((event) => event.lines),
    line,
    verifyRecords(bundle, good),
    ...verifyDeviceStatus(bundle, events, good),
    ...verifyOpenings(bundle, events),
    validityLine(head.good, good),
    verifySurplus(bundle, events, configurations, tips),
    revealsLine(bundle, events, blocks),
    ...notInABundle,
  ];
  return { lines, ...(good && { good }) };
}

function verdictOf(
  { network, kind, genesisHash, ucr, events }: EvidenceBundle,
  lines: readonly VerdictLine[],
  good?: GoodStatement,
): BundleVerdict {
  return {
    format: VERDICT_FORMAT,
    network,
    kind,
    genesisHash,
    ucr,
    events: events.length,
    verdict: lines.some(({ status }) => status === 'fails') ? 'differs' : 'verified',
    completeness: good ? { proven: true, height: good.statement.height } : { proven: false },
    lines,
  };
}
