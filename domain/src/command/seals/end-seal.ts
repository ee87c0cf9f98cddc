import { isCustoms } from '../../party/roles.js';
import { openSeal as open, removeSeal as remove, requireMaySeal, type SealRef } from '../../seal/seal.js';
import type { SealRecord, SealStep } from '../../seal/seal-record.js';
import { object } from '../../shape/composites.js';
import { reason } from '../../shape/fields.js';
import { entry } from '../../state/codec.js';
import { keys } from '../../state/keys.js';
import { partyCommand } from '../define.js';
import type { Operation } from '../operation.js';
import { requireSealStanding, sealMembers, sealReads, sealStep, type SealInput } from './seal-standing.js';

type EndSealInput = SealInput & { readonly reason: string };

/** An act after which a seal no longer closes its unit. That goods are held does not forbid to say so: it is a breach, and told. */
function ending(
  name: string,
  change: (before: SealRecord | undefined, ref: SealRef, step: SealStep) => SealRecord,
): Operation {
  return partyCommand<EndSealInput>({
    name,
    writes: ['seal'],
    input: object<EndSealInput>({ ...sealMembers.required, reason }, sealMembers.optional),
    reads: sealReads,
    decide(input, actor, view, { timestamp }) {
      requireSealStanding(input, actor, view);
      const { unit, seal } = input;
      const key = keys.seal(unit, seal);
      const step = sealStep(input, actor, timestamp, view, input.reason);
      const record = change(view.get(key), { unit, seal }, step);
      requireMaySeal(record, isCustoms(actor.role));
      return { writes: [entry(key, record)], result: { unit, seal } };
    },
  });
}

/** A seal is opened, and says why. */
export const openSeal = ending('OpenSeal', open);

/** A seal is removed, and says why. */
export const removeSeal = ending('RemoveSeal', remove);
