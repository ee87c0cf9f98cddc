import type { JsonObject } from '../json/value.js';
import { errorRules, type ErrorCode, type ErrorFamily } from './codes.js';

/** A refusal that was foreseen: a stable code, one sentence for people, and details for programs. */
export class PassageError extends Error {
  readonly code: ErrorCode;
  readonly details: JsonObject;

  /** `message` is one sentence; `details` is plain JSON (texts in it are quoted from the input, not trusted). */
  constructor(code: ErrorCode, message: string, details: JsonObject = {}) {
    super(message.toWellFormed());
    this.name = 'PassageError';
    this.code = code;
    this.details = details;
  }

  get family(): ErrorFamily {
    return errorRules[this.code].family;
  }

  /** What the person who meets this error does next. */
  get next(): string {
    return errorRules[this.code].next;
  }
}
