/** What went wrong, by what must be done about it. One response each: durability 1. */
export type ErrorClass =
  | 'transient'
  | 'connection'
  | 'blocked'
  | 'newer'
  | 'capacity'
  | 'denied'
  | 'corrupt'
  | 'vanished'
  | 'programmer';

/** The only error that engines and vault throw. Carries no stored content (I22). */
export class StorageError extends Error {
  override readonly name = 'StorageError';
  readonly class: ErrorClass;
  /** The `name` of the platform's error, such as `QuotaExceededError`; shown under "What we found". */
  readonly platformName: string | undefined;
  /** What was to be written may have landed, in part or whole: look it up. False: nothing landed. */
  readonly isUncertain: boolean;

  constructor(
    errorClass: ErrorClass,
    message: string,
    options: { platformName?: string; cause?: unknown; isUncertain?: boolean } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.class = errorClass;
    this.platformName = options.platformName;
    this.isUncertain = options.isUncertain ?? false;
  }
}

export function isOfClass(error: unknown, errorClass: ErrorClass): error is StorageError {
  return error instanceof StorageError && error.class === errorClass;
}
