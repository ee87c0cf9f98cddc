/** Every way in which a file of declarations can be refused, and what to do about it. Rows stand in docs/errors.md. */
export const declarationErrorCodes = {
  DECLARATIONS_NOT_FOUND: 'Check the path; the file is CSV, also compressed with gzip.',
  DECLARATIONS_UNREADABLE: 'Check that the file is whole and that this user may read it.',
  DECLARATIONS_HEADER:
    'The first line must name the columns of the Korean data set (demo/README.md lists them).',
  DECLARATION_MALFORMED: 'Mend the field, or take the line out.',
} as const;

export type DeclarationErrorCode = keyof typeof declarationErrorCodes;

/** An expected failure: a code of {@link declarationErrorCodes}, where and what, and the next step. */
export class DeclarationError extends Error {
  override readonly name = 'DeclarationError';

  readonly code: DeclarationErrorCode;

  constructor(code: DeclarationErrorCode, sentence: string) {
    super(`${code}: ${sentence} ${declarationErrorCodes[code]}`);
    this.code = code;
  }
}
