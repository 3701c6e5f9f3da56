import { namesFor } from '../../engines/localstorage-keys.ts';
import { accessTextStore } from '../../engines/text-store.ts';
import type { Environment } from '../../environment.ts';
import type { Hands } from '../hands.ts';
import type { LegacyPlace } from './domain.ts';

/** The name of what a session on the fallback engine may have written; `null` where that engine is the one in use. */
export function strandedName({ owner, name }: Pick<Hands, 'owner' | 'name'>): string | null {
  return owner.engine.name === 'indexeddb' ? name : null;
}

/**
 * May a source hold anything? A look at names only, which opens nothing: nearly every start ends here. What cannot be
 * looked at may.
 */
export async function mayHoldLegacy(
  environment: Pick<Environment, 'localStorage' | 'indexedDB'>,
  places: readonly LegacyPlace[],
  strandedName: string | null,
): Promise<boolean> {
  try {
    const store = accessTextStore(environment);
    if (places.some((place) => place.kind === 'text' && store.get(place.key) !== null)) return true;
    if (strandedName !== null && store.names().some(namesFor(strandedName).isValue)) return true;
    const databases = new Set(places.flatMap((place) => (place.kind === 'value' ? [place.database] : [])));
    if (databases.size === 0) return false;
    const found = await environment.indexedDB?.()?.databases();
    return !found || found.some(({ name }) => name !== undefined && databases.has(name));
  } catch {
    return true;
  }
}
