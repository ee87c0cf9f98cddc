import { expect } from 'chai';
import { consignmentsOf, subjectsOf } from './subjects.js';

const UCR = '6KRIMPORTER1-DECL1';
const container = 'urn:epc:id:bic:CSQU3054383';
const goods = `urn:passage:ucr:${UCR}`;

describe('subjectsOf', () => {
  it('knows a thing by one name, however the event writes it', () => {
    const [urn, link] = ['urn:epc:id:sscc:4012345.0000000111', 'https://id.gs1.org/00/040123450000001112'];
    const [item, itemLink] = [
      'urn:epc:id:sgtin:4012345.011111.987',
      'https://id.gs1.org/01/04012345111118/21/987',
    ];
    const epcList = [urn, link, 'https://example.com/00/040123450000001112', item, container, 'urn:x:1'];
    expect(subjectsOf({ type: 'ObjectEvent', epcList })).to.deep.equal({
      things: [link, itemLink, container, 'urn:x:1'],
      consignments: [],
    });
  });

  it('takes goods that are packed for a consignment, never for a thing', () => {
    const event = {
      type: 'AggregationEvent',
      parentID: container,
      childEPCs: [goods],
      childQuantityList: [{ epcClass: 'urn:passage:ucr:6KRIMPORTER1-DECL2', quantity: 3 }],
      bizTransactionList: [{ type: 'psg:ucr', bizTransaction: goods }],
    };
    expect(subjectsOf(event)).to.deep.equal({
      things: [container],
      consignments: [UCR, '6KRIMPORTER1-DECL2'],
    });
  });

  it('finds nothing that an error declaration is about, though it names what it repeats', () => {
    const bizTransactionList = [{ type: 'psg:ucr', bizTransaction: goods }];
    const event = { epcList: [container], bizTransactionList, errorDeclaration: {} };
    expect(subjectsOf(event)).to.deep.equal({ things: [], consignments: [] });
    expect(consignmentsOf(event)).to.deep.equal([UCR]);
  });
});
