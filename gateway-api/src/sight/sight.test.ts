import { defaultRoles } from '@passage/domain';
import { expect } from 'chai';

import { sightOf } from './sight.js';
import type { Sight } from './sight.js';

const nothing = { viewers: [], isCustoms: false, certifies: false };

describe('sightOf', () => {
  const sight = (mspId: string, caller: { party?: string; role?: string } = {}, partyMspId = mspId): Sight =>
    sightOf(caller, { mspId, partyMspId, roles: defaultRoles });

  it('gives the auditor everything, and customs its territory', () => {
    expect(sight('AuditorMSP')).to.equal('everything');
    const territory = { viewers: ['customs:CustomsMSP'], isCustoms: true, certifies: false };
    expect(sight('CustomsMSP')).to.deep.equal(territory);
    expect(sight('CustomsMSP', { party: 'O', role: 'customs_officer' })).to.deep.equal({
      ...territory,
      viewers: ['party:O', 'customs:CustomsMSP'],
      party: 'O',
    });
  });

  it('gives a port what passed through it, and its carriers what they are named in', () => {
    expect(sight('PortMSP')).to.deep.include({ viewers: ['organization:PortMSP'] });
    expect(sight('PortMSP', { party: 'T', role: 'terminal_operator' })).to.deep.include({
      viewers: ['party:T', 'organization:PortMSP'],
    });
    expect(sight('PortMSP', { party: 'C', role: 'carrier' })).to.deep.include({ viewers: ['party:C'] });
  });

  it('gives a party what it is named in, where its organisation has registered it', () => {
    const party = { party: 'P', role: 'importer' };
    expect(sight('BusinessMSP', party)).to.deep.equal({ ...nothing, viewers: ['party:P'], party: 'P' });
    expect(sight('BusinessMSP', party, 'PortMSP')).to.deep.equal(nothing);
    expect(sight('BusinessMSP', { party: 'B', role: 'certifying_body' })).to.deep.include({
      certifies: true,
    });
  });

  it('gives no more for a role that the organisation may not give', () => {
    for (const role of ['auditor', 'customs_officer', 'terminal_operator', 'no role']) {
      const expected = { ...nothing, viewers: ['party:P'], party: 'P' };
      expect(sight('BusinessMSP', { party: 'P', role }), role).to.deep.equal(expected);
    }
  });

  it('gives nothing to an organisation as such that has no word of its own, nor to one that is not known', () => {
    expect(sight('BusinessMSP')).to.deep.equal(nothing);
    expect(sightOf({}, { roles: defaultRoles })).to.deep.equal(nothing);
    expect(sightOf({}, { mspId: 'CustomsMSP', roles: {} })).to.deep.equal(nothing);
  });
});
