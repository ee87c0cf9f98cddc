import { commands, mandatableActs, roles } from '@passage/domain';
import { expect } from 'chai';
import {
  buildSchema,
  getNamedType,
  getNullableType,
  isEnumType,
  isInterfaceType,
  isListType,
  isObjectType,
  isScalarType,
} from 'graphql';
import type { GraphQLField } from 'graphql';

import { ledgerAlertKinds } from '../ledger-alerts/ledger-alert.js';
import { alertMutations } from './alert-resolvers.js';
import { gatewaySchema, schemaText } from './gateway-schema.js';
import { ownKeyMutations } from './own-key-resolvers.js';
import { scalars } from './scalars.js';
import { webhookMutations } from './webhook-resolvers.js';

/** The fields of what a field answers. */
function fieldsOf({ type }: GraphQLField<unknown, unknown>): object {
  const named = getNamedType(type);
  return isObjectType(named) || isInterfaceType(named) ? named.getFields() : {};
}

describe('schema.graphql', () => {
  const schema = gatewaySchema();

  it('is a schema for any tool that reads GraphQL: nothing in it is defined twice', () => {
    expect(() => buildSchema(schemaText())).not.to.throw();
  });

  it('has a mutation for each act of the chaincode but Init', () => {
    const acts = commands.map((c) => c.name).filter((name) => name !== 'Init');
    const mutations = Object.keys(schema.getMutationType()?.getFields() ?? {});
    const doors = new Set(Object.keys({ ...ownKeyMutations, ...webhookMutations, ...alertMutations }));
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

  it('asks for every page alike, and has no list of what later transactions can add', () => {
    const types = Object.values(schema.getTypeMap()).filter((type) => isObjectType(type));
    const fields = types.flatMap((type) => Object.values(type.getFields()).map((field) => ({ type, field })));
    const pages = fields.filter(({ field }) =>
      /(Connection|^Trace|^Lineage)$/.test(getNamedType(field.type).name),
    );
    expect(pages.length).to.be.greaterThan(25);
    for (const { type, field } of pages) {
      const args = field.args.map(({ name }) => name);
      expect(args, `${type.name}.${field.name}`).to.include.members(['first', 'after', 'last', 'before']);
    }
    const lists = fields
      .filter(({ type }) => !/(Connection|^Trace|^Lineage)$/.test(type.name))
      .filter(({ field }) => isListType(getNullableType(field.type)))
      .filter(({ field }) => Object.hasOwn(fieldsOf(field), 'verification'))
      .map(({ type, field }) => `${type.name}.${field.name}`);
    expect(lists.sort()).to.deep.equal(
      [
        'ErrorDeclared.disputes',
        'ActRecorded.events',
        'ActRecorded.shipments',
        'CustomsDecision.disputes',
        'HandoverStep.disputes',
        'Observation.correctiveOf',
        'Observation.corrections',
        'Observation.disputes',
        'OriginTrace.certificates',
        'ParameterProposal.words',
        'ShipmentOpened.disputes',
        'SplitShipmentResult.parts',
        'StatementRecorded.events',
        'StatementRecorded.shipments',
        'Transformation.outputs',
      ].sort(),
    );
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
