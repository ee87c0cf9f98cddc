import { isCustoms } from '../../party/roles.js';
import { fitSeal as fit, requireMaySeal } from '../../seal/seal.js';
import { sealSources, sealTypes, type SealSource, type SealType } from '../../seal/seal-record.js';
import { object } from '../../shape/composites.js';
import { oneOf } from '../../shape/scalars.js';
import { entry } from '../../state/codec.js';
import { keys } from '../../state/keys.js';
import { partyCommand } from '../define.js';
import { requireMayFit, sealMembers, sealReads, sealStep, type SealInput } from './seal-standing.js';

type FitSealInput = SealInput & { readonly source?: SealSource; readonly type?: SealType };

/** Whoever has goods in a unit, or customs, closes it with a seal. */
export const fitSeal = partyCommand<FitSealInput>({
  name: 'FitSeal',
  writes: ['seal'],
  input: object<FitSealInput>(sealMembers.required, {
    ...sealMembers.optional,
    source: oneOf(sealSources),
    type: oneOf(sealTypes),
  }),
  reads: sealReads,
  decide(input, actor, view, { timestamp }) {
    requireMayFit(input, actor, view);
    const { unit, seal, source, type } = input;
    requireMaySeal(input, isCustoms(actor.role));
    const key = keys.seal(unit, seal);
    const facts = { kind: 'seal', ...(source && { source }), ...(type && { type }) } as const;
    const step = sealStep(input, actor, timestamp, view);
    return { writes: [entry(key, fit(view.get(key), input, facts, step))], result: { unit, seal } };
  },
});
