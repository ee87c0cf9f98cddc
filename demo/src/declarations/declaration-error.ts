/** One row of the table: what the code means, and what the person who meets it does next. */
export interface DeclarationErrorRule {
  readonly meaning: string;
  readonly next: string;
}

/** Every way in which a file of declarations can be refused. Each code has its row in docs/errors.md (a test compares). */
export const declarationErrorCodes = {
  DECLARATIONS_NOT_FOUND: {
    meaning: 'There is no file of declarations under this path.',
    next: 'Check the path; the file is CSV, also compressed with gzip.',
  },
  DECLARATIONS_UNREADABLE: {
    meaning: 'The file of declarations cannot be read to its end.',
    next: 'Check that the file is whole and that this user may read it.',
  },
  DECLARATIONS_HEADER: {
    meaning: 'The first line does not name the columns that are needed.',
    next: 'Give a file in the format of the Korean data set: demo/data/sample-declarations.csv is one.',
  },
  DECLARATIONS_NONE: {
    meaning: 'The file has a header and no declaration.',
    next: 'Give a file with at least one row.',
  },
  DECLARATION_MALFORMED: {
    meaning: 'A field of a declaration breaks its rule; the message names the line and the column.',
    next: 'Mend the field, or take the line out.',
  },
} as const satisfies Record<string, DeclarationErrorRule>;

export type DeclarationErrorCode = keyof typeof declarationErrorCodes;

/** An expected failure: a code of {@link declarationErrorCodes}, where and what, and the next step. */
export class DeclarationError extends Error {
  override readonly name = 'DeclarationError';

  readonly code: DeclarationErrorCode;

  constructor(code: DeclarationErrorCode, sentence: string) {
    super(`${code}: ${sentence} ${declarationErrorCodes[code].next}`);
    this.code = code;
  }
}
