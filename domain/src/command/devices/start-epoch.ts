import { epochStarted } from '../../device/device-life.js';
import { PassageError } from '../../errors/passage-error.js';
import { object } from '../../shape/composites.js';
import { ordinal, requestId, sha256Base64url } from '../../shape/fields.js';
import { entry } from '../../state/codec.js';
import { keys } from '../../state/keys.js';
import { statementIdOf } from '../../state/statement-record.js';
import { partyCommand } from '../define.js';
import { ownDevice } from './owned-device.js';

type StartEpochInput = {
  readonly requestId: string;
  readonly kid: string;
  readonly after: number;
  readonly firstSeq: number;
};

/**
 * The owner declares that a device has lost its memory and counts anew from `firstSeq`. Its next statement names as `prev`
 * the one under the number `after`, the last that the ledger holds; so numbers stay unique and the chain stays one.
 */
export const startEpoch = partyCommand<StartEpochInput>({
  name: 'StartEpoch',
  writes: ['device'],
  input: object<StartEpochInput>({ requestId, kid: sha256Base64url, after: ordinal, firstSeq: ordinal }, {}),
  reads: ({ kid, after }) => [keys.device(kid), keys.statement(kid, after)],
  decide({ kid, after, firstSeq }, { party }, view, { timestamp: at }) {
    const device = ownDevice(kid, party.partyId, view);
    const known = view.get(keys.statement(kid, after));
    if (known === undefined) {
      throw new PassageError('STATEMENT_UNKNOWN', `The ledger holds no statement ${after} of ${kid}`, {
        kid,
        seq: after,
      });
    }
    const end = { seq: after, last: statementIdOf(known) };
    const record = epochStarted(device, { after: end, firstSeq, at });
    return {
      writes: [entry(keys.device(kid), record)],
      result: { kid, epoch: record.epoch?.number ?? 0, firstSeq, prev: end.last },
    };
  },
});
