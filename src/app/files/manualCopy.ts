import { createSlot } from '../ui/slot.ts';

/** The text that could not be put on the clipboard, while its dialog is open. */
export const manualCopy = createSlot<string>();

export function showForManualCopy(text: string): void {
  manualCopy.set(text);
}
