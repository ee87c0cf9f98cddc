import { commands, mandatableActs, roles } from '@passage/domain';
import { expect } from 'chai';
import { buildSchema, isEnumType, isInterfaceType, isObjectType, isScalarType } from 'graphql';

import { ledgerAlertKinds } from '../ledger-alerts/ledger-alert.js';
import { gatewaySchema, schemaText } from './gateway-schema.js';
import { ownKeyMutations } from './own-key-resolvers.js';
import { scalars } from './scalars.js';

describe('schema.graphql', () => {
  const schema = gatewaySchema();

  it('is a schema for any tool that reads GraphQL: nothing in it is defined twice', () => {
    expect(() => buildSchema(schemaText())).not.to.throw();
  });

  it('has a mutation for each act of the chaincode but Init', () => {
    const acts = commands.map((c) => c.name).filter((name) => name !== 'Init');
    const mutations = Object.keys(schema.getMutationType()?.getFields() ?? {});
    const doors = new Set(Object.keys(ownKeyMutations));
    const ofActs = mutations.filter((name) => !doors.has(name));
    expect(ofActs.sort()).to.deep.equal(acts.map((a) => a.charAt(0).toLowerCase() + a.slice(1)).sort());
  });

  it("names the domain's roles", () => {
    const role = schema.getType('Role');
    expect(isEnumType(role) && role.getValues().map((v) => v.name)).to.deep.equal([...roles]);
  });

  it("names the domain's mandatable acts", () => {
    const act = schema.getType('MandatableAct');
    expect(isEnumType(act) && act.getValues().map((v) => v.name)).to.deep.equal([...mandatableActs]);
  });

  it('names the kinds of alerts about the ledger', () => {
    const kind = schema.getType('LedgerAlertKind');
    expect(isEnumType(kind) && kind.getValues().map((v) => v.name)).to.deep.equal([...ledgerAlertKinds]);
  });

  it('gives every node that the ledger recorded its verification', () => {
    const recorded = schema.getType('Recorded');
    const types = isInterfaceType(recorded) ? schema.getPossibleTypes(recorded).map((t) => t.name) : [];
    expect(types).to.have.members([
      'Party',
      'AeoStanding',
      'Mandate',
      'Device',
      'Equivocation',
      'Shipment',
      'UnitOfShipment',
      'Master',
      'Consolidation',
      'Naming',
      'CustomsStanding',
      'Hold',
      'CustomsDecision',
      'Custody',
      'Handover',
      'HandoverWitness',
      'CarrierRelease',
      'Seal',
      'SealCheck',
      'Document',
      'Declaration',
      'Acceptance',
      'RiskAssessment',
      'Inspection',
      'InspectionAnswer',
      'Correction',
      'ErrorDeclared',
      'Dispute',
      'DisputeRuling',
      'Lot',
      'Transformation',
      'Certificate',
      'Drawdown',
      'DocumentVersion',
      'ParameterProposal',
      'ProposalWord',
      'ShipmentOpened',
      'Observation',
      'HandoverStep',
    ]);
  });

  it('describes every type of its own', () => {
    const silent = Object.values(schema.getTypeMap())
      .filter(
        (t) =>
          !t.name.startsWith('__') &&
          (isObjectType(t) || isScalarType(t) || isInterfaceType(t) || isEnumType(t)),
      )
      .filter((t) => t.description === undefined)
      .map((t) => t.name);
    expect(silent).to.deep.equal([]);
  });

  it('checks every scalar but JSON', () => {
    const own = Object.values(schema.getTypeMap())
      .filter((t) => isScalarType(t))
      .map((t) => t.name);
    expect(
      own.filter((name) => !(name in scalars) && !['String', 'Int', 'Boolean', 'Float', 'ID'].includes(name)),
    ).to.deep.equal(['JSON']);
  });
});
