import { expect } from 'chai';
import { sharedWork } from './shared-work.js';
import type { Hands, PieceQueue } from './shared-work.js';

/** So many pieces, of which four may wait. */
function pieces(count: number): PieceQueue<number> {
  let next = 0;
  return {
    next: () => Promise.resolve(next < count ? next++ : undefined),
    isFull: (waiting) => waiting.length >= 4,
  };
}

/** Others who answer when they are told to, and a record of who did what. */
class Watched implements Hands<number, string> {
  begun = 0;
  readonly here: number[] = [];
  readonly asked: number[] = [];
  readonly #answer: (piece: number) => Promise<string | undefined>;

  constructor(answer: (piece: number) => Promise<string | undefined>) {
    this.#answer = answer;
  }

  atOnce = (): number => 2;

  begin = (): void => {
    this.begun += 1;
  };

  ask = (piece: number): Promise<string | undefined> => {
    this.asked.push(piece);
    return this.#answer(piece);
  };

  doHere = (piece: number): string => {
    this.here.push(piece);
    return `${String(piece)} here`;
  };
}

async function answers(count: number, hands: Watched): Promise<(string | undefined)[]> {
  const given: (string | undefined)[] = [];
  for await (const { piece, answer } of sharedWork(pieces(count), hands)) {
    expect(piece).to.equal(given.length);
    given.push(answer);
  }
  return given;
}

describe('work that others share', () => {
  it('comes back in its order, the first piece done here, however long others take', async () => {
    const slowFirst = (piece: number): Promise<string> =>
      new Promise((resolve) => setTimeout(resolve, piece % 3, `${String(piece)} elsewhere`));
    const hands = new Watched(slowFirst);
    const given = await answers(40, hands);
    expect(given).to.have.length(40);
    expect(given[0]).to.equal('0 here');
    expect(given.every((answer, piece) => answer?.startsWith(`${String(piece)} `) !== false)).to.equal(true);
    expect(hands.asked).not.to.deep.equal([]);
  });

  it('is done by the one who would wait, and others never get more than they take at once', async () => {
    let waiting = 0;
    const hands = new Watched(async (piece) => {
      waiting += 1;
      expect(waiting).to.be.at.most(2);
      await new Promise((resolve) => setTimeout(resolve, 5));
      waiting -= 1;
      return `${String(piece)} elsewhere`;
    });
    await answers(20, hands);
    expect(hands.here).to.include.members([0, 3]);
  });

  it('is begun by others once there is enough of it, before the first piece is done, and done here until they are ready', async () => {
    const hands = new Watched((piece) => Promise.resolve(`${String(piece)} elsewhere`));
    hands.atOnce = () => (hands.here.length < 8 ? 0 : 2);
    const work = sharedWork(pieces(20), hands);
    expect(await work.next()).to.have.nested.property('value.answer', '0 here');
    expect(hands.begun).to.equal(1);
    const given: (string | undefined)[] = [];
    for await (const { answer } of work) given.push(answer);
    expect(given).not.to.include(undefined);
    expect(given.slice(0, 7)).to.deep.equal([1, 2, 3, 4, 5, 6, 7].map((piece) => `${String(piece)} here`));
    expect(hands.asked[0]).to.equal(8);
    expect(hands.begun).to.equal(1);
  });

  it('has no answer where others fail', async () => {
    const hands = new Watched(() => Promise.resolve(undefined));
    const given = await answers(12, hands);
    for (const piece of hands.asked) expect(given[piece]).to.equal(undefined);
    expect(hands.asked).not.to.deep.equal([]);
  });

  it('stays with the one who asks where there is little of it', async () => {
    const hands = new Watched(() => Promise.reject(new Error('asked')));
    expect(await answers(4, hands)).to.deep.equal(['0 here', undefined, undefined, undefined]);
    expect(hands.asked).to.deep.equal([]);
    expect(hands.begun).to.equal(0);
  });
});
