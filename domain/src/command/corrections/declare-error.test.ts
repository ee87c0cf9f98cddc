import { expect } from 'chai';
import { statementFact } from '../../facts/statement-fact.js';
import type { JsonObject } from '../../json/value.js';
import { keys } from '../../state/keys.js';
import { statementRecordOf } from '../../state/statement-record.js';
import { readStatement } from '../../statement/read-statement.js';
import {
  actEvent,
  observation,
  partyCaller,
  StatementStage,
  testUcr,
  type TestDevice,
} from '../../testing/index.js';

const [carrier, terminal, officer] = [
  partyCaller('CARRIER1'),
  partyCaller('TERMINAL1'),
  partyCaller('OFFICER1'),
];
const eventID = 'urn:uuid:8f8a3f1c-0d8a-4e67-9d2a-1f0d8a4e679d';
const wrong = actEvent({ ...observation('urn:epc:id:bic:CSQU3054383'), eventID }, testUcr);
const right = actEvent(observation('urn:epc:id:bic:TCLU4265727'), testUcr);
const declarationTime = '2026-01-31T13:00:00.000Z';

/** The event said again, in error. */
function inError(
  event: JsonObject,
  correctives: readonly string[] = [],
  changes: JsonObject = {},
): JsonObject {
  const reason = correctives.length > 0 ? 'incorrect_data' : 'did_not_occur';
  const named = correctives.length > 0 && { correctiveEventIDs: [...correctives] };
  return { ...event, errorDeclaration: { declarationTime, reason, ...named }, ...changes };
}

interface Told {
  readonly stage: StatementStage;
  readonly device: TestDevice;
  readonly corrects: string;
  readonly corrective: string;
  readonly correctiveId: string;
}

/** A stage on which a device of the carrier's has told a wrong event, and then the right one. */
function told(): Told {
  const stage = new StatementStage();
  const device = stage.device('CARRIER1');
  const [corrects, corrective] = [device.next(wrong), device.next(right)];
  stage.world.play(terminal, 'RecordStatements', { statements: [corrects, corrective] });
  return { stage, device, corrects, corrective, correctiveId: readStatement(corrective).statementId };
}

describe('DeclareError', () => {
  it('records the declaration as a statement, with the one that it corrects', () => {
    const { stage, device, corrects, corrective, correctiveId } = told();
    const before = stage.world.get(keys.statement(device.kid, 1));
    const declaration = device.next(inError(wrong, [correctiveId]));
    const input = { requestId: 'e1', declaration, corrects, correctives: [corrective] };
    const { writes, response } = stage.world.play(carrier, 'DeclareError', input);
    expect(writes).to.deep.equal(['request/CARRIER1/e1', keys.statement(device.kid, 3)]);
    const { statementId } = readStatement(declaration);
    expect(response['result']).to.deep.equal({ statementId, kid: device.kid, seq: 3, status: 'accepted' });
    const { id } = statementRecordOf(readStatement(corrects).statementId);
    expect(stage.world.get(keys.statement(device.kid, 3))).to.deep.equal({
      ...statementRecordOf(statementId),
      corrects: { kid: device.kid, seq: 1, id },
    });
    expect(stage.world.get(keys.statement(device.kid, 1))).to.deep.equal(before);
  });

  it("corrects an event without an id under its statement's", () => {
    const { stage, device, corrective, correctiveId } = told();
    const declaration = device.next(inError(right, [], { eventID: correctiveId }));
    const { writes } = stage.world.play(carrier, 'DeclareError', {
      requestId: 'e1',
      declaration,
      corrects: corrective,
    });
    expect(writes).to.include(keys.statement(device.kid, 3));
  });

  it('may be signed by another device of the same owner, and is known when it comes again', () => {
    const { stage, device, corrects } = told();
    const other = stage.device('TERMINAL1');
    const foreign = { requestId: 'e1', declaration: other.next(inError(wrong)), corrects };
    for (const caller of [carrier, terminal]) {
      expect(stage.world.refusal(caller, 'DeclareError', foreign).code).to.equal('NOT_OWNER');
    }
    const declaration = device.next(inError(wrong));
    expect(stage.world.refusal(officer, 'DeclareError', { ...foreign, declaration }).code).to.equal(
      'NOT_OWNER',
    );
    stage.world.play(carrier, 'DeclareError', { requestId: 'e2', declaration, corrects });
    const again = stage.world.play(carrier, 'DeclareError', { requestId: 'e3', declaration, corrects });
    expect(again.writes).to.deep.equal(['request/CARRIER1/e3']);
    expect(again.response['result']).to.include({ status: 'duplicate' });
  });

  it('does not undo what an act did, nor do it again', () => {
    const stage = new StatementStage();
    const device = stage.device('CARRIER1');
    const packing = actEvent(
      {
        type: 'AggregationEvent',
        action: 'ADD',
        parentID: 'urn:epc:id:bic:CSQU3054383',
        childEPCs: [`urn:passage:ucr:${testUcr}`],
        eventID,
      },
      testUcr,
    );
    const corrects = device.next(packing);
    stage.world.play(terminal, 'RecordStatements', { statements: [corrects] });
    const inside = stage.world.get(keys.containment('container:CSQU3054383', testUcr));
    expect(inside).to.not.equal(undefined);
    const input = { requestId: 'e1', declaration: device.next(inError(packing)), corrects };
    const { writes } = stage.world.play(carrier, 'DeclareError', input);
    expect(writes).to.deep.equal(['request/CARRIER1/e1', keys.statement(device.kid, 2)]);
    expect(stage.world.get(keys.containment('container:CSQU3054383', testUcr))).to.deep.equal(inside);
  });

  it('refuses what the ledger does not hold: corrective events are recorded first', () => {
    const { stage, device, corrects } = told();
    const later = device.next(right);
    const { statementId } = readStatement(later);
    const declaration = device.next(inError(wrong, [statementId]));
    const early = { requestId: 'e1', declaration, corrects, correctives: [later] };
    const refusal = stage.world.refusal(carrier, 'DeclareError', early);
    expect([refusal.code, refusal.details['pointer']]).to.deep.equal(['STATEMENT_UNKNOWN', '/correctives/0']);
    const twin = device.statement({ seq: 1, payload: wrong, prev: 'x' });
    const forged = device.statement({ seq: 1, payload: { ...wrong, bizStep: 'departing' } });
    expect(readStatement(twin).statementId).to.equal(readStatement(corrects).statementId);
    const other = stage.world.refusal(carrier, 'DeclareError', { ...early, corrects: forged });
    expect([other.code, other.details['pointer']]).to.deep.equal(['STATEMENT_UNKNOWN', '/corrects']);
    stage.world.play(terminal, 'RecordStatements', { statements: [later] });
    stage.world.play(carrier, 'DeclareError', early);
  });

  it('refuses a declaration that is no repetition, or names others', () => {
    const { stage, device, corrects, corrective, correctiveId } = told();
    for (const [payload, correctives, code, details] of [
      [wrong, [], 'NOT_A_CORRECTION', { pointer: '/declaration' }],
      [inError(wrong, [], { bizStep: 'departing' }), [], 'CORRECTION_MISMATCH', { members: ['bizStep'] }],
      [inError(wrong, [], { eventID: correctiveId }), [], 'CORRECTION_MISMATCH', { members: ['eventID'] }],
      [
        inError(wrong, [], { readPoint: { id: 'geo:1,1' } }),
        [],
        'CORRECTION_MISMATCH',
        { members: ['readPoint'] },
      ],
      [inError(wrong, [correctiveId]), [], 'CORRECTION_MISMATCH', { pointer: '/correctives' }],
      [inError(wrong), [corrective], 'CORRECTION_MISMATCH', { pointer: '/correctives' }],
    ] as const) {
      const declaration = device.statement({ seq: 3, payload });
      const input = { requestId: 'e1', declaration, corrects, correctives: [...correctives] };
      const refusal = stage.world.refusal(carrier, 'DeclareError', input);
      expect(refusal.code).to.equal(code);
      expect(refusal.details).to.deep.include(details);
    }
    const recordTime = '2026-02-01T00:00:00.000Z';
    const declaration = device.next(inError(wrong, [], { recordTime }));
    stage.world.play(carrier, 'DeclareError', { requestId: 'e1', declaration, corrects });
  });

  it('corrects no declaration, and takes none for a corrective event', () => {
    const { stage, device, corrects } = told();
    const first = device.next(inError(wrong));
    stage.world.play(carrier, 'DeclareError', { requestId: 'e1', declaration: first, corrects });
    const again = { requestId: 'e2', declaration: device.next(inError(wrong)), corrects: first };
    const refusal = stage.world.refusal(carrier, 'DeclareError', again);
    expect([refusal.code, refusal.details['pointer']]).to.deep.equal(['NOT_A_CORRECTION', '/corrects']);
    const declaration = device.next(inError(wrong, [eventID]));
    const circle = { requestId: 'e3', declaration, corrects, correctives: [first] };
    expect(stage.world.refusal(carrier, 'DeclareError', circle).details['pointer']).to.equal(
      '/correctives/0',
    );
  });

  it('judges the declaration as every statement: ledger, key, signature, number, status and form', () => {
    const { stage, device, corrects } = told();
    const stranger = stage.device('SELLER1');
    const refusalOf = (declaration: string): string =>
      stage.world.refusal(carrier, 'DeclareError', { requestId: 'e1', declaration, corrects }).code;
    const good = device.statement({ seq: 3, payload: inError(wrong) });
    expect(refusalOf(device.statement({ seq: 3, aud: 'cd'.repeat(32) }))).to.equal('WRONG_LEDGER');
    expect(refusalOf(device.statement({ seq: 3, kid: 'A'.repeat(43) }))).to.equal('KEY_UNKNOWN');
    expect(refusalOf(stranger.statement({ seq: 3, kid: device.kid }))).to.equal('SIGNATURE_INVALID');
    expect(refusalOf(device.statement({ seq: 1, payload: inError(wrong) }))).to.equal('SEQUENCE_USED');
    const malformed = inError(wrong, [], { errorDeclaration: { declarationTime: 'now' } });
    expect(refusalOf(device.statement({ seq: 3, payload: malformed }))).to.equal('INVALID_FIELD');
    stage.world.play(carrier, 'SuspendDevice', { requestId: 's', kid: device.kid, reason: 'lost' });
    expect(refusalOf(good)).to.equal('DEVICE_SUSPENDED');
    stage.world.play(carrier, 'RevokeDevice', { requestId: 'r', kid: device.kid, reason: 'lost' });
    expect(refusalOf(good)).to.equal('DEVICE_REVOKED');
  });

  it('is the only way for an error declaration', () => {
    const { stage, device } = told();
    expect(stage.refused('CARRIER1', inError(wrong))).to.deep.equal([
      '0 ERROR_DECLARATION /payload/errorDeclaration',
    ]);
    stage.world.play(carrier, 'RevokeDevice', { requestId: 'r', kid: device.kid, reason: 'lost' });
    const late = { requestId: 'l', statements: [device.next(inError(wrong))] };
    const { details } = stage.world.refusal(carrier, 'FileLateEvidence', late);
    expect(details['refused']).to.have.nested.property('[0].code', 'ERROR_DECLARATION');
  });
});

describe('the fact that an error declaration is', () => {
  it('has its place in the chain and tells nothing', () => {
    const { device, correctiveId } = told();
    const at = { block: 1, position: 0, item: 0 };
    const origin = { at, ledgerTime: 5, owner: 'CARRIER1', mspId: 'BusinessMSP', late: false };
    const statement = readStatement(device.next(inError(wrong, [correctiveId])));
    expect(statementFact(statement, origin)).to.deep.equal({
      ...origin,
      statementId: statement.statementId,
      kid: device.kid,
      seq: 3,
      prev: correctiveId,
      things: [],
      consignments: [],
    });
  });
});
