import { deviceStep } from '../../customs/device-policy.js';
import { equivocationSuspended } from '../../device/device-life.js';
import { PassageError } from '../../errors/passage-error.js';
import {
  readEquivocation,
  verifyEquivocation,
  type UnverifiedEquivocation,
} from '../../equivocation/read-equivocation.js';
import { list, object } from '../../shape/composites.js';
import { requestId } from '../../shape/fields.js';
import { such } from '../../shape/scalars.js';
import { mapped } from '../../shape/shape.js';
import { entry } from '../../state/codec.js';
import { keys } from '../../state/keys.js';
import { statementRecordOf } from '../../state/statement-record.js';
import { partyCommand } from '../define.js';
import { deviceOf } from '../devices/owned-device.js';
import { ledgerOf } from '../registry.js';

type FileEquivocationInput = { readonly requestId: string; readonly statements: UnverifiedEquivocation };

const contradiction = mapped(
  list(
    such(() => true, 'a compact JWS'),
    { min: 2, max: 2 },
  ),
  ([one = '', other = '']) => readEquivocation(one, other),
);

/**
 * Any registered party proves that a key has signed two things under one number. The proof is kept and the key suspended:
 * either two devices have the key, or its owner does not tell one story. A proof about a number that is proven already
 * changes nothing, so that an old proof cannot suspend a key again that customs has resumed.
 */
export const fileEquivocation = partyCommand<FileEquivocationInput>({
  name: 'FileEquivocation',
  writes: ['equivocation', 'device'],
  input: object<FileEquivocationInput>({ requestId, statements: contradiction }, {}),
  reads: ({ statements: { kid, seq } }) => [keys.device(kid), keys.equivocation(kid, seq)],
  decide({ statements: proof }, { party }, view, { timestamp: at }) {
    const { kid, seq, statements } = proof;
    const { aud } = statements[0].header;
    if (aud !== ledgerOf(view).ledger) {
      throw new PassageError('WRONG_LEDGER', 'The statements were signed for another ledger', { aud });
    }
    const device = deviceOf(kid, view);
    verifyEquivocation(proof, device.jwk);
    if (view.get(keys.equivocation(kid, seq)) !== undefined) {
      return { writes: [], result: { kid, seq, status: 'duplicate' } };
    }
    const ids = statements.map(({ statementId }) => statementRecordOf(statementId).id).sort();
    const suspended = equivocationSuspended(device, seq, at);
    return {
      writes: [
        entry(keys.equivocation(kid, seq), {
          v: 1,
          kid,
          seq,
          statements: ids,
          filedBy: party.partyId,
          filedAt: at,
        }),
        ...(suspended ? deviceStep(device, suspended) : []),
      ],
      result: { kid, seq, status: 'accepted' },
    };
  },
});
