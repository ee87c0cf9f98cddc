import type { Layout } from './layout.js';
import { runningPid, wasStarted } from './pid-file.js';
import { heldKind, heldNetwork } from './held-network.js';
import { networkProcesses, processNames, withGateway } from './plan.js';

/** One process: running, stopped on purpose (never started, or by `down`), or dead (it was started and is gone). */
export interface Health {
  readonly name: string;
  readonly state: 'running' | 'stopped' | 'dead';
  readonly pid?: number;
}

/** What a gateway says of itself at /health. */
export interface GatewayHealth {
  readonly organization: string;
  readonly url: string;
  readonly ready: boolean;
  readonly says: string;
}

function health(at: Layout, name: string): Health {
  const file = at.runFile(name);
  const pid = runningPid(file);
  if (pid !== undefined) return { name, state: 'running', pid };
  return { name, state: wasStarted(file) ? 'dead' : 'stopped' };
}

/** State of every process of the network that the folder holds, the chaincode's by the mode that it was started in. */
export function status(at: Layout): readonly Health[] {
  const all = processNames(at).map((name) => health(at, name));
  const kind = heldKind(at) ?? 'embedded';
  const others = networkProcesses(at, kind === 'fabric' ? 'embedded' : 'fabric');
  const perOrganization = kind === 'fabric' || heldNetwork(at)?.faithful === true;
  return all.filter(({ name }) => {
    if (name.startsWith('chaincode')) return perOrganization === (name !== 'chaincode');
    return !others.includes(name);
  });
}

/** Asks each gateway whether it is ready, and why not. */
export async function gatewayHealth(at: Layout): Promise<readonly GatewayHealth[]> {
  return Promise.all(
    withGateway(at).map(async (member) => {
      const organization = member.name;
      const url = `http://127.0.0.1:${String(at.port(member, 'gateway'))}/health`;
      try {
        const response = await fetch(url, { signal: AbortSignal.timeout(5_000) });
        return { organization, url, ready: response.ok, says: (await response.text()).trim() };
      } catch (error) {
        const cause =
          error instanceof Error && error.cause instanceof Error ? error.cause.message : String(error);
        return { organization, url, ready: false, says: cause };
      }
    }),
  );
}
