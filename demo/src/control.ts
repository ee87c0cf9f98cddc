import type { Simulation } from '@passage/devices';
import { type ImageClaim, type JsonObject, readImageClaim } from '@passage/domain';
import type { Callers } from './callers.js';
import { type Declaration, routeOf, ucrOf } from './declarations/index.js';
import type { GraphQLClient } from './graphql-client.js';
import { carryOut } from './journey.js';

/** What a scanner has signed of a shipment, and what it says of the image. */
export interface Scan {
  readonly jws: string;
  readonly image: ImageClaim;
}

/** The scan that customs' scanner makes of a shipment: every way of travelling has one. */
export function scanOf({ devices, statements }: Simulation, ucr: string): Scan {
  for (const { jws, kid, ucr: about } of statements) {
    const kind = devices.find((device) => device.kid === kid)?.description.kind;
    if (about === ucr && kind?.endsWith('_scanner'))
      return { jws, image: readImageClaim(eventIn(jws), kind) };
  }
  throw new Error(`no scanner has seen ${ucr}`);
}

function eventIn(jws: string): JsonObject {
  const payload = jws.split('.')[1] ?? '';
  return JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')) as JsonObject;
}

interface Known {
  readonly shipment: {
    readonly proposedRisk: RiskScore;
    readonly risks: { readonly nodes: readonly RiskScore[] };
    readonly inspections: {
      readonly nodes: readonly { readonly deadline: string; readonly images: readonly object[] }[];
    };
  };
}

interface RiskScore {
  readonly rules: object;
  readonly score: number;
  readonly contributions: readonly object[];
}

/** What customs goes by. A second run says again what the first has recorded, and so changes nothing. */
async function known(officer: GraphQLClient, ucr: string, after: number): Promise<Known['shipment']> {
  const score = '{ rules { name version } score contributions { rule points reason } }';
  const query = `query ($ucr: UCR!) {
    shipment(ucr: $ucr) { proposedRisk ${score} risks { nodes ${score} } inspections { nodes { deadline images { unit } } } }
  }`;
  return (await officer<Known>(query, { ucr }, after)).shipment;
}

const daysToAnswer = 2;

const inDays = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString();

/**
 * Customs looks into one shipment while it lies at the terminal: the broker declares the goods, customs accepts the declaration,
 * assesses the risk and orders a scan; the terminal acknowledges and ties the scanner's image to the order; a program and an
 * officer read it, and the goods are released. Each act rests on the block of the one before.
 *
 * @param scan already recorded.
 * @param after the block up to which the shipment's way to the terminal stands.
 * @returns the block that releases the goods.
 */
export async function control(
  callers: Callers,
  declaration: Declaration,
  scan: Scan,
  after: number,
): Promise<number> {
  const { declarant, hs, hsEdition, origin } = declaration;
  const { arrival, arrivalTerminal, officer: officerId } = routeOf(declaration);
  const ucr = ucrOf(declaration);
  const officer = callers.party('customs', officerId, 'customs_officer');
  const broker = callers.party('business', declarant, 'broker');
  const terminal = callers.party('port', arrivalTerminal, 'terminal_operator');
  const { proposedRisk, risks, inspections } = await known(officer, ucr, after);
  const [begun] = inspections.nodes;

  let block = after;
  const act = async (caller: GraphQLClient, name: string, input: object): Promise<void> => {
    block = await carryOut(caller, name, { requestId: `${name}-${ucr}`, ...input }, block);
  };
  const about = { ucr, inspection: 1 };
  const declared = { declaration: `${declarant}:${declaration.id}` };
  const line = { hs, hsEdition, origin, unit: { decimals: 0, uom: 'C62' }, quantity: 1, packages: 1 };
  const [unit] = scan.image.units;

  await act(broker, 'lodgeDeclaration', {
    ...declared,
    ucr,
    procedure: 'import',
    office: arrival.code,
    lines: [line],
  });
  await act(officer, 'acceptDeclaration', { ...declared, version: 1 });
  await act(officer, 'assessRisk', { ucr, ...(risks.nodes[0] ?? proposedRisk) });
  await act(officer, 'orderInspection', {
    ucr,
    kind: 'scan',
    to: arrivalTerminal,
    deadline: begun?.deadline ?? inDays(daysToAnswer),
    legalBasis: customsAct(246),
    units: [unit],
  });
  await act(terminal, 'answerInspection', { ...about, answer: 'acknowledged' });
  // Signed anew, a statement is the same one, but not in the same bytes.
  if (!begun?.images.length) await act(terminal, 'anchorImage', { ...about, unit, statement: scan.jws });
  await act(officer, 'recordReading', {
    ...about,
    image: scan.image.sha256,
    model: { id: 'demo-reader', version: '1' },
    result: 'conforming',
  });
  await act(officer, 'judgeInspection', {
    ...about,
    result: 'conforming',
    reason: 'The image shows what was declared.',
  });
  await act(officer, 'disposeInspection', { ...about, disposition: 'release_recommended' });
  await act(officer, 'releaseGoods', { ucr, legalBasis: customsAct(248) });
  return block;
}

/** The demo's shipments are imported to Korea. */
const customsAct = (article: number): string => `Customs Act (Korea), article ${String(article)}`;
