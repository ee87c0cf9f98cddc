import type { Verdict } from '@passage/domain';
import type { DeviceError } from '../errors/device-error.js';

/** How verdicts are told: a few lines for people, or one JSON object a line for programs. */
export interface Report {
  readonly json: boolean;
  readonly eventHash: boolean;
}

/** The lines that tell one verdict. */
export function tellVerdict(file: string, verdict: Verdict, report: Report): readonly string[] {
  return report.json ? [JSON.stringify(asJson(file, verdict, report))] : asText(file, verdict, report);
}

/** The lines for a file that could not be read; for people it is an error and goes elsewhere. */
export function tellUnreadable(
  file: string,
  { code, message }: DeviceError,
  { json }: Report,
): readonly string[] {
  return json ? [JSON.stringify({ file, accepted: false, code, pointer: null, message })] : [];
}

function asJson(file: string, verdict: Verdict, { eventHash }: Report): object {
  const { kind, line, refusal, notes, eventHashes } = verdict;
  return {
    file,
    ...(line !== undefined && { line }),
    kind,
    accepted: refusal === undefined,
    code: refusal?.code ?? null,
    pointer: refusal?.pointer ?? null,
    ...(refusal !== undefined && {
      message: refusal.message,
      next: refusal.next,
      violations: refusal.violations,
    }),
    notes,
    ...(eventHash && { eventHashes: eventHashes() }),
  };
}

function asText(file: string, verdict: Verdict, { eventHash }: Report): readonly string[] {
  const { kind, line, refusal, notes, eventHashes } = verdict;
  const place = line === undefined ? file : `${file}:${line}`;
  const word = kind === 'unknown' ? '' : ` (${kind})`;
  return [
    refusal === undefined
      ? `${place}: accepted${word}`
      : `${place}: refused${word}: ${refusal.code}${refusal.pointer === '' ? '' : ` at ${refusal.pointer}`}`,
    ...(refusal === undefined ? [] : reasons(refusal)),
    ...notes.map((note) => `  ${note}`),
    ...(eventHash ? eventHashes().map((hash) => `  ${hash}`) : []),
  ].map(printable);
}

function reasons({ message, next, violations }: NonNullable<Verdict['refusal']>): readonly string[] {
  const list = violations.map(
    ({ pointer, code, message: fault }) => `  ${pointer === '' ? '/' : pointer} ${code}: ${fault}`,
  );
  return [...(list.length > 0 ? list : [`  ${message}`]), `  ${next}`];
}

/** What comes from a file may hold signs that move a terminal's cursor or start a new line. */
function printable(text: string): string {
  return text.replace(/\p{Cc}/gu, '\uFFFD');
}
