import { gatewayError } from '../errors.js';

/** The longest page. */
const MOST = 100;

/** How many entries a page gets. Throws `BAD_ARGUMENT` for a size that no page has. */
export function pageSize(first: number): number {
  if (first >= 1 && first <= MOST) return first;
  throw gatewayError(
    'BAD_ARGUMENT',
    `\`first\` is ${String(first)}; a page holds 1 to ${String(MOST)} entries`,
    {
      next: 'Ask for a page of that size.',
    },
  );
}
