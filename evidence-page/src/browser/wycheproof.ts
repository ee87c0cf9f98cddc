import { PassageError, encodeBase64url, readPublicJwk, verifySignature, verifyingKey } from '@passage/domain';
import { decodeUtf8, equalBytes, fromHex, importPublicKey, isValidSignature, toLowS } from '@passage/ledger';
import type { JsonValue } from '@passage/domain';
import type { Line, Sheet } from './sheet.js';

/** A file of signatures of C2SP/wycheproof, as far as it is looked at; bytes are hex. */
interface Vectors {
  readonly testGroups: readonly Group[];
}

interface Group {
  readonly type: string;
  readonly publicKeyDer: string;
  readonly publicKeyJwk?: JsonValue;
  readonly publicKey: { readonly wx?: string; readonly wy?: string };
  readonly tests: readonly Vector[];
}

interface Vector {
  readonly tcId: number;
  readonly comment: string;
  readonly msg: string;
  readonly sig: string;
  readonly result: 'valid' | 'invalid';
}

/** How the check that bundles go through judges the signatures of such groups, and what it should say of each. */
interface Judge {
  readonly what: string;
  readonly accepts: (group: Group, vector: Vector) => boolean;
  readonly shouldAccept: (vector: Vector) => boolean;
}

const isValid = ({ result }: Vector): boolean => result === 'valid';

const JUDGES: Readonly<Record<string, Judge>> = {
  EcdsaP1363Verify: {
    what: 'ES256 of a statement',
    accepts: (group, vector) => acceptsStatement(p256Jwk(group), vector),
    shouldAccept: isValid,
  },
  EddsaVerify: {
    what: 'EdDSA of a statement',
    accepts: (group, vector) => acceptsStatement(group.publicKeyJwk ?? null, vector),
    shouldAccept: isValid,
  },
  EcdsaVerify: {
    what: "ECDSA of the ledger, with Fabric's low s",
    accepts: ({ publicKeyDer }, { msg, sig }) => {
      const key = importPublicKey(fromHex(publicKeyDer));
      return key !== undefined && isValidSignature(key, fromHex(msg), fromHex(sig));
    },
    shouldAccept: (vector) => isValid(vector) && hasLowS(fromHex(vector.sig)),
  },
};

const hasLowS = (signature: Uint8Array): boolean => equalBytes(toLowS(signature, 'P-256'), signature);

function acceptsStatement(jwk: JsonValue, { msg, sig }: Vector): boolean {
  return verifySignature(verifyingKey(readPublicJwk(jwk)), fromHex(msg), fromHex(sig));
}

/** Whole, where the file's own JWK leaves out a coordinate's leading zeros. */
function p256Jwk({ publicKey: { wx = '', wy = '' } }: Group): JsonValue {
  const coordinate = (hex: string): string => encodeBase64url(fromHex(hex.slice(-64).padStart(64, '0')));
  return { kty: 'EC', crv: 'P-256', x: coordinate(wx), y: coordinate(wy) };
}

/**
 * The signature checks that bundles go through, tried on a file of Wycheproof's vectors; undefined where the bytes are none of
 * the three such files that concern bundles.
 */
export function tryVectors(bytes: Uint8Array): Sheet | undefined {
  const groups = readGroups(bytes);
  const judge = JUDGES[groups?.[0]?.type ?? ''];
  if (groups === undefined || judge === undefined) return undefined;
  const lines = groups.flatMap((group) => group.tests.map((vector) => lineOf(judge, group, vector)));
  const wrong = lines.filter(({ status }) => status === 'fails').length;
  return {
    verdict: wrong === 0 ? 'good' : 'bad',
    headline:
      wrong === 0 ? 'All signatures are judged as they should be' : `${wrong} signatures are judged wrongly`,
    explanation: 'These are test vectors, not a bundle: they try the signature checks of this page.',
    facts: [
      ['tried', judge.what],
      ['signatures', String(lines.length)],
    ],
    lines,
  };
}

function readGroups(bytes: Uint8Array): readonly Group[] | undefined {
  try {
    const { testGroups } = JSON.parse(decodeUtf8(bytes) ?? '') as Partial<Vectors>;
    return Array.isArray(testGroups) ? (testGroups as Group[]) : undefined;
  } catch {
    return undefined;
  }
}

function lineOf(judge: Judge, group: Group, vector: Vector): Line {
  const accepted = isAccepted(judge, group, vector);
  const right = accepted === judge.shouldAccept(vector);
  const text = `${accepted ? 'accepted' : 'refused'}${right ? '' : ', and should not be'}`;
  const subject = `test ${vector.tcId}`;
  const comment = vector.comment === '' ? '' : `: ${vector.comment}`;
  return { status: right ? 'holds' : 'fails', check: 'signature', subject, text: `${text}${comment}` };
}

/** A key that is refused verifies nothing. */
function isAccepted({ accepts }: Judge, group: Group, vector: Vector): boolean {
  try {
    return accepts(group, vector);
  } catch (error) {
    if (error instanceof PassageError) return false;
    throw error;
  }
}
