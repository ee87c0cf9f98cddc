import { expect } from 'chai';
import fc from 'fast-check';
import { join } from 'node:path';
import { defaultRoles, isUcr, mayHold, parseUcr } from '@passage/domain';
import { needSharedData } from '@passage/testing';
import type { Declaration } from './declaration.js';
import { collectParties } from './parties.js';
import { loadDeclarations } from './read-declarations.js';
import { openShipmentInput, ucrOf } from './shipment.js';

const withoutSeller: Declaration = {
  id: '97061800',
  date: '2020-01-01',
  office: '30',
  transportMode: '1',
  declarant: 'ZZR1LT6',
  importer: 'QLRUBN9',
  hs: '440890',
  hsEdition: '2017',
  departure: 'BE',
  origin: 'BE',
};
const declaration: Declaration = { ...withoutSeller, seller: '0VKY2BR' };

describe('openShipmentInput', () => {
  it('maps a declaration to what the importer opens the shipment with', () => {
    expect(openShipmentInput(declaration)).to.deep.equal({
      requestId: 'open-0KRQLRUBN9-97061800',
      ucr: '0KRQLRUBN9-97061800',
      goods: [{ hs: '440890', hsEdition: '2017' }],
      origin: 'BE',
      departure: 'BE',
      transportMode: '1',
      parties: { importer: 'QLRUBN9', declarant: 'ZZR1LT6', seller: '0VKY2BR' },
      custodian: 'CARRIER-SEA',
    });
    expect(openShipmentInput(withoutSeller).parties).to.deep.equal({
      importer: 'QLRUBN9',
      declarant: 'ZZR1LT6',
    });
  });

  it('gives every declaration that can be read a UCR that names its importer', () => {
    const code = fc.stringMatching(/^[0-9A-Z]{1,12}$/);
    fc.assert(
      fc.property(
        code,
        fc.stringMatching(/^[0-9A-Z-]{1,18}$/),
        fc.integer({ min: 2000, max: 2099 }),
        (importer, id, year) => {
          const ucr = ucrOf({ ...declaration, importer, id, date: `${year}-06-01` });
          expect(isUcr(ucr)).to.equal(true);
          expect(parseUcr(ucr)).to.deep.equal({
            yearDigit: String(year % 10),
            country: 'KR',
            trader: importer,
            reference: id,
          });
        },
      ),
    );
  });
});

describe('collectParties', () => {
  it('has everyone who takes part, once, in roles that the host may give', () => {
    const parties = collectParties([declaration, withoutSeller]);
    expect(parties.map(({ partyId, roles, host }) => `${host} ${roles.join('+')} ${partyId}`)).to.deep.equal([
      'business importer QLRUBN9',
      'business broker ZZR1LT6',
      'business exporter 0VKY2BR',
      'business carrier CARRIER-SEA',
      'port terminal_operator TERMINAL-BEANR',
      'port terminal_operator TERMINAL-KRPUS',
      'customs customs_office CUSTOMS-KRPUS',
      'customs customs_officer OFFICER-KRPUS',
    ]);
    const mspIds = { business: 'BusinessMSP', port: 'PortMSP', customs: 'CustomsMSP' };
    for (const { host, roles } of parties) {
      for (const role of roles) expect(mayHold(defaultRoles, mspIds[host], role), role).to.equal(true);
    }
  });

  it('gives a party that appears in several parts all their roles', () => {
    const [party] = collectParties([declaration, { ...declaration, seller: 'QLRUBN9' }]);
    expect(party).to.have.property('partyId', 'QLRUBN9');
    expect(party?.roles).to.deep.equal(['importer', 'exporter']);
  });

  it('names every party of the first 500 real declarations', async function () {
    const folder = needSharedData(this, 'kcs-declarations');
    const declarations = await loadDeclarations(join(folder, 'df_syn_valid_eng.csv.gz'), 500);
    const ids = new Set(collectParties(declarations).map(({ partyId }) => partyId));
    const named = declarations
      .map(openShipmentInput)
      .flatMap(({ parties, custodian }) => [...Object.values(parties), custodian]);
    expect(named.length).to.be.greaterThan(1500);
    expect(named.filter((partyId) => !ids.has(partyId))).to.deep.equal([]);
  });
});
