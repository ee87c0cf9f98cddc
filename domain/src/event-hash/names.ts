import { contextParts } from '../epcis/extensions.js';
import { PSG_NAMESPACE, PSG_PREFIX } from '../epcis/psg.js';
import { isJsonObject, type JsonValue } from '../json/value.js';

/** What GS1's own context declares, and ours. In CBV 2.0 `gs1` is https://gs1.org/voc/. */
const KNOWN: readonly (readonly [string, string])[] = [
  ['epcis', 'https://ref.gs1.org/epcis/'],
  ['cbv', 'https://ref.gs1.org/cbv/'],
  ['cbvmda', 'urn:epcglobal:cbv:mda:'],
  ['gs1', 'https://gs1.org/voc/'],
  ['rdfs', 'http://www.w3.org/2000/01/rdf-schema#'],
  [PSG_PREFIX, PSG_NAMESPACE],
];

/** The namespaces that hold somewhere, and how names and CURIEs are written out by them. */
export interface Names {
  /** The namespace of a prefix. */
  readonly namespace: (prefix: string) => string | undefined;
  /** A member name with its namespace, `{https://ns.example.com/epcis/}myField`; without a known prefix as it is. */
  readonly member: (name: string) => string;
  /** A word or id written out: `cbv:BizStep-loading` becomes `https://ref.gs1.org/cbv/BizStep-loading`. */
  readonly uri: (text: string) => string;
  /** The same for somebody's own text, in which only GS1's prefixes are meant as such. */
  readonly text: (text: string) => string;
}

const known = new Map(KNOWN);

/** The names by a `@context`, inside of what held around it. Nothing is loaded. */
export function namesOf(context: JsonValue | undefined, around?: Names): Names {
  if (context === undefined && around !== undefined) return around;
  const declared = declaredIn(context);
  const outer = around?.namespace ?? ((prefix: string): string | undefined => known.get(prefix));
  const namespace = (prefix: string): string | undefined => declared.get(prefix) ?? outer(prefix);
  const resolve = (curie: string): readonly [string, string] | undefined => parted(curie, namespace);
  return {
    namespace,
    member: (name) => {
      const [space, local = ''] = resolve(name) ?? splitUri(name) ?? [];
      return space === undefined ? name : `{${space}}${local}`;
    },
    uri: (text) => resolve(text)?.join('') ?? text,
    text: (text) => {
      const found = resolve(text);
      return found !== undefined && isGs1(found[0]) ? found.join('') : text;
    },
  };
}

function declaredIn(context: JsonValue | undefined): ReadonlyMap<string, string> {
  const terms = contextParts(context)
    .filter(isJsonObject)
    .flatMap((part) => Object.entries(part));
  return new Map(
    terms.flatMap(([prefix, term]) => {
      const namespace = isJsonObject(term) ? term['@id'] : term;
      return typeof namespace === 'string' ? [[prefix, namespace]] : [];
    }),
  );
}

/** The namespace of a CURIE and what follows; undefined where it is none. */
function parted(
  curie: string,
  namespace: (prefix: string) => string | undefined,
): readonly [string, string] | undefined {
  const colon = curie.indexOf(':');
  // What goes on with // is an address, whatever its scheme is declared as (JSON-LD 1.1 section 5.2.2).
  if (colon < 0 || curie.startsWith('//', colon + 1)) return undefined;
  const found = namespace(curie.slice(0, colon));
  return found === undefined ? undefined : [found, curie.slice(colon + 1)];
}

function isGs1(namespace: string): boolean {
  return namespace.startsWith('https://ref.gs1.org/') || namespace.startsWith('https://gs1.org/');
}

/** A name that is written out, parted where its namespace ends: behind the last slash, hash or colon. */
function splitUri(name: string): readonly [string, string] | undefined {
  if (!/^(?:urn:|https?:\/\/)/.test(name)) return undefined;
  const end = Math.max(
    name.lastIndexOf('/'),
    name.lastIndexOf('#'),
    name.startsWith('urn:') ? name.lastIndexOf(':') : 0,
  );
  return [name.slice(0, end + 1), name.slice(end + 1)];
}
