import { Story } from '@passage/evidence/testing';
import { expect } from 'chai';
import { statementIn } from './statement-json.js';
import type { JsonValue } from '@passage/domain';

describe('a file with a shipment statement', () => {
  const { statement: signed } = new Story({ short: true }).bundle('blocks');
  if (signed === undefined) throw new Error('a bundle without a statement');
  const json = (value: unknown): JsonValue => JSON.parse(JSON.stringify(value)) as JsonValue;

  it('is read as a bundle has it, and as a gateway answers', () => {
    const { statement, signatures } = signed;
    const answer = {
      ...statement,
      signatures,
      notSigned: [{ organization: 'business', why: 'it does not answer' }],
    };
    for (const form of [signed, answer, { data: { shipmentStatement: answer } }]) {
      expect(statementIn(json(form))).to.deep.equal(signed);
    }
  });

  it('is refused where it is none', () => {
    for (const other of [null, [], {}, { data: { shipmentStatement: null } }, { ...signed.statement }]) {
      expect(() => statementIn(json(other)))
        .to.throw()
        .with.property('code', 'INVALID_FIELD');
    }
  });
});
