const PREFIX = 'hl7-helper-web.editor.';
const OWN_KEY = 'hl7-helper-web.editor-draft';
/** A page that is being reloaded may hold its claim for a moment longer. */
const OWN_TRIES = 4;
const OWN_PAUSE_MS = 80;

/** Claims a draft for this tab, for as long as the page lives. Without Web Locks every claim succeeds. */
function claim(id: string): Promise<boolean> {
  if (!navigator.locks) return Promise.resolve(true);
  return new Promise((resolve) => {
    navigator.locks
      .request(PREFIX + id, { ifAvailable: true }, (lock) => {
        resolve(lock !== null);
        return lock === null ? undefined : new Promise<never>(() => undefined);
      })
      .catch(() => resolve(true));
  });
}

/**
 * Which of the drafts this tab goes on with: its own from before a reload, else the first that no other tab has open.
 * So two tabs never write to one draft, and after a restart the last text is there again.
 *
 * @param ids  newest first
 */
export async function claimDraft(ids: readonly string[]): Promise<string | undefined> {
  const own = rememberedDraft();
  if (own !== null && ids.includes(own)) {
    for (let attempt = 0; attempt < OWN_TRIES; attempt += 1) {
      if (await claim(own)) return own;
      await new Promise((resolve) => window.setTimeout(resolve, OWN_PAUSE_MS));
    }
  }
  for (const id of ids) {
    if (id === own || !(await claim(id))) continue;
    rememberDraft(id);
    return id;
  }
  return undefined;
}

/** Claims a draft that this tab has just made. */
export function claimNewDraft(id: string): void {
  void claim(id);
  rememberDraft(id);
}

function rememberedDraft(): string | null {
  try {
    return window.sessionStorage.getItem(OWN_KEY);
  } catch {
    return null;
  }
}

function rememberDraft(id: string): void {
  try {
    window.sessionStorage.setItem(OWN_KEY, id);
  } catch {
    // Where session storage is denied, a reload goes on with the newest free draft instead.
  }
}
