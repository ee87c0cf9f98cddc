import type { Violation } from '../../errors/violations.js';
import { pointerTo } from '../../json/pointer.js';
import type { Conversion } from './transformation-record.js';

/** What stands against the form of a transformation: a lot or a unit named twice, or a factor for the measure itself. */
export function planViolations(plan: {
  readonly measure: string;
  readonly conversions: readonly Conversion[];
  readonly inputs: readonly { readonly lot: string }[];
  readonly outputs: readonly { readonly lot: string }[];
}): readonly Violation[] {
  const measured = [plan.measure, ...plan.conversions.map(({ uom }) => uom)];
  return [
    ...repeated(
      plan.inputs.map(({ lot }) => lot),
      '/inputs',
    ),
    ...repeated(
      plan.outputs.map(({ lot }) => lot),
      '/outputs',
    ),
    ...repeated(measured, '/conversions', 1),
  ];
}

/** `skipped`: how many of the texts stand in front of the list that the pointer names. */
function repeated(texts: readonly string[], pointer: string, skipped = 0): readonly Violation[] {
  return texts.flatMap((text, index) =>
    texts.indexOf(text) < index
      ? [{ pointer: pointerTo(pointer, index - skipped), code: 'VALUE', message: `names ${text} again` }]
      : [],
  );
}
