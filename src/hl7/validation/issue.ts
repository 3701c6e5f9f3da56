export type Severity = 'error' | 'warning' | 'info';

/** What can be found, and how much it matters unless the settings say otherwise (hl7.md 7). */
export const SEVERITIES = {
  EMPTY_MESSAGE: 'error',
  MISSING_MSH: 'error',
  MSH_NOT_FIRST: 'error',
  INVALID_SEGMENT_NAME: 'error',
  MISSING_MSH_9: 'error',
  MISSING_MSH_10: 'error',
  MISSING_MSH_12: 'error',
  INCOMPLETE_MSH_9: 'error',
  MISSING_PID_3: 'error',
  DUPLICATE_DELIMITER: 'error',
  MISSING_PID_5_1: 'warning',
  INVALID_PID_7: 'warning',
  INCOMPLETE_DELIMITERS: 'warning',
  UNFILLED_PLACEHOLDER: 'warning',
  BAD_ESCAPE: 'info',
  UNKNOWN_SEGMENT: 'info',
  UNKNOWN_FIELD: 'info',
  REQUIRED_FIELD: 'info',
  TOO_LONG: 'info',
  NOT_IN_TABLE: 'info',
  NOT_REPEATABLE: 'info',
} as const satisfies Record<string, Severity>;

export type IssueCode = keyof typeof SEVERITIES;

/** Codes whose severity the settings may change, or switch off. */
export type AdjustableCode = 'REQUIRED_FIELD' | 'TOO_LONG' | 'NOT_IN_TABLE' | 'NOT_REPEATABLE';

/** Something about a message that its author may want to know. It never blocks saving or copying. */
export interface Issue {
  readonly severity: Severity;
  /** `CUSTOM` for the user's own rules. */
  readonly code: IssueCode | 'CUSTOM';
  /** What is wrong and what to do. Repeats no value of the message, since it may be logged. */
  readonly message: string;
  readonly path?: string;
  /** From 0, in the whole text. */
  readonly segmentIndex?: number;
  /** From 1. */
  readonly fieldPosition?: number;
}
