import { setImmediate as nextTurn } from 'node:timers/promises';

/** Who does pieces of work: others, beside the one who asks, and that one himself while he would wait for them. */
export interface Hands<Piece, Answer> {
  /**
   * How many pieces others are given before they have answered: enough that none of them ever waits, and no more; 0 while there is
   * nobody yet, or nobody any longer.
   */
  atOnce(): number;
  /** Called once, as soon as there is enough work for others: they may take a while to get ready. */
  begin(): void;
  /** Has others do a piece; undefined where they fail. */
  ask(piece: Piece): Promise<Answer | undefined>;
  /** Does a piece here and now. */
  doHere(piece: Piece): Answer | undefined;
}

/** A piece of work, and what came of it; undefined where nobody did it. */
export interface Done<Piece, Answer> {
  readonly piece: Piece;
  readonly answer: Answer | undefined;
}

/** Pieces that are known beforehand, and how many of them may be. */
export interface PieceQueue<Piece> {
  /** The next piece; undefined at the end. */
  next(): Promise<Piece | undefined>;
  /** Whether the pieces that wait are enough to look ahead. */
  isFull(waiting: readonly Piece[]): boolean;
}

interface Entry<Piece, Answer> {
  readonly piece: Piece;
  state: 'open' | 'asked' | 'done';
  answer?: Answer | undefined;
  whenDone?: Promise<void>;
}

/**
 * Pieces of work in their order, each with its answer. Others do those that come next; whoever takes the answers does a later one himself
 * where he would have to wait, and all of it until they are ready, so he is of use from the first moment on, and nobody needs a thread more
 * than there are cores. The first piece he does always: others learn from it what to look for. A queue that ends before it was full
 * is not worth others.
 */
export async function* sharedWork<Piece, Answer>(
  pieces: PieceQueue<Piece>,
  hands: Hands<Piece, Answer>,
): AsyncGenerator<Done<Piece, Answer>> {
  const first = await pieces.next();
  if (first === undefined) return;
  const waiting: Entry<Piece, Answer>[] = [];
  const fill = async (): Promise<boolean> => {
    while (!pieces.isFull(waiting.map(({ piece }) => piece))) {
      const piece = await pieces.next();
      if (piece === undefined) return false;
      waiting.push({ piece, state: 'open' });
    }
    return true;
  };
  const isWorthIt = await fill();
  if (isWorthIt) hands.begin();
  yield { piece: first, answer: hands.doHere(first) };
  for (;;) {
    await fill();
    const [head] = waiting;
    if (head === undefined) return;
    if (isWorthIt) await finish(head, waiting, hands);
    waiting.shift();
    yield { piece: head.piece, answer: head.answer };
  }
}

/** Sees to it that a piece is done, unless nobody has begun it, while others do what they can of those behind it. */
async function finish<Piece, Answer>(
  head: Entry<Piece, Answer>,
  waiting: readonly Entry<Piece, Answer>[],
  hands: Hands<Piece, Answer>,
): Promise<void> {
  while (head.state !== 'done') {
    // Answers come in between turns of the event loop, and nothing else lets one pass.
    await nextTurn();
    askFor(waiting, hands);
    const open = waiting.find(({ state }) => state === 'open');
    if (open === undefined) {
      await head.whenDone;
    } else {
      open.answer = hands.doHere(open.piece);
      open.state = 'done';
    }
  }
}

/** Gives others as many pieces as they take at once. */
function askFor<Piece, Answer>(waiting: readonly Entry<Piece, Answer>[], hands: Hands<Piece, Answer>): void {
  const atOnce = hands.atOnce();
  let asked = waiting.filter(({ state }) => state === 'asked').length;
  for (const entry of waiting) {
    if (asked >= atOnce) return;
    if (entry.state !== 'open') continue;
    asked += 1;
    entry.state = 'asked';
    entry.whenDone = hands.ask(entry.piece).then((answer) => {
      entry.answer = answer;
      entry.state = 'done';
    });
  }
}
