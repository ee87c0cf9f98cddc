import { present } from '../../seal/seal.js';
import { sealFindings, type SealFinding } from '../../seal/seal-record.js';
import { object } from '../../shape/composites.js';
import { oneOf } from '../../shape/scalars.js';
import { entry } from '../../state/codec.js';
import { keys } from '../../state/keys.js';
import { partyCommand } from '../define.js';
import { requireSealStanding, sealMembers, sealReads, sealStep, type SealInput } from './seal-standing.js';

type CheckSealInput = SealInput & { readonly finding: SealFinding };

/** Somebody looks at a seal and says what it found. The seal's own record stays as it is: a finding opens nothing. */
export const checkSeal = partyCommand<CheckSealInput>({
  name: 'CheckSeal',
  writes: ['sealcheck'],
  input: object<CheckSealInput>(
    { ...sealMembers.required, finding: oneOf(sealFindings) },
    sealMembers.optional,
  ),
  reads: sealReads,
  decide(input, actor, view, { timestamp }) {
    requireSealStanding(input, actor, view);
    const { unit, seal, finding, requestId: check } = input;
    present(view.get(keys.seal(unit, seal)), input);
    const { partyId } = actor.party;
    const step = sealStep(input, actor, timestamp, view);
    const key = keys.sealcheck(unit, seal, partyId, check);
    return {
      writes: [entry(key, { v: 1, unit, seal, check, finding, step })],
      result: { unit, seal, finding },
    };
  },
});
