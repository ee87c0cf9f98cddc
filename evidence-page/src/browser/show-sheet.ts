import type { Line, Sheet, Status } from './sheet.js';

/** What a line's status is called, one and many, and the sign beside it: never told by colour alone. */
const STATUS: Readonly<Record<Status, readonly [sign: string, one: string, many: string]>> = {
  holds: ['✓', 'holds', 'hold'],
  fails: ['✗', 'does not hold', 'do not hold'],
  'not-checked': ['?', 'not checked', 'not checked'],
  note: ['i', 'note', 'notes'],
};

/** An element with text or children, never markup: what stands in a file cannot become part of the page. */
function element(
  name: string,
  attributes: Readonly<Record<string, string>>,
  ...children: readonly (Node | string)[]
): HTMLElement {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

/** Shows a sheet in place of what the element held before. */
export function showSheet(place: HTMLElement, fileName: string, sheet: Sheet): void {
  const facts = [['file', fileName] as const, ...sheet.facts].map(([name, value]) =>
    element('div', {}, element('dt', {}, name), element('dd', {}, value)),
  );
  place.replaceChildren(
    element(
      'div',
      { class: `verdict ${sheet.verdict}` },
      element('h2', { id: 'verdict', tabindex: '-1' }, sheet.headline),
      element('p', {}, sheet.explanation),
    ),
    element('dl', {}, ...facts),
    ...(sheet.lines.length === 0 ? [] : [summaryOf(sheet.lines), tableOf(sheet.lines)]),
  );
}

function summaryOf(lines: readonly Line[]): HTMLElement {
  const counts = (Object.keys(STATUS) as Status[]).flatMap((status) => {
    const count = lines.filter((line) => line.status === status).length;
    const [, one, many] = STATUS[status];
    return count === 0 ? [] : [element('li', { class: status }, `${count} ${count === 1 ? one : many}`)];
  });
  return element('ul', { class: 'counts', 'aria-label': 'Lines by what became of them' }, ...counts);
}

function tableOf(lines: readonly Line[]): HTMLElement {
  const heads = ['Result', 'What was looked at', 'What was found'].map((text) =>
    element('th', { scope: 'col' }, text),
  );
  return element(
    'table',
    {},
    element('caption', {}, 'Line by line'),
    element('thead', {}, element('tr', {}, ...heads)),
    element('tbody', {}, ...lines.map(rowOf)),
  );
}

function rowOf({ status, check, subject, code, text }: Line): HTMLElement {
  const [sign, word] = STATUS[status];
  const about = subject === undefined ? [] : [element('span', { class: 'subject' }, subject)];
  const fault = code === undefined ? [] : [element('code', {}, code), ' '];
  return element(
    'tr',
    { class: status },
    element('td', {}, element('span', { class: 'sign', 'aria-hidden': 'true' }, sign), word),
    element('th', { scope: 'row' }, check.replaceAll('-', ' '), ...about),
    element('td', {}, ...fault, text),
  );
}
