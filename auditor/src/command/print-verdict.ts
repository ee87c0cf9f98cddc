import type { BundleVerdict, VerdictLine } from '@passage/evidence';

const MARKS = { holds: 'holds', fails: 'FAILS', 'not-checked': 'not checked', note: 'note' } as const;
const WIDTH = 'not checked'.length;

/** A verdict for people: its network first, then line by line, the verdict last. */
export function printVerdict(verdict: BundleVerdict): string {
  const { network, kind, ucr, events, lines, completeness } = verdict;
  const failed = lines.filter(({ status }) => status === 'fails').length;
  const nature =
    network === 'embedded' ? 'EMBEDDED network: proves nothing to anyone else' : 'Fabric network';
  return [
    `${nature}: evidence bundle of consignment ${ucr}, ${events} events by ${kind}`,
    ...lines.map(printLine),
    completeness.proven
      ? `completeness: proven up to height ${completeness.height}`
      : 'completeness: not proven',
    failed === 0
      ? 'verified: what was checked holds'
      : `NOT verified: ${failed} ${failed === 1 ? 'line fails' : 'lines fail'}`,
  ].join('\n');
}

function printLine(line: VerdictLine): string {
  const { check, subject, status, text } = line;
  const code = line.status === 'fails' ? `${line.code}: ` : '';
  return `  ${MARKS[status].padEnd(WIDTH)}  ${check}${subject === undefined ? '' : ` ${subject}`}: ${code}${text}`;
}
