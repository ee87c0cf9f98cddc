import { PassageClient } from '@passage/client';
import type { ClientCode, PassageClientOptions } from '@passage/client';
import { serializeIdentity } from '@passage/ledger';
import { expect } from 'chai';

import type { Tampering } from '../testing/fake-own-key-ledger.js';
import { ownKey } from '../testing/own-key.js';
import type { OwnKey } from '../testing/own-key.js';
import { at } from '../testing/read.js';
import { codeOf, fine, prepared } from '../testing/story.js';
import { TestGateway, UCR, carrier, importer } from '../testing/test-gateway.js';

describe('an act signed with a key of the party’s own', () => {
  let gateway: TestGateway;
  let key: OwnKey;
  beforeEach(async () => {
    gateway = await (await TestGateway.open()).start();
    await prepared(gateway);
    key = ownKey({ party: 'CARRIER', role: 'carrier' });
  });
  afterEach(() => gateway.remove());

  const client = (options: Partial<PassageClientOptions> = {}, caller = carrier): PassageClient =>
    new PassageClient({
      gateway: {
        url: 'http://gateway/graphql',
        token: () => Promise.resolve('the test gateway adds its own'),
        fetch: (_, request) => gateway.fetch(request, caller),
      },
      signer: key,
      channel: 'test',
      chaincode: 'passage',
      ...options,
    });
  const offer = (requestId = 'offer') => ({ requestId, ucr: UCR, to: 'KRIMP01', place: 'KRPUS' });
  const open = async (): Promise<unknown> => {
    const query = `{ shipment(ucr: "${UCR}") { custody { open { number act { party keyHeldBy } } } } }`;
    return at(fine(await gateway.ask(query)), 'shipment.custody.open');
  };

  it('stands in a block, and shows whose key it was', async () => {
    const { receipt, result } = await client().act('OfferHandover', offer());
    expect(receipt).to.include({ requestId: 'offer', duplicate: false });
    expect(receipt.block).to.equal(gateway.ledger.chain.length - 1);
    expect(result).to.deep.include({ ucr: UCR, handover: 1 });
    expect(await open()).to.deep.equal({ number: 1, act: { party: 'CARRIER', keyHeldBy: 'party' } });
  });

  it('happens once, however often it is sent', async () => {
    const first = await client().act('OfferHandover', offer());
    const again = await client().act('OfferHandover', offer());
    expect(again.receipt).to.deep.equal({ ...first.receipt, duplicate: true });
    expect(again.result).to.deep.equal(first.result);
  });

  it('is proposed anew when others were quicker', async () => {
    let left = 2;
    gateway.ledger.faults = {
      broadcast: (transaction) => {
        if (left-- > 0) gateway.ledger.commit({ ...transaction, code: 11 });
        return undefined;
      },
    };
    const { receipt } = await client().act('OfferHandover', offer());
    expect(receipt.duplicate).to.equal(false);
    expect(left).to.equal(-1);
  });

  it('is shown to whoever confirms before the second signature, and not sent without', async () => {
    const shown: unknown[] = [];
    const before = gateway.ledger.chain.length;
    const confirm: PassageClientOptions['confirm'] = (act) => {
      shown.push([act.command, act.input, act.result['handover']]);
      return false;
    };
    await refusal(client({ confirm }).act('OfferHandover', offer()), 'NOT_CONFIRMED');
    expect(shown).to.deep.equal([['OfferHandover', offer(), 1]]);
    expect(gateway.ledger.chain).to.have.length(before);
  });

  it('is refused by the rules with their own code', async () => {
    const error = await refusal(
      client().act('OfferHandover', { ...offer(), to: 'NOBODY' }),
      'GATEWAY_REFUSED',
    );
    expect(error.details).to.include({ code: 'PARTY_UNKNOWN' });
  });

  it('is cancelled when the gateway changes anything in the messages', async () => {
    const other = Buffer.from('"other"');
    const { certificate } = ownKey({ party: 'CARRIER', role: 'carrier' });
    const foreign = serializeIdentity('BusinessMSP', Buffer.from(certificate));
    const cases: readonly (readonly [ClientCode, Tampering])[] = [
      ['CHANNEL_DIFFERS', { proposal: (input) => ({ ...input, channelId: 'another' }) }],
      ['CHAINCODE_DIFFERS', { proposal: (input) => ({ ...input, chaincode: 'another' }) }],
      ['ARGUMENTS_DIFFER', { proposal: (input) => ({ ...input, args: [input.args[0] ?? other, other] }) }],
      ['ARGUMENTS_DIFFER', { proposal: (input) => ({ ...input, args: [...input.args, other] }) }],
      ['ARGUMENTS_DIFFER', { proposal: (input) => ({ ...input, isInit: true }) }],
      ['TRANSIENT_DIFFERS', { proposal: (input) => ({ ...input, transientMap: new Map([['x', other]]) }) }],
      ['CREATOR_DIFFERS', { proposal: (input) => ({ ...input, creator: foreign }) }],
      [
        'TIME_DIFFERS',
        { proposal: (input) => ({ ...input, timestamp: { seconds: 1_700_000_000, nanos: 0 } }) },
      ],
      ['RESULT_DIFFERS', { answer: (answer) => answer.replace('"handover":1', '"handover":2') }],
      ['WRITES_DIFFER', { writes: (writes) => writes.filter(([name]) => !name.startsWith('request/')) }],
      [
        'WRITES_DIFFER',
        {
          writes: (writes) =>
            writes.map(([name, value]) => [name, value.replace('"handover":1', '"handover":2')] as const),
        },
      ],
    ];
    const before = gateway.ledger.chain.length;
    for (const [code, tampering] of cases) {
      gateway.ledger.tampering = tampering;
      await refusal(client().act('OfferHandover', offer()), code);
    }
    expect(gateway.ledger.chain).to.have.length(before);
  });

  describe('is let through for nobody else:', () => {
    const propose = (certificate: string, caller = carrier, command = 'OfferHandover') =>
      gateway.ask('mutation ($input: ProposeActInput!) { proposeAct(input: $input) { proposal } }', caller, {
        input: { command, argument: JSON.stringify(offer()), certificate },
      });

    it('not with a certificate of another party, another role, or a key that a gateway holds', async () => {
      const foreign = ownKey({ party: 'KRIMP01', role: 'importer' });
      const held = ownKey({ party: 'CARRIER', role: 'carrier', keyHeldBy: 'gateway' });
      expect(codeOf(await propose(foreign.certificate))).to.equal('FORBIDDEN');
      expect(codeOf(await propose(held.certificate))).to.equal('FORBIDDEN');
      expect(codeOf(await propose(key.certificate, importer))).to.equal('FORBIDDEN');
      expect(codeOf(await propose('no certificate'))).to.equal('BAD_ARGUMENT');
      expect(codeOf(await propose(key.certificate, carrier, 'Nothing'))).to.equal('TRANSACTION_UNKNOWN');
    });

    it('not with a signature that does not fit, and not what is no message', async () => {
      const proposal = String(at(fine(await propose(key.certificate)), 'proposeAct.proposal'));
      const endorse = (input: object) =>
        gateway.ask('mutation ($input: EndorseActInput!) { endorseAct(input: $input) { answer } }', carrier, {
          input,
        });
      const wrong = Buffer.from(await key.sign(Buffer.from('something else'))).toString('base64');
      expect(codeOf(await endorse({ proposal, signature: wrong }))).to.equal('BAD_ARGUMENT');
      expect(codeOf(await endorse({ proposal: 'AAAA', signature: wrong }))).to.equal('BAD_ARGUMENT');
      expect(codeOf(await endorse({ proposal: 'no base64!', signature: wrong }))).to.equal('BAD_ARGUMENT');
    });

    it('not ten minutes after it was proposed', async () => {
      gateway.ledger.tampering = {
        proposal: (input) => ({
          ...input,
          timestamp: { seconds: Math.floor(Date.now() / 1000) - 601, nanos: 0 },
        }),
      };
      const late = client({ now: () => Date.now() - 601_000 });
      const error = await refusal(late.act('OfferHandover', offer()), 'ACT_UNFINISHED');
      expect(error.details).to.include({ code: 'PROPOSAL_EXPIRED' });
    });
  });
});

interface Refused {
  readonly code: string;
  readonly details: Readonly<Record<string, unknown>>;
}

/** What an act that has to fail fails with. */
async function refusal(act: Promise<unknown>, code: ClientCode): Promise<Refused> {
  const error = await act.then(
    () => undefined,
    (reason: unknown) => reason as Refused,
  );
  expect(error, `nothing was refused, and ${code} was expected`).to.have.property('code', code);
  return error as Refused;
}
