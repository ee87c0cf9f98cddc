import { jwkThumbprint, keys } from '@passage/domain';
import { standingKey } from '../shipment-statement/index.js';
import { fails, holds } from './verdict.js';
import type { EvidenceBundle } from '../bundle/index.js';
import type { Configurations } from './configurations.js';
import type { Blocks } from './blocks.js';
import type { JudgedEvent } from './events.js';
import type { VerdictLine } from './verdict.js';

/** Whether everything in the bundle is there for a reason: what nothing needs, nothing vouches for. */
export function verifySurplus(
  bundle: EvidenceBundle,
  events: readonly JudgedEvent[],
  configurations: Configurations,
  tips: Blocks,
): VerdictLine {
  const surplus = [
    ...unneededBlocks(bundle, tips),
    ...unneededConfigurations(bundle, configurations),
    ...unneededKeys(bundle, events),
    ...(bundle.kind === 'blocks' && bundle.head !== undefined ? ['a tree head'] : []),
  ];
  return surplus.length === 0
    ? holds('surplus', 'everything in the bundle is needed in it')
    : fails('surplus', 'SURPLUS', `nothing in the bundle needs ${surplus.join(', ')}`);
}

function unneededBlocks(
  { kind, blocks, events, head, statement }: EvidenceBundle,
  tips: Blocks,
): readonly string[] {
  const used = new Set(kind === 'blocks' ? events.map(({ block }) => block) : []);
  const heights = new Set([head?.head.height, statement?.statement.height]);
  const tipsAlone = [...tips.good.keys()].filter((number) => !heights.has(number + 1));
  return [
    ...(blocks.length > used.size ? ['a block'] : []),
    ...tipsAlone.map((number) => `the header of block ${number}`),
  ];
}

/** Configurations from the highest height on; without any height, those that no block stands behind. */
function unneededConfigurations(
  { events, head, statement }: EvidenceBundle,
  configurations: Configurations,
): readonly string[] {
  const last = Math.max(
    head?.head.height ?? 0,
    statement?.statement.height ?? 0,
    ...events.map(({ block = 0 }) => block + 1),
  );
  return configurations.hasFrom(Math.max(last, 1)) ? ['a configuration'] : [];
}

function unneededKeys(
  { keys: jwks, devices }: EvidenceBundle,
  events: readonly JudgedEvent[],
): readonly string[] {
  const kids = new Set(events.flatMap(({ statement }) => statement?.header.kid ?? []));
  const names = new Set<string>([
    ...[...kids].map((kid) => keys.device(kid)),
    ...events.flatMap(({ statement }) => (statement ? standingKey(statement.statementId) : [])),
  ]);
  const listed = jwks.map(jwkThumbprint);
  const isOnce = new Set(listed).size === listed.length;
  return [
    ...(isOnce && listed.every((kid) => kids.has(kid)) ? [] : ['a key']),
    ...(devices.every(({ key }) => names.has(key)) ? [] : ['the record of a device']),
  ];
}
