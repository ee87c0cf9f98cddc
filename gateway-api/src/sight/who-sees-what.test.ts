import { setTimeout as sleep } from 'node:timers/promises';

import { expect } from 'chai';

import { cursorOf } from '../index/cursor.js';
import { alertBody } from '../schema/alert-body.js';
import { feedBody } from '../schema/feed-body.js';
import { follow } from '../testing/follow.js';
import { queries, questionsAbout, textOf } from '../testing/questions.js';
import type { Question } from '../testing/questions.js';
import { at, listAt, membersAt, textAt } from '../testing/read.js';
import { STANDING, openSightStage } from '../testing/sight-stage.js';
import { kinds, own, shownOf, table, watchers } from '../testing/sight-table.js';
import type { Kind, Part } from '../testing/sight-table.js';
import { fine } from '../testing/story.js';
import type { TestGateway } from '../testing/test-gateway.js';

const beginning = cursorOf({ block: 0, position: 0, item: 0 });

/** An answer without what a device has signed. */
function withoutSignedBytes(text: string): string {
  const isSigned = (name: string): boolean => /_(payload|jws)$/.test(name);
  return JSON.stringify(JSON.parse(text, (name, value: unknown) => (isSigned(name) ? undefined : value)));
}

/** The entries of a page; undefined where it is no connection. */
function entriesOf(answer: unknown): readonly unknown[] | undefined {
  const [, entries] =
    Object.entries(answer ?? {}).find(([name]) => /(Connection|Lineage)_edges$/.test(name)) ?? [];
  return entries as readonly unknown[] | undefined;
}

function shows(query: string, answer: unknown): boolean {
  const part = shownOf[query];
  const shown = part === undefined ? answer : at(answer, part);
  if (Array.isArray(shown)) return shown.length > 0;
  return shown !== null && entriesOf(shown)?.length !== 0;
}

type AlertsOf = Readonly<Record<'shown' | 'told' | 'sent', readonly string[]>>;

describe('who sees what', function () {
  this.timeout(120_000);
  let gateway: TestGateway;
  /** How often each kind of caller was shown something, by field. */
  const shown = new Map<string, Map<Kind, number>>();
  /** The consignments that each kind of caller is shown, asked for by themselves. */
  const consignments = new Map<Kind, Set<unknown>>();
  /** The consignments that each is told of, by subscriptions and by webhooks, and how much it is told. */
  const told = { feed: new Map<Kind, Set<unknown>>(), webhook: new Map<Kind, Set<unknown>>() };
  const items = { feed: new Map<Kind, number>(), webhook: new Map<Kind, number>() };
  const answers: { readonly kind: Kind; readonly question: Question; readonly text: string }[] = [];

  const ask = async (
    kind: Kind,
    questions: readonly Question[],
    block: number | null,
  ): Promise<unknown[]> => {
    const data = fine(await gateway.ask(textOf(questions), kinds[kind], { block }));
    return questions.map((_, i) => data[`q${String(i)}`]);
  };
  const askAll = async (kind: Kind, questions: readonly Question[], block: number | null): Promise<void> => {
    for (const [i, answer] of (await ask(kind, questions, block)).entries()) {
      const question = questions[i] ?? ['', {}];
      const [query, args] = question;
      const found = shows(query, answer);
      const counts = shown.get(query) ?? new Map<Kind, number>();
      shown.set(query, counts.set(kind, (counts.get(kind) ?? 0) + (found ? 1 : 0)));
      if (query === 'shipment' && found)
        consignments.set(kind, (consignments.get(kind) ?? new Set()).add(args['ucr']));
      answers.push({ kind, question, text: JSON.stringify(answer) });
    }
  };

  /** The alerts that a kind of caller is shown, and those that it is told of by stream and webhook, each with one of its consignments. */
  const alertsOf = async (kind: Kind): Promise<AlertsOf> => {
    const shown: string[] = [];
    for (let after: unknown = null; ;) {
      const query =
        'query ($after: String) { alerts(first: 100, after: $after) { nodes { id shipments path { id } } pageInfo { hasNextPage endCursor } } }';
      const page = at(fine(await gateway.ask(query, kinds[kind], { after })), 'alerts');
      answers.push({ kind, question: ['alerts', {}], text: JSON.stringify(page) });
      for (const alert of listAt(page, 'nodes')) {
        const ucrs = listAt(alert, 'shipments').map(String);
        shown.push(...ucrs.map((ucr) => `${textAt(alert, 'id')} ${ucr}`));
      }
      after = at(page, 'pageInfo.endCursor');
      if (at(page, 'pageInfo.hasNextPage') !== true) break;
    }
    const { services } = gateway.gateway;
    const stream = await services.alertStreams.follow(kinds[kind], {}, firstAlert);
    const raised: string[] = [];
    const sent: string[] = [];
    // Whether more comes than is to come is not known before it does: a moment is waited for it.
    const quiet = (): Promise<undefined> =>
      sleep(raised.length < shown.length ? 60_000 : 50, undefined, { ref: false });
    for (;;) {
      const next = await Promise.race([stream.next(), quiet()]);
      if (next?.value === undefined) break;
      if (!('entry' in next.value)) continue;
      const { alert, shipments } = next.value.entry;
      raised.push(...shipments.map(({ ucr }) => `${alert.alert_id} ${ucr}`));
      const body = await alertBody(next.value, kinds[kind], services);
      answers.push({ kind, question: ['alert webhook', {}], text: body });
      const { id, shipments: named } = membersAt(JSON.parse(body), 'data.alert');
      sent.push(...(named as readonly string[]).map((ucr) => `${String(id)} ${ucr}`));
    }
    stream.close();
    return { shown: shown.sort(), told: raised.sort(), sent: sent.sort() };
  };
  const alerts = new Map<Kind, AlertsOf>();
  let firstAlert: string;

  const tell = (way: keyof typeof told, kind: Kind, item: unknown, text: string): void => {
    const known = told[way].get(kind) ?? new Set();
    for (const ucr of listAt(item, 'ucrs')) known.add(ucr);
    told[way].set(kind, known);
    items[way].set(kind, (items[way].get(kind) ?? 0) + 1);
    answers.push({ kind, question: [way, {}], text });
  };
  /** Everything that a kind of caller is told from the beginning on, to the last act, which everyone is told of. */
  const followed = async (kind: Kind): Promise<void> => {
    const isLast = (item: unknown): boolean => listAt(item, 'parties').includes('LAST1');
    const following = await follow(gateway, kinds[kind], { after: beginning });
    await following.item();
    for (let last = false; !last;) {
      const item = await following.item();
      tell('feed', kind, item, JSON.stringify(item));
      last = isLast(item);
    }
    await following.leave();
    const { services } = gateway.gateway;
    const stream = await services.streams.follow(kinds[kind], {}, beginning);
    for await (const each of stream) {
      if (!('entry' in each)) continue;
      const body = await feedBody(each, services);
      const { data } = JSON.parse(body) as { readonly data: unknown };
      tell('webhook', kind, data, body);
      if (isLast(data)) break;
    }
  };
  /** Journeys over a time in which a seal was closed. */
  const sealed = async (units: readonly string[]): Promise<readonly Question[]> => {
    const fitted = await ask(
      'auditor',
      units.map((unit): Question => ['seals', { unit }]),
      null,
    );
    return fitted.flatMap((seals, i) =>
      listAt(seals, 'SealConnection_edges').map((edge): Question => {
        const from = textAt(edge, 'SealEdge_node.Seal_fitted.SealStep_at');
        const to = new Date(Date.parse(from) + 1).toISOString();
        return ['sealContinuity', { unit: units[i] ?? '', from, to }];
      }),
    );
  };

  before(async () => {
    const stage = await openSightStage();
    ({ gateway } = stage);
    const { scenes, newest } = stage;
    firstAlert = await gateway.gateway.services.alertStreams.here();
    gateway.gateway.alertWatch.start();
    while ((await gateway.gateway.alertWatch.lookedAt()) < newest) await sleep(5);

    const units = (questions: readonly Question[]) => questions.filter(([query]) => query === 'contents');
    const all: readonly Question[] = [...questionsAbout(scenes), ['shipment', { ucr: STANDING }]];
    const journeys = await sealed(units(all).map(([, { unit = '' }]) => unit));
    const now = [...all.filter(([query]) => !(query in shownOf)), ...journeys];
    const packed: number[] = [];
    for (let block = 0; block <= newest; block++) {
      const inside = await ask('auditor', units(all), block);
      if (inside.some((contents) => shows('contents', contents))) packed.push(block);
    }
    for (const kind of Object.keys(kinds) as Kind[]) {
      for (let from = 0; from < now.length; from += 20) await askAll(kind, now.slice(from, from + 20), null);
      await askAll(kind, units(all), packed[0] ?? 0);
      await followed(kind);
      alerts.set(kind, await alertsOf(kind));
    }
  });
  after(() => gateway.remove());

  it('is said of every field', () => {
    expect([...Object.keys(table), ...own].sort()).to.deep.equal(queries.map(({ name }) => name).sort());
    expect([...shown.keys()].sort()).to.deep.equal(Object.keys(table).sort());
  });

  for (const [query, parts] of Object.entries(table)) {
    it(`is as the table says: ${query}`, () => {
      const counts = shown.get(query) ?? new Map<Kind, number>();
      const whole = counts.get('auditor') ?? 0;
      expect(whole).to.be.greaterThan(0);
      const partOf = (count: number): Part => (count === whole ? 'all' : count === 0 ? 'none' : 'some');
      const found = [...counts].map(([kind, count]): [string, Part] => [kind, partOf(count)]);
      expect(Object.fromEntries(found)).to.deep.equal(parts);
    });
  }

  for (const way of ['feed', 'webhook'] as const) {
    for (const kind of Object.keys(kinds) as Kind[]) {
      it(`is what a ${way} tells, too: ${kind}`, () => {
        const seen = [...(consignments.get(kind) ?? [])].sort();
        expect([...(told[way].get(kind) ?? [])].sort()).to.deep.equal(seen);
        const [own = 0, whole = 0] = [kind, 'auditor' as const].map((each) => items[way].get(each));
        expect(own).to.be.within(1, kind === 'auditor' ? whole : whole - 1);
      });
    }
  }

  for (const kind of Object.keys(kinds) as Kind[]) {
    it(`is what alerts show, tell and send, too: ${kind}`, () => {
      const { shown, told, sent } = alerts.get(kind) ?? {};
      const mayBeSeen = (alerts.get('auditor')?.shown ?? []).filter((each) =>
        consignments.get(kind)?.has(each.split(' ')[1]),
      );
      expect(shown).to.deep.equal(mayBeSeen);
      expect(told).to.deep.equal(shown);
      expect(sent).to.deep.equal(shown);
      if (kind in watchers) expect(shown).to.have.length.greaterThan(5);
    });
  }

  it('names no consignment in any answer to a caller who does not see it', () => {
    const known = [...(consignments.get('auditor') ?? [])].map(String);
    const names = (text: string, ucr: string): boolean => new RegExp(`${ucr}(?![A-Z0-9])`).test(text);
    // A party reads the bytes that it has handed in itself, whatever they name; nothing beside them names more than it sees.
    const ofOthers = (kind: Kind, query: string, text: string): string =>
      kind === 'terminal' && query === 'events' ? withoutSignedBytes(text) : text;
    const leaks = answers.flatMap(({ kind, question: [query, args], text }) =>
      known
        .filter((ucr) => consignments.get(kind)?.has(ucr) !== true && names(ofOthers(kind, query, text), ucr))
        .map((ucr) => `${kind} is shown ${ucr} by ${query}(${JSON.stringify(args)})`),
    );
    expect(leaks).to.deep.equal([]);
  });
});
