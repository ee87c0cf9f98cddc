import { refuseViolations } from '../../errors/violations.js';
import { sealNumber } from '../../handover/goods-state.js';
import { isCustoms } from '../../party/roles.js';
import { fitSeal, removeSeal, requireMaySeal } from '../../seal/seal.js';
import { sealSources, sealTypes, type SealSource, type SealType } from '../../seal/seal-record.js';
import { object } from '../../shape/composites.js';
import { reason } from '../../shape/fields.js';
import { oneOf } from '../../shape/scalars.js';
import { entry } from '../../state/codec.js';
import { keys } from '../../state/keys.js';
import { partyCommand } from '../define.js';
import { requireMayFit, sealMembers, sealReads, sealStep, type SealInput } from './seal-standing.js';

type ReplaceSealInput = SealInput & {
  /** The number of the new seal. */
  readonly by: string;
  readonly reason: string;
  readonly source?: SealSource;
  readonly type?: SealType;
};

/** One seal takes another's place, in one act. */
export const replaceSeal = partyCommand<ReplaceSealInput>({
  name: 'ReplaceSeal',
  writes: ['seal'],
  input: object<ReplaceSealInput>(
    { ...sealMembers.required, by: sealNumber, reason },
    { ...sealMembers.optional, source: oneOf(sealSources), type: oneOf(sealTypes) },
  ),
  reads: (input) => [...sealReads(input), keys.seal(input.unit, input.by)],
  decide(input, actor, view, { timestamp }) {
    requireMayFit(input, actor, view);
    const { unit, seal, by, source, type } = input;
    refuseViolations('The replacement', seal === by ? [byItself] : []);
    const [oldKey, newKey] = [keys.seal(unit, seal), keys.seal(unit, by)];
    const step = sealStep(input, actor, timestamp, view, input.reason);
    const removed = removeSeal(view.get(oldKey), input, step);
    const facts = { kind: removed.kind, ...(source && { source }), ...(type && { type }) };
    const fitted = fitSeal(view.get(newKey), { unit, seal: by }, facts, step);
    for (const each of [removed, fitted]) requireMaySeal(each, isCustoms(actor.role));
    return {
      writes: [entry(oldKey, { ...removed, replacedBy: by }), entry(newKey, { ...fitted, replaces: seal })],
      result: { unit, seal: by },
    };
  },
});

const byItself = { pointer: '/by', code: 'VALUE', message: 'must be another seal than the one it replaces' };
