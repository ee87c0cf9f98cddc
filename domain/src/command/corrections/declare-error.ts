import { checkEvent } from '../../acts/event-acts.js';
import { checkCorrection } from '../../correction/correction.js';
import { checkMaySign } from '../../device/may-sign.js';
import { PassageError } from '../../errors/passage-error.js';
import { pointerTo } from '../../json/pointer.js';
import { list, object } from '../../shape/composites.js';
import { requestId } from '../../shape/fields.js';
import { such } from '../../shape/scalars.js';
import { mapped } from '../../shape/shape.js';
import { entry } from '../../state/codec.js';
import { keys, type StateKey } from '../../state/keys.js';
import { statementRecordOf } from '../../state/statement-record.js';
import type { WorldView } from '../../state/world-view.js';
import { readStatement } from '../../statement/read-statement.js';
import type { UnverifiedStatement } from '../../statement/statement.js';
import { partyCommand } from '../define.js';
import { deviceOf, requireOwner } from '../devices/owned-device.js';
import { ledgerOf } from '../registry.js';
import { judgeStatement } from '../statements/judge-statement.js';

type DeclareErrorInput = {
  readonly requestId: string;
  /** The event said again, with its `errorDeclaration`: a new statement. */
  readonly declaration: UnverifiedStatement;
  /** The statement that it corrects, as it was signed. */
  readonly corrects: UnverifiedStatement;
  /** The statements of the corrective events, in the order of `correctiveEventIDs`. */
  readonly correctives?: readonly UnverifiedStatement[];
};

/** The most corrective events of one declaration: what it reads stays bounded. */
const maxCorrectives = 20;

const signed = mapped(
  such(() => true, 'a compact JWS'),
  readStatement,
);

/**
 * The owner of a device declares that an event which one of its devices has told is in error. Corrective events are on the ledger
 * before. What was recorded stays, and so does everything that an act did: it is undone by the act that takes it back.
 */
export const declareError = partyCommand<DeclareErrorInput>({
  name: 'DeclareError',
  writes: ['statement'],
  input: object<DeclareErrorInput>(
    { requestId, declaration: signed, corrects: signed },
    { correctives: list(signed, { min: 0, max: maxCorrectives }) },
  ),
  reads: ({ declaration, corrects, correctives = [] }) => [
    keys.device(declaration.header.kid),
    keys.device(corrects.header.kid),
    ...[declaration, corrects, ...correctives].map(statementKey),
  ],
  decide({ declaration, corrects, correctives = [] }, { party }, view) {
    const { ledger } = ledgerOf(view);
    const rule = { mayAdd: checkMaySign, check: checkEvent };
    const { status, device } = judgeStatement(declaration, ledger, view, rule);
    const { statementId, header } = declaration;
    const result = { statementId, kid: header.kid, seq: header.seq, status };
    if (status === 'duplicate') return { writes: [], result };
    requireOwner(device, party.partyId);
    requireRecorded(corrects, '/corrects', view);
    requireOwner(deviceOf(corrects.header.kid, view), party.partyId);
    for (const [index, corrective] of correctives.entries()) {
      requireRecorded(corrective, pointerTo('/correctives', index), view);
    }
    checkCorrection(declaration, corrects, correctives);
    const { kid, seq } = corrects.header;
    const { id } = statementRecordOf(corrects.statementId);
    const record = { ...statementRecordOf(statementId), corrects: { kid, seq, id } };
    return { writes: [entry(statementKey(declaration), record)], result };
  },
});

function statementKey({ header: { kid, seq } }: UnverifiedStatement): StateKey<'statement'> {
  return keys.statement(kid, seq);
}

/** @throws PassageError STATEMENT_UNKNOWN where the ledger holds nothing under its number, or other bytes */
function requireRecorded(statement: UnverifiedStatement, pointer: string, view: WorldView): void {
  const { statementId, header } = statement;
  if (view.get(statementKey(statement))?.id === statementRecordOf(statementId).id) return;
  const details = { kid: header.kid, seq: header.seq, pointer };
  throw new PassageError('STATEMENT_UNKNOWN', `The ledger does not hold ${statementId}`, details);
}
