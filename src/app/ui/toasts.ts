import { say } from '../words/say.ts';

const UNDO_OFFER_MS = 8_000;

interface Notice {
  /** The same id replaces an earlier toast. */
  id?: string;
  text: string;
  action?: { label: string; act: () => void };
}

/** Fetched with the first toast; results come from stores too, so it is reachable from outside React. */
async function add(options: Parameters<Toasts['showToast']>[0]): Promise<void> {
  const { showToast } = await import('./toastManager.ts');
  showToast(options);
}
type Toasts = typeof import('./toastManager.ts');

/** Says what came of something a person did; at most one action. Pauses on hover and focus. */
export function notify({ id = crypto.randomUUID?.() ?? String(Math.random()), text, action }: Notice): void {
  void add({
    id,
    title: text,
    timeout: UNDO_OFFER_MS,
    ...(action && { data: { action: action.label, act: action.act } }),
  });
}

/** Says that something a person did has failed. Stays until it is closed. */
export function notifyFailure(text: string, id?: string): void {
  void add({ ...(id ? { id } : {}), title: text, type: 'error', priority: 'high', timeout: 0 });
}

/** Says it with the way back. */
export function notifyUndoable(text: string, undo: () => void, id?: string): void {
  notify({ ...(id ? { id } : {}), text, action: { label: say('toast.undo'), act: undo } });
}
