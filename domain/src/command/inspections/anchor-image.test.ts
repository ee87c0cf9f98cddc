import { expect } from 'chai';
import type { JsonObject } from '../../json/value.js';
import { keys } from '../../state/keys.js';
import {
  imageHash,
  InspectionStage,
  partyCaller,
  scanEvent,
  testContainer,
  testUcr,
} from '../../testing/index.js';

const key = keys.inspection(testUcr, 1);
const unit = testContainer;

function ordered(): InspectionStage {
  const stage = new InspectionStage();
  stage.order('scan', { units: [unit] });
  return stage;
}

/** Why an image is refused that the scanner's event says. */
function refusal(event: JsonObject): readonly unknown[] {
  const stage = ordered();
  const input = { requestId: 'r', ucr: testUcr, inspection: 1, unit, statement: stage.record(event) };
  const { code, details } = stage.world.refusal(stage.terminal, 'AnchorImage', input);
  return [code, details['pointer']];
}

describe('AnchorImage', () => {
  it("ties an image to its unit by the scanner's own statement", () => {
    const stage = ordered();
    const statement = stage.record();
    const { writes, response } = stage.play(stage.terminal, 'AnchorImage', { unit, statement });
    expect(writes.slice(0, 1)).to.deep.equal([key]);
    expect(response['result']).to.deep.equal({
      ucr: testUcr,
      inspection: 1,
      status: 'imaged',
      image: imageHash,
    });
    const { kid } = stage.scanner;
    const recorded = stage.world.get(keys.statement(kid, 1))?.id;
    const by = { by: 'TERMINAL1', at: stage.world.now() };
    expect(stage.world.get(key)?.images).to.deep.equal([
      { unit, sha256: imageHash, uff: '2.0.0', kid, seq: 1, statement: recorded, ...by },
    ]);
    expect(stage.refused(stage.terminal, 'AnchorImage', { unit, statement })).to.equal('IMAGE_ANCHORED');
  });

  it('is brought by whoever carries the inspection out, or by customs', () => {
    const stage = ordered();
    const statement = stage.record();
    for (const other of ['CARRIER1', 'IMPORTER1'] as const) {
      expect(stage.refused(partyCaller(other), 'AnchorImage', { unit, statement })).to.equal('NOT_ADDRESSEE');
    }
    stage.play(stage.officer, 'AnchorImage', { unit, statement });
  });

  it('rests on a statement that the ledger holds, byte for byte', () => {
    const stage = ordered();
    const unrecorded = stage.scanner.statement({ seq: 1, payload: scanEvent() });
    expect(stage.refused(stage.terminal, 'AnchorImage', { unit, statement: unrecorded })).to.equal(
      'STATEMENT_UNKNOWN',
    );
    stage.record();
    const other = stage.scanner.statement({
      seq: 1,
      payload: scanEvent({ hexBinaryValue: 'ff'.repeat(32) }),
    });
    expect(stage.refused(stage.terminal, 'AnchorImage', { unit, statement: other })).to.equal(
      'STATEMENT_UNKNOWN',
    );
    expect(stage.refused(stage.terminal, 'AnchorImage', { unit, statement: 'no statement' })).to.equal(
      'INVALID_STATEMENT',
    );
  });

  it('takes the word of X-ray and CT scanners alone', () => {
    const stage = ordered();
    for (const kind of ['ocr_camera', 'business_system', 'radiation_portal']) {
      const statement = stage.record(scanEvent(), stage.device(kind));
      expect(stage.refused(stage.terminal, 'AnchorImage', { unit, statement }), kind).to.equal(
        'NOT_AN_IMAGE',
      );
    }
    const statement = stage.record(scanEvent(), stage.device('ct_scanner'));
    stage.play(stage.terminal, 'AnchorImage', { unit, statement });
  });

  it('reads hash, format and unit out of the event', () => {
    const report = (changes: JsonObject): readonly unknown[] => refusal(scanEvent(changes));
    const bad = ['NOT_AN_IMAGE', '/statement/sensorElementList'];
    expect(report({ hexBinaryValue: 'c0ffee' })).to.deep.equal(bad);
    expect(report({ hexBinaryValue: `${imageHash}00` })).to.deep.equal(bad);
    for (const uff of ['2', '2.', '2.0.0.0', '2.0-rc', 'v2.0', '1234.0'])
      expect(report({ 'psg:uff': uff }), uff).to.deep.equal(bad);
    expect(report({ 'psg:uff': 'newest' })).to.deep.equal(bad);
    expect(report({ 'psg:uff': 2 })).to.deep.equal(bad);
    expect(report({ type: 'Temperature', value: 20, uom: 'CEL' })).to.deep.equal(bad);
    const one = { type: 'psg:image', hexBinaryValue: imageHash, 'psg:uff': '2.0.0' };
    expect(refusal(scanEvent({}, { sensorElementList: [{ sensorReport: [one, one] }] }))).to.deep.equal(bad);
    const elsewhere = { epcList: ['urn:epc:id:bic:MWCU6059784'] };
    expect(refusal(scanEvent({}, elsewhere))).to.deep.equal(['NOT_AN_IMAGE', '/statement/epcList']);
  });

  it('is what somebody saw of a thing: neither an act nor another kind of event', () => {
    const bad = ['NOT_AN_IMAGE', '/statement/action'];
    expect(refusal(scanEvent({}, { action: 'ADD' }))).to.deep.equal(bad);
    const { epcList = [], ...rest } = scanEvent();
    const [parentID = ''] = epcList as readonly string[];
    const association = { ...rest, type: 'AssociationEvent', parentID, childEPCs: ['urn:passage:seal:KR1'] };
    expect(refusal(association)).to.deep.equal(bad);
  });

  it('takes every version of the format, and reads one report among others', () => {
    const stage = ordered();
    const other = { type: 'Temperature', value: 20, uom: 'CEL' };
    const image = { type: 'psg:image', hexBinaryValue: imageHash, 'psg:uff': '12.10' };
    const event = scanEvent({}, { sensorElementList: [{ sensorReport: [other, image] }] });
    stage.play(stage.terminal, 'AnchorImage', { unit, statement: stage.record(event) });
    expect(stage.world.get(key)?.images[0]?.uff).to.equal('12.10');
  });

  it('counts upper-case hex as the same hash', () => {
    const stage = ordered();
    const statement = stage.record(scanEvent({ hexBinaryValue: imageHash.toUpperCase() }));
    stage.play(stage.terminal, 'AnchorImage', { unit, statement });
    expect(stage.world.get(key)?.images[0]?.sha256).to.equal(imageHash);
  });

  it('is of a unit that was chosen', () => {
    const stage = new InspectionStage();
    stage.order('scan', { units: ['container:MWCU6059784'] });
    expect(stage.refused(stage.terminal, 'AnchorImage', { unit, statement: stage.record() })).to.equal(
      'UNIT_NOT_CHOSEN',
    );
  });

  it('belongs to a scan', () => {
    const stage = new InspectionStage();
    stage.order('physical', { units: [unit] });
    expect(stage.refused(stage.terminal, 'AnchorImage', { unit, statement: stage.record() })).to.equal(
      'INSPECTION_STEP',
    );
  });

  it('takes fifty images at most', () => {
    const stage = ordered();
    const image = (count: number): JsonObject => {
      const hexBinaryValue = count.toString(16).padStart(64, '0');
      return { unit, statement: stage.record(scanEvent({ hexBinaryValue })) };
    };
    for (let count = 1; count <= 50; count += 1) stage.play(stage.terminal, 'AnchorImage', image(count));
    expect(stage.refused(stage.terminal, 'AnchorImage', image(51))).to.equal('TOO_LARGE');
  });

  it('does not rest on what was filed after the key was revoked', () => {
    const stage = ordered();
    const statement = stage.scanner.next(scanEvent());
    const { kid } = stage.scanner;
    stage.world.play(stage.terminal, 'RevokeDevice', { requestId: 'x', kid, reason: 'stolen' });
    stage.world.play(stage.terminal, 'FileLateEvidence', { requestId: 'y', statements: [statement] });
    expect(stage.refused(stage.terminal, 'AnchorImage', { unit, statement })).to.equal('NOT_AN_IMAGE');
  });
});
