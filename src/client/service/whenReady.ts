import type { Vault } from '../../vault/contract.ts';
import type { LoadView, View } from '../types.ts';
import { PersistenceError } from './PersistenceError.ts';

/**
 * Waits until a load has verified what is stored.
 *
 * @throws PersistenceError `unavailable` when a person is asked first, or when what is stored is only shown
 */
export function whenReady(load: View<LoadView>, vault: () => Vault): Promise<Vault> {
  return new Promise((resolve, reject) => {
    const look = (): boolean => {
      const view = load.getSnapshot();
      if (view.kind === 'loading') return false;
      if (view.kind === 'ready') resolve(vault());
      else {
        const finding =
          view.kind === 'asking' ? view.asking.actor.getSnapshot().context.finding : view.finding;
        reject(new PersistenceError('unavailable', { finding }));
      }
      return true;
    };
    if (look()) return;
    const stop = load.subscribe(() => {
      if (look()) stop();
    });
  });
}
