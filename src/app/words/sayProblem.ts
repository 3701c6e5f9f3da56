import { migrationMessages } from './migration.en.ts';
import { noticeMessages } from './notices.en.ts';
import { recoveryMessages } from './recovery.en.ts';
import { sayFrom } from './sayFrom.ts';
import { startMessages } from './start.en.ts';

/** What is said when something is wrong: rarely, so it is fetched only then. */
export const problemMessages = {
  ...startMessages,
  ...recoveryMessages,
  ...migrationMessages,
  ...noticeMessages,
} as const;

export const sayProblem = sayFrom(problemMessages);
