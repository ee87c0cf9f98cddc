import type { Ending } from '../shipment/ending.js';
import { openedCustoms, type CustomsRecord } from './customs-record.js';

/**
 * Where a consignment stands with customs that others have gone into. What customs has said of them stays said: what was released
 * is released, and what did not conform still needs a second officer. A release that was only proposed has to be proposed anew.
 *
 * @param before the standing of each: none is held, all or none are released, and all are under the same procedure.
 */
export function succeedingCustoms(
  ucr: string,
  customs: string,
  before: readonly CustomsRecord[],
): CustomsRecord {
  const releases = before.flatMap(({ release }) => (release === undefined ? [] : [release]));
  const release = releases.sort((one, other) => (one.at < other.at ? -1 : 1)).at(-1);
  const regime = before[0]?.regime;
  const findings = before.flatMap(({ finding }) => (finding === undefined ? [] : [finding]));
  const finding = findings.find(({ result }) => result === 'non_conforming') ?? findings[0];
  return {
    ...openedCustoms(ucr, customs),
    ...(release && { release, latest: { kind: 'goods_released', decision: release } }),
    ...(regime && { regime }),
    ...(finding && { finding: { result: finding.result, by: finding.by, at: finding.at } }),
  };
}

/** The standing of a consignment that goes on in others: customs decides on those from now on. */
export function endedCustoms(before: CustomsRecord, ended: Ending): CustomsRecord {
  return { ...before, ended };
}
