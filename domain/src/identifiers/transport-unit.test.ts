import { expect } from 'chai';
import { canCarry, isImoNumber, isTransportUnit, unitKinds, unitOfUri, unitUri } from './transport-unit.js';

const vehicle = `vehicle:${'A'.repeat(43)}`;
const units = [
  'sscc:040123450000001112',
  'container:CSQU3054383',
  vehicle,
  'ship:9176187',
  'flight:KE123-2026-01-31',
];

describe('transport units', () => {
  it('are read from the URIs that events name them by, and written back', () => {
    expect(units.map((unit) => unit.split(':')[0])).to.deep.equal([...unitKinds]);
    for (const unit of units) {
      expect(isTransportUnit(unit), unit).to.equal(true);
      expect(unitOfUri(unitUri(unit)), unit).to.equal(unit);
    }
  });

  it('take an SSCC as an EPC URN or as a Digital Link on any host', () => {
    expect(unitOfUri('urn:epc:id:sscc:4012345.0000000111')).to.equal('sscc:040123450000001112');
    expect(unitOfUri('https://example.org/00/040123450000001112')).to.equal('sscc:040123450000001112');
  });

  it('are no unit with a wrong check digit, a plate in clear, a day that no month has, or another scheme', () => {
    const wrong = [
      'urn:epc:id:bic:CSQU3054384',
      'urn:epc:id:imovn:9176188',
      'urn:passage:vehicle:12GA3456',
      'urn:passage:flight:KE123-2026-13-01',
      'urn:epc:id:sgtin:0614141.107346.2017',
      'no uri',
    ];
    for (const uri of wrong) expect(unitOfUri(uri), uri).to.equal(undefined);
    for (const text of ['CSQU3054383', 'box:1', ':', '', 'container:', 'sscc:040123450000001113']) {
      expect(isTransportUnit(text), text).to.equal(false);
    }
    expect(() => unitUri('box:1')).to.throw(RangeError);
  });

  it('carry what stands further in, never themselves', () => {
    const [pallet = '', container = '', lorry = '', ship = '', flight = ''] = units;
    expect(canCarry(container, pallet)).to.equal(true);
    expect(canCarry(ship, lorry)).to.equal(true);
    expect(canCarry(pallet, container)).to.equal(false);
    expect(canCarry(container, container)).to.equal(false);
    expect(canCarry(ship, flight)).to.equal(false);
  });

  it('are a flight by carrier, number and a day of the calendar', () => {
    const flight = (id: string): boolean => isTransportUnit(`flight:${id}`);
    for (const day of ['2026-01-01', '2026-09-09', '2026-10-10', '2026-12-29', '2026-12-31'])
      expect(flight(`KE1-${day}`), day).to.equal(true);
    for (const day of ['2026-00-01', '2026-13-01', '2026-01-00', '2026-01-32', '2026-1-1', '2026-01-010'])
      expect(flight(`KE1-${day}`), day).to.equal(false);
    for (const number of ['KE1234', 'KE1234A', '5X12']) expect(flight(`${number}-2026-01-01`)).to.equal(true);
    for (const number of ['KE', 'KE12345', 'KE1AB', 'ke1', 'XKE1', 'K-1'])
      expect(flight(`${number}-2026-01-01`), number).to.equal(false);
  });

  it('know the check digit of an IMO number', () => {
    expect(['9176187', '9074729', '9321483'].map(isImoNumber)).to.deep.equal([true, true, true]);
    expect(['9176188', '917618', 'IMO9176187', '91761870'].map(isImoNumber)).to.deep.equal(
      Array(4).fill(false),
    );
  });
});
