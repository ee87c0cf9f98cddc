import './testing/quiet.js';
import { expect } from 'chai';
import { ClientIdentity } from 'fabric-shim';
import { callerOf } from './caller.js';
import { InMemoryStub } from './testing/in-memory-stub.js';
import { Simulation } from './testing/simulation.js';
import { creator, type CreatorOptions } from './testing/creator.js';
import type { Caller } from '@passage/domain';

function callerFrom(options: CreatorOptions): Caller {
  const proposal = { creator: creator(options), txId: 'tx', timestamp: new Date(0), args: [] };
  return callerOf(new ClientIdentity(new InMemoryStub(proposal, new Simulation(new Map()))));
}

describe('callerOf', () => {
  it('takes organisation, party, role and key holder from the certificate', () => {
    const attributes = { 'passage.party': 'P1', 'passage.role': 'carrier', 'passage.keyHeldBy': 'party' };
    expect(callerFrom({ mspId: 'PortMSP', attributes })).to.deep.equal({
      mspId: 'PortMSP',
      admin: false,
      partyId: 'P1',
      role: 'carrier',
      keyHeldBy: 'party',
    });
  });

  it('leaves out what the certificate does not say', () => {
    const bare = { mspId: 'PortMSP', admin: false };
    expect(callerFrom({ mspId: 'PortMSP' })).to.deep.equal(bare);
    expect(callerFrom({ mspId: 'PortMSP', attributes: { 'passage.party': '' } })).to.deep.equal(bare);
    expect(callerFrom({ mspId: 'PortMSP', attributes: { 'passage.keyHeldBy': 'me' } })).to.deep.equal(bare);
  });

  it('knows an admin by the node OU, alone or among others', () => {
    expect(callerFrom({ mspId: 'PortMSP', units: ['admin'] }).admin).to.equal(true);
    expect(callerFrom({ mspId: 'PortMSP', units: ['department1', 'admin'] }).admin).to.equal(true);
    expect(callerFrom({ mspId: 'PortMSP', units: ['client'] }).admin).to.equal(false);
    expect(callerFrom({ mspId: 'PortMSP', units: [] }).admin).to.equal(false);
  });

  it('is not taken in by a name that looks like an OU', () => {
    for (const commonName of ['x/OU=admin', 'x\nOU=admin', 'OU=admin', 'x//OU=admin::']) {
      expect(callerFrom({ mspId: 'PortMSP', commonName }).admin, commonName).to.equal(false);
    }
    expect(callerFrom({ mspId: 'PortMSP', units: ['client', 'notadmin'] }).admin).to.equal(false);
  });
});
