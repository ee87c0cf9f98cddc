import { expect } from 'chai';
import { customsPolicy } from '../../customs/held-keys.js';
import type { JsonObject } from '../../json/value.js';
import { encodeRecord } from '../../state/codec.js';
import { keys } from '../../state/keys.js';
import {
  imageHash,
  InspectionStage,
  partyCaller,
  scanEvent,
  testContainer,
  testUcr,
} from '../../testing/index.js';

const ucr = testUcr;
const key = keys.inspection(ucr, 1);
const carrier = partyCaller('CARRIER1');
const importer = partyCaller('IMPORTER1');
const policy = customsPolicy('CustomsMSP');
const request = (who: string, number: number): string => `request/${who}/i-${String(number)}`;

describe('OrderInspection', () => {
  it("writes the order under customs' policy, and that it was given", () => {
    const stage = new InspectionStage();
    const { writes, policies, response } = stage.order();
    expect(writes).to.deep.equal([`customs/${ucr}`, key, request('OFFICER1', 1)]);
    expect(policies).to.deep.equal({ [key]: policy });
    expect(response['result']).to.deep.equal({ ucr, inspection: 1, status: 'ordered' });
    const at = stage.world.now();
    const by = { by: 'OFFICER1', role: 'customs_officer', at };
    const ordered = { ...by, legalBasis: 'art. 188', response: '5' };
    const deadline = '2026-02-01T00:00:00.000Z';
    const about = { v: 1, ucr, inspection: 1, kind: 'scan', to: 'TERMINAL1', deadline };
    expect(stage.world.get(key)).to.deep.equal({ ...about, ordered, images: [], readings: [] });
    const latest = { kind: 'inspection_ordered', inspection: 1, decision: ordered };
    expect(stage.world.get(keys.customs(ucr))).to.deep.include({ inspections: 1, latest });
    stage.order('documents');
    expect(stage.world.get(keys.inspection(ucr, 2))?.ordered.response).to.equal('6');
  });

  it('is for customs, in time, and for somebody who is registered', () => {
    const stage = new InspectionStage();
    const order = { kind: 'scan', to: 'TERMINAL1', deadline: '2026-02-01T00:00:00.000Z', legalBasis: 'x' };
    expect(stage.refused(stage.terminal, 'OrderInspection', order)).to.equal('ROLE_NOT_HELD');
    const refused = (changes: JsonObject): string =>
      stage.refused(stage.officer, 'OrderInspection', { ...order, ...changes });
    expect(refused({ deadline: '2025-12-31T00:00:00.000Z' })).to.equal('INVALID_FIELD');
    expect(refused({ to: 'NOBODY' })).to.equal('PARTY_UNKNOWN');
    expect(refused({ kind: 'look' })).to.equal('INVALID_FIELD');
    expect(refused({ ucr: '6KRIMPORTER1-NONE' })).to.equal('SHIPMENT_UNKNOWN');
    const record = stage.world.get(keys.customs(ucr));
    if (record) stage.world.put(keys.customs(ucr), encodeRecord({ ...record, customs: 'OtherMSP' }));
    expect(refused({})).to.equal('NOT_COMPETENT');
  });
});

describe('AnswerInspection', () => {
  it("is the other side's word under a key of its own", () => {
    const stage = new InspectionStage();
    stage.order();
    const { writes, policies, response } = stage.play(stage.terminal, 'AnswerInspection', {
      answer: 'acknowledged',
    });
    const answer = keys.acknowledgement(ucr, 1);
    expect(writes).to.deep.equal([answer, request('TERMINAL1', 2)]);
    expect(policies).to.deep.equal({});
    expect(response['result']).to.deep.equal({ ucr, inspection: 1, status: 'acknowledged' });
    const at = stage.world.now();
    const said = { answer: 'acknowledged', by: 'TERMINAL1', at };
    expect(stage.world.get(answer)).to.deep.equal({ v: 1, ucr, inspection: 1, ...said });
    expect(stage.refused(stage.terminal, 'AnswerInspection', { answer: 'acknowledged' })).to.equal(
      'INSPECTION_STEP',
    );
  });

  it('is given by whom the order is for, and says why it refuses; then the order is over', () => {
    const stage = new InspectionStage();
    expect(stage.refused(stage.terminal, 'AnswerInspection', { answer: 'acknowledged' })).to.equal(
      'INSPECTION_UNKNOWN',
    );
    stage.order();
    expect(stage.refused(carrier, 'AnswerInspection', { answer: 'acknowledged' })).to.equal('NOT_ADDRESSEE');
    expect(stage.refused(stage.terminal, 'AnswerInspection', { answer: 'refused' })).to.equal(
      'INVALID_FIELD',
    );
    const refusal = { answer: 'refused', reason: 'the scanner is broken' };
    const { response } = stage.play(stage.terminal, 'AnswerInspection', refusal);
    expect(response).to.have.nested.property('result.status', 'refused');
    expect(stage.refused(stage.officer, 'ChooseUnits', { units: [testContainer] })).to.equal(
      'INSPECTION_STEP',
    );
  });
});

describe('ChooseUnits', () => {
  it('comes after the order, answered or not, and once', () => {
    for (const isAnswered of [true, false]) {
      const stage = new InspectionStage();
      stage.order();
      if (isAnswered) stage.play(stage.terminal, 'AnswerInspection', { answer: 'acknowledged' });
      const choose = { units: [testContainer] };
      expect(stage.refused(stage.terminal, 'ChooseUnits', choose)).to.equal('ROLE_NOT_HELD');
      const { writes, response } = stage.play(stage.officer, 'ChooseUnits', choose);
      expect(writes.filter((each) => !each.startsWith('request'))).to.deep.equal([key]);
      expect(response).to.have.nested.property('result.status', 'chosen');
      const at = stage.world.now();
      expect(stage.world.get(key)?.choice).to.deep.equal({ units: [testContainer], by: 'OFFICER1', at });
      expect(stage.refused(stage.officer, 'ChooseUnits', choose)).to.equal('INSPECTION_STEP');
    }
  });
});

describe('RecordReading', () => {
  it('says which program, in which version, made what of which image', () => {
    const stage = new InspectionStage().imaged();
    const { writes, response } = stage.read('non_conforming');
    expect(writes.slice(0, 1)).to.deep.equal([key]);
    expect(response).to.have.nested.property('result.status', 'read');
    const by = { by: 'OFFICER1', at: stage.world.now() };
    const model = { id: 'cargo-net', version: '4.1' };
    expect(stage.world.get(key)?.readings).to.deep.equal([
      { image: imageHash, model, result: 'non_conforming', ...by },
    ]);
    const reading = { image: 'ff'.repeat(32), model, result: 'conforming' };
    expect(stage.refused(stage.officer, 'RecordReading', reading)).to.equal('IMAGE_UNKNOWN');
    expect(stage.refused(stage.terminal, 'RecordReading', reading)).to.equal('ROLE_NOT_HELD');
    const hexBinaryValue = 'c1'.repeat(32);
    const second = { unit: testContainer, statement: stage.record(scanEvent({ hexBinaryValue })) };
    stage.play(stage.terminal, 'AnchorImage', second);
    for (let count = 1; count < 50; count += 1) stage.read('conforming');
    expect(stage.refused(stage.officer, 'RecordReading', { ...reading, image: imageHash })).to.equal(
      'TOO_LARGE',
    );
  });
});

describe('JudgeInspection', () => {
  const finding = (stage: InspectionStage): unknown => stage.world.get(keys.customs(ucr))?.finding;

  it('writes the verdict, and the finding on which releases depend', () => {
    const stage = new InspectionStage().imaged();
    const { writes, response } = stage.judge('non_conforming');
    expect(writes.slice(0, 2)).to.deep.equal([`customs/${ucr}`, key]);
    expect(response).to.have.nested.property('result.status', 'judged');
    const by = { by: 'OFFICER1', at: stage.world.now() };
    expect(stage.world.get(key)?.verdict).to.deep.equal({
      result: 'non_conforming',
      reason: 'density',
      ...by,
    });
    expect(finding(stage)).to.deep.equal({ result: 'non_conforming', inspection: 1, ...by });
    expect(stage.world.get(keys.customs(ucr))?.latest).to.deep.equal({
      kind: 'inspection_judged',
      inspection: 1,
      decision: { ...by, role: 'customs_officer', legalBasis: 'art. 188', response: '5' },
    });
    const release = { legalBasis: 'art. 194' };
    const first = stage.play(stage.officer, 'ReleaseGoods', release);
    expect(first.response).to.have.nested.property('result.decision', 'release_proposed');
    expect(stage.refused(stage.officer, 'ReleaseGoods', release)).to.equal('SECOND_OFFICER');
    const second = stage.play(stage.colleague, 'ReleaseGoods', release);
    expect(second.response).to.have.nested.property('result.decision', 'goods_released');
  });

  it('waits for another officer where a program has read otherwise; until then the goods do not conform', () => {
    const stage = new InspectionStage().imaged();
    stage.read('non_conforming');
    expect(stage.judge('conforming').response).to.have.nested.property('result.status', 'disputed');
    expect(finding(stage)).to.include({ result: 'non_conforming' });
    const opinion = { result: 'conforming', reason: 'a shadow' };
    expect(stage.refused(stage.officer, 'ReviewInspection', opinion)).to.equal('OTHER_OFFICER');
    expect(
      stage.refused(stage.officer, 'DisposeInspection', { disposition: 'release_recommended' }),
    ).to.equal('INSPECTION_STEP');
    const { writes } = stage.judge('conforming', stage.colleague, 'ReviewInspection');
    expect(writes.slice(0, 2)).to.deep.equal([`customs/${ucr}`, key]);
    expect(finding(stage)).to.include({ result: 'conforming', by: 'OFFICER2' });
    expect(stage.world.get(key)?.review).to.deep.include({ result: 'conforming', by: 'OFFICER2' });
  });

  it('takes no second opinion where both agree', () => {
    const stage = new InspectionStage().imaged();
    stage.read('conforming');
    stage.judge('conforming');
    expect(
      stage.refused(stage.colleague, 'ReviewInspection', { result: 'conforming', reason: 'x' }),
    ).to.equal('INSPECTION_STEP');
  });

  it('is not wiped out by another inspection', () => {
    const stage = new InspectionStage().imaged();
    stage.judge('non_conforming');
    stage.order('documents');
    stage.play(stage.colleague, 'JudgeInspection', {
      inspection: 2,
      result: 'conforming',
      reason: 'in order',
    });
    expect(finding(stage)).to.include({ result: 'non_conforming', inspection: 1 });
    const conforming = new InspectionStage().imaged();
    conforming.judge('conforming');
    conforming.order('documents');
    conforming.play(conforming.officer, 'JudgeInspection', {
      inspection: 2,
      result: 'non_conforming',
      reason: 'x',
    });
    expect(finding(conforming)).to.include({ result: 'non_conforming', inspection: 2 });
  });

  it('is an officer’s who is no party to the goods', () => {
    const stage = new InspectionStage().imaged();
    const opinion = { result: 'conforming', reason: 'x' };
    expect(stage.refused(importer, 'JudgeInspection', opinion)).to.equal('ROLE_NOT_HELD');
    const record = stage.world.get(keys.custody(ucr));
    if (record) stage.world.put(keys.custody(ucr), encodeRecord({ ...record, custodian: 'OFFICER1' }));
    expect(stage.refused(stage.officer, 'JudgeInspection', opinion)).to.equal('OWN_CONSIGNMENT');
    stage.judge('conforming', stage.colleague);
    expect(
      stage.refused(stage.officer, 'DisposeInspection', { disposition: 'release_recommended' }),
    ).to.equal('OWN_CONSIGNMENT');
  });
});

describe('DisposeInspection', () => {
  const dispose = (stage: InspectionStage, input: JsonObject): string =>
    stage.refused(stage.officer, 'DisposeInspection', input);

  it('recommends the release, once', () => {
    const stage = new InspectionStage().imaged();
    stage.judge('conforming');
    const input = { disposition: 'release_recommended', reason: 'nothing found' };
    const { writes, response } = stage.play(stage.colleague, 'DisposeInspection', input);
    expect(writes.slice(0, 2)).to.deep.equal([`customs/${ucr}`, key]);
    expect(response['result']).to.deep.equal({
      ucr,
      inspection: 1,
      status: 'disposed',
      disposition: 'release_recommended',
    });
    expect(stage.world.get(key)?.outcome).to.deep.equal({ ...input, by: 'OFFICER2', at: stage.world.now() });
    expect(stage.world.get(keys.customs(ucr))?.latest).to.deep.include({ kind: 'inspection_disposed' });
    expect(dispose(stage, input)).to.equal('INSPECTION_STEP');
  });

  it('names the hold that keeps the goods, and says it in its code', () => {
    const stage = new InspectionStage().imaged();
    stage.judge('non_conforming');
    expect(dispose(stage, { disposition: 'hold' })).to.equal('INVALID_FIELD');
    expect(dispose(stage, { disposition: 'release_recommended', hold: 1 })).to.equal('INVALID_FIELD');
    expect(dispose(stage, { disposition: 'hold', hold: 1 })).to.equal('HOLD_UNKNOWN');
    stage.play(stage.officer, 'PlaceHold', { legalBasis: 'x', response: '6' });
    stage.play(stage.officer, 'DetainGoods', { legalBasis: 'x' });
    expect(dispose(stage, { disposition: 'detain', hold: 1 })).to.equal('INVALID_FIELD');
    expect(dispose(stage, { disposition: 'hold', hold: 2 })).to.equal('INVALID_FIELD');
    const lift = { legalBasis: 'x', response: '9', hold: 1 };
    stage.play(stage.officer, 'ReleaseHold', lift);
    stage.play(stage.colleague, 'ReleaseHold', lift);
    expect(dispose(stage, { disposition: 'hold', hold: 1 })).to.equal('HOLD_LIFTED');
    stage.play(stage.officer, 'DisposeInspection', { disposition: 'detain', hold: 2 });
    expect(stage.world.get(key)?.outcome).to.deep.include({ disposition: 'detain', hold: 2, response: '7' });
  });
});
