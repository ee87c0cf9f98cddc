import type { AlertKind } from '@passage/domain';

import { gatewayError } from '../errors.js';
import type { About } from './about.js';

/** What a follower wants to hear of: any of each list that is given, and all of the lists. */
export type FeedFilter = { readonly [Dimension in keyof About]?: readonly string[] | null } & {
  readonly what?: readonly FeedKind[] | null;
  readonly commands?: readonly string[] | null;
  readonly alertKinds?: readonly AlertKind[] | null;
};

export type FeedKind = 'statement' | 'act' | 'alert';

/** What a filter is compared with. */
export interface Filtered {
  readonly what: FeedKind;
  readonly about: About;
  readonly command?: string;
  readonly kind?: AlertKind;
}

/** The most names in one list of a filter. */
const MOST_NAMES = 100;

const dimensions = ['shipments', 'units', 'devices', 'parties', 'ports', 'countries'] as const;

/** @throws BAD_ARGUMENT for a list that is empty or too long. */
export function checkFilter(filter: FeedFilter): void {
  for (const [name, list] of Object.entries(filter)) {
    if (!Array.isArray(list) || (list.length > 0 && list.length <= MOST_NAMES)) continue;
    const message = `the filter's \`${name}\` names ${String(list.length)}; a list names 1 to ${String(MOST_NAMES)}`;
    throw gatewayError('BAD_ARGUMENT', message, { next: 'Leave the list out, or subscribe several times.' });
  }
}

/** Whether somebody who filters so wants to hear of something. Kinds of alerts are asked of alerts alone, commands of acts. */
export function matches(filter: FeedFilter, one: Filtered): boolean {
  const isWanted = (list: readonly string[] | null | undefined, value: string | undefined): boolean =>
    !list || (value !== undefined && list.includes(value));
  return (
    isWanted(filter.what, one.what) &&
    isWanted(filter.commands, one.command) &&
    isWanted(filter.alertKinds, one.kind) &&
    dimensions.every((dimension) => {
      const wanted = filter[dimension];
      return !wanted || one.about[dimension].some((name) => wanted.includes(name));
    })
  );
}
