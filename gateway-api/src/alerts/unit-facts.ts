import { unitUri } from '@passage/domain';
import type { ContentFact, SealOpeningFact, SealRecord, WithinFact } from '@passage/domain';

import type { IndexReader } from '../index/reader.js';
import { carriersAt, positionOf } from './customs-facts.js';
import { timeOf } from './facts-of-rows.js';

/** Seals that a party opened or removed while the unit had to do with the consignment; what customs opens is its own act. */
export async function sealOpeningsOf(
  reader: IndexReader,
  ucr: string,
  contents: readonly ContentFact[],
): Promise<readonly SealOpeningFact[]> {
  const units = [
    ...new Set(contents.flatMap(({ unit, within }) => (within === undefined ? [unit] : [unit, within]))),
  ];
  const told = await Promise.all(
    units.map(async (unit) => {
      const opened = new Map<string, SealOpeningFact>();
      for (const version of await reader.units.sealVersions(unit)) {
        const { seal, kind, opened: opening, removed } = JSON.parse(version.value) as SealRecord;
        const step = opening ?? removed;
        if (kind !== 'seal' || step === undefined || step.customs === true || opened.has(seal)) continue;
        const at = positionOf(version);
        if (!carriersAt(at, contents).includes(unit)) continue;
        const objects = [ucr, unitUri(unit)];
        opened.set(seal, { seal, transactionId: version.transaction_id, objects, at, time: timeOf(step.at) });
      }
      return [...opened.values()];
    }),
  );
  return told.flat();
}

/** What of a consignment was inside what: its goods in units, and those units in others, each until it came out. */
export function withinFactsOf(ucr: string, contents: readonly ContentFact[]): readonly WithinFact[] {
  const facts: WithinFact[] = [];
  const open = new Map<string, WithinFact>();
  const set = (inner: string, outer: string | undefined, { at, transactionId }: ContentFact): void => {
    const before = open.get(inner);
    if (before?.outer === outer) return;
    if (before !== undefined) facts.push({ ...before, until: at });
    open.delete(inner);
    if (outer !== undefined) open.set(inner, { inner, outer, transactionId, from: at });
  };
  for (const content of contents) {
    const { unit, goods, within } = content;
    const uri = unitUri(unit);
    set(`${ucr} in ${unit}`, goods === undefined ? undefined : uri, content);
    set(uri, within === undefined ? undefined : unitUri(within), content);
  }
  const named = [...facts, ...open.values()];
  return named.map((fact) => (fact.inner.startsWith(`${ucr} in `) ? { ...fact, inner: ucr } : fact));
}
