import { conflictMessages } from './conflicts.en.ts';
import { dataMessages } from './data.en.ts';
import { exportMessages } from './export.en.ts';
import { importMessages } from './import.en.ts';
import { refusalMessages } from './refusal.en.ts';
import { sayFrom } from './sayFrom.ts';

/** What is said about files: fetched with the Data page, or with a dialog about a file. */
export const dataFileMessages = {
  ...dataMessages,
  ...importMessages,
  ...refusalMessages,
  ...conflictMessages,
  ...exportMessages,
} as const;

export const sayData = sayFrom(dataFileMessages);
