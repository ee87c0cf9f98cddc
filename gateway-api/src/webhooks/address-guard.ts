import { lookup as resolve } from 'node:dns';
import type { LookupAddress, LookupOptions } from 'node:dns';
import { BlockList, isIP } from 'node:net';

import { gatewayError } from '../errors.js';

/** Where webhooks may go besides public addresses. */
export interface WebhookReach {
  /** Loopback, without TLS too: for development alone. */
  readonly loopback: boolean;
  /** Private networks, as `10.20.0.0/16`. */
  readonly networks: readonly string[];
}

/**
 * Addresses that are nobody's on the internet (IANA's special-purpose registries, RFC 6890), or that lead to such: IPv6 that
 * carries an IPv4 address inside (RFC 6052, RFC 3056, RFC 4380).
 */
const special = networksOf([
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/3',
  '::/128',
  '::1/128',
  '64:ff9b::/96',
  '64:ff9b:1::/48',
  '100::/64',
  '2001::/23',
  '2001:db8::/32',
  '2002::/16',
  'fc00::/7',
  'fe80::/10',
  'ff00::/8',
]);
const loopback = networksOf(['127.0.0.0/8', '::1/128']);

/** Whether a text is a network that `WebhookReach` can name. */
export function isNetwork(text: string): boolean {
  const [address = '', bits = '', ...more] = text.split('/');
  const family = isIP(address);
  return (
    more.length === 0 && family !== 0 && /^\d{1,3}$/.test(bits) && Number(bits) <= (family === 4 ? 32 : 128)
  );
}

/** Says where the gateway's own requests may go, so that no webhook is a way into its network. */
export class AddressGuard {
  readonly #reach: WebhookReach;
  readonly #allowed: BlockList;

  constructor(reach: WebhookReach) {
    this.#reach = reach;
    this.#allowed = networksOf(reach.networks);
  }

  /** The URL of a webhook. Throws `WEBHOOK_REFUSED` for one that is not to be called; its name is looked up later. */
  url(text: string): URL {
    const url = URL.parse(text);
    if (!url || text.length > 2_000) throw refused('it is no URL of at most 2000 characters');
    const host = hostOf(url);
    if (url.protocol !== 'https:' && !this.#isPlainLoopback(url.protocol, host))
      throw refused('it is no https URL');
    if (url.username !== '' || url.password !== '') throw refused('it names a user or a password');
    if (url.hash !== '') throw refused('it has a fragment');
    if (isIP(host) !== 0) this.#check(host);
    return url;
  }

  /**
   * Looks a name up for a connection (the `lookup` of node:net), and gives only an address that may be called: what was checked is
   * what is connected to, whatever the name says a moment later.
   */
  readonly lookup = (
    host: string,
    options: LookupOptions,
    done: (error: Error | null, address: string | LookupAddress[], family?: number) => void,
  ): void => {
    resolve(host, { ...options, all: true }, (error, addresses) => {
      if (error) {
        done(error, []);
        return;
      }
      try {
        for (const { address } of addresses) this.#check(address);
      } catch (refusal) {
        done(refusal as Error, []);
        return;
      }
      const [first] = addresses;
      if (options.all === true) done(null, addresses);
      else done(null, first?.address ?? '', first?.family);
    });
  };

  #isPlainLoopback(protocol: string, host: string): boolean {
    const isLocal = host === 'localhost' || (isIP(host) !== 0 && isIn(loopback, host));
    return protocol === 'http:' && this.#reach.loopback && isLocal;
  }

  #check(address: string): void {
    if (!isIn(special, address) || isIn(this.#allowed, address)) return;
    if (this.#reach.loopback && isIn(loopback, address)) return;
    throw refused('it leads into a private network, or to this machine');
  }
}

/** The host of a URL: an IPv6 address without its brackets. */
function hostOf({ hostname }: URL): string {
  return hostname.replace(/^\[(.*)\]$/, '$1');
}

function networksOf(networks: readonly string[]): BlockList {
  const list = new BlockList();
  for (const network of networks) {
    const [address = '', bits] = network.split('/');
    list.addSubnet(address, Number(bits), isIP(address) === 4 ? 'ipv4' : 'ipv6');
  }
  return list;
}

function isIn(list: BlockList, address: string): boolean {
  return list.check(address, isIP(address) === 4 ? 'ipv4' : 'ipv6');
}

function refused(reason: string): Error {
  return gatewayError('WEBHOOK_REFUSED', `this URL is not called: ${reason}`);
}
