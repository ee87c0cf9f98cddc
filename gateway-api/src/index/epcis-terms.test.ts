import { expect } from 'chai';

import { epcisColumns, epcisTerms, searchable } from './epcis-terms.js';

describe('values that are looked for', () => {
  it('are kept in full, or by their beginning and their hash, so that none is too long for an index', () => {
    const long = `urn:x:${'\u4e16'.repeat(1_018)}`;
    const twin = `${long.slice(0, -1)}y`;
    expect(searchable('KRPUS')).to.equal('KRPUS');
    expect(searchable(long)).to.have.length(465).and.not.equal(searchable(twin));
    const event = { type: 'ObjectEvent', action: 'OBSERVE', readPoint: { id: long }, eventID: long };
    const { read_point, event_id } = epcisColumns(event);
    expect([read_point, event_id]).to.deep.equal([searchable(long), searchable(long)]);
    const typed = { bizTransactionList: [{ type: long, bizTransaction: twin }] };
    const [{ term, value } = { term: '', value: '' }] = epcisTerms(typed);
    expect(value).to.equal(searchable(twin));
    // A row of a B-tree in PostgreSQL has 2,704 bytes.
    expect(Buffer.byteLength(term + value)).to.be.lessThan(2_600);
  });
});
