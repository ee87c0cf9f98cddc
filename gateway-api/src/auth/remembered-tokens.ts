import { hash } from 'node:crypto';

import type { Caller } from './caller.js';
import type { TokenVerifier } from './verify-token.js';

/** How long a token is taken without another look, in milliseconds: a key that its issuer withdraws counts so much longer. */
const MEMORY_MS = 5_000;

/** How many tokens are remembered, by their SHA-256. */
const MOST = 10_000;

/**
 * The same verifier, which does not check the signature of the same token anew for each of many requests. What it refuses it
 * looks at every time; no token is taken from memory once it has expired.
 */
export function rememberedTokens(verify: TokenVerifier, now: () => number = Date.now): TokenVerifier {
  const known = new Map<string, { readonly caller: Caller; readonly until: number }>();
  return async (token) => {
    const digest = hash('sha256', token, 'base64url');
    const at = now();
    const found = known.get(digest);
    if (found && at < found.until) return found.caller;
    const caller = await verify(token);
    if (known.size >= MOST) known.clear();
    known.set(digest, { caller, until: Math.min(at + MEMORY_MS, caller.expires ?? at) });
    return caller;
  };
}
