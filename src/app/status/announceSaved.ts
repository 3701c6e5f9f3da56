import { notify, notifyFailure } from '../ui/toasts.ts';
import { say } from '../words/say.ts';

/** Says what came of saving by hand; autosaves are silent (ux 3.2). */
export function announceSaved(isSaved: boolean): void {
  if (isSaved) notify({ id: 'saved', text: say('save.done') });
  else notifyFailure(say('save.failed'), 'saved');
}
