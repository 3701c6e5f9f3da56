import type { ChosenFile } from '../../../../machines/intake.types.ts';

/** What was pasted or dropped: its first file, or else its text, to the byte; `null` where there is neither. */
export function fileIn(transfer: DataTransfer | null): ChosenFile | null {
  const [file] = transfer?.files ?? [];
  if (file) return file;
  const text = transfer?.getData('text/plain') ?? '';
  return text === '' ? null : new Blob([text]);
}
