import { execFileSync } from 'node:child_process';

/** A machine of an organisation: an address of its own, and what to put before a command that runs there. */
export interface Machine {
  readonly host: string;
  /** A second address of the same machine. */
  readonly second: string;
  readonly inside: readonly string[];
}

/** Four machines, as far as this one can play them. */
export interface Machines {
  readonly kind: 'network namespaces' | 'addresses of loopback';
  readonly of: (name: string) => Machine;
  remove(): void;
}

const BRIDGE = 'psgbr';

/** 198.18.0.0/15 is for tests of networks (RFC 2544): nobody routes it. */
const SUBNET = '198.18.77';

const ip = (...args: readonly string[]): void => {
  execFileSync('ip', args, { stdio: 'ignore' });
};

/** Network namespaces joined by a bridge, which also this process reaches; where they may not be made, addresses of loopback. */
export function fourMachines(names: readonly string[]): Machines {
  try {
    return namespaces(names);
  } catch {
    removeNamespaces(names);
    return loopback(names);
  }
}

function namespaces(names: readonly string[]): Machines {
  removeNamespaces(names);
  ip('link', 'add', BRIDGE, 'type', 'bridge');
  ip('addr', 'add', `${SUBNET}.254/24`, 'dev', BRIDGE);
  ip('link', 'set', BRIDGE, 'up');
  names.forEach((name, index) => {
    const space = spaceOf(name);
    const end = `psgv${String(index)}`;
    ip('netns', 'add', space);
    ip('link', 'add', end, 'type', 'veth', 'peer', 'name', 'eth0', 'netns', space);
    ip('link', 'set', end, 'master', BRIDGE, 'up');
    ip('-n', space, 'link', 'set', 'lo', 'up');
    ip('-n', space, 'link', 'set', 'eth0', 'up');
    for (const address of [addressOf(index), secondOf(index)])
      ip('-n', space, 'addr', 'add', `${address}/24`, 'dev', 'eth0');
  });
  return {
    kind: 'network namespaces',
    of: (name) => {
      const index = names.indexOf(name);
      const inside = ['ip', 'netns', 'exec', spaceOf(name)];
      return { host: addressOf(index), second: secondOf(index), inside };
    },
    remove: () => {
      removeNamespaces(names);
    },
  };
}

const spaceOf = (name: string): string => `psg-${name}`;
const addressOf = (index: number): string => `${SUBNET}.${String(index + 1)}`;
const secondOf = (index: number): string => `${SUBNET}.${String(index + 101)}`;

/** What is not there cannot be removed: that is fine. */
function removeNamespaces(names: readonly string[]): void {
  const removals = [
    ...names.map((_, index) => ['link', 'del', `psgv${String(index)}`]),
    ['link', 'del', BRIDGE],
    ...names.map((name) => ['netns', 'del', spaceOf(name)]),
  ];
  for (const removal of removals) {
    try {
      ip(...removal);
    } catch {
      continue;
    }
  }
}

function loopback(names: readonly string[]): Machines {
  return {
    kind: 'addresses of loopback',
    of: (name) => {
      const index = String(names.indexOf(name) + 1);
      return { host: `127.0.77.${index}`, second: `127.0.78.${index}`, inside: [] };
    },
    remove: () => undefined,
  };
}
