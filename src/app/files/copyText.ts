import { notify } from '../ui/toasts.ts';
import { showForManualCopy } from './manualCopy.ts';

/**
 * Puts text on the clipboard and says so. If the browser refuses, the text is shown selected, to be copied by hand
 * (hl7.md 5.8).
 */
export async function copyText(text: string, done: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
    notify({ id: 'copied', text: done });
  } catch {
    showForManualCopy(text);
  }
}
